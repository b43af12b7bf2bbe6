namespace Platform.Engine.Tests.PersonalData.Classes;

/// <summary>Telephone numbers, addresses and lists of e-mail addresses.</summary>
public sealed class ContactsTests
{
    [Theory]
    [InlineData("03-1234-5678", 1)]
    [InlineData("03-3234-5678", 1)]
    [InlineData("０９０－１２３４－５６７８", 1)]
    [InlineData("045(234)5678", 1)]
    [InlineData("0466-23-4567", 1)]
    [InlineData("+81 (0)90-1234-5678", 1)]
    [InlineData("090-1234-5678 と +81 90 1234 5678", 1)]
    [InlineData("携帯 09012345678", 1)]
    [InlineData("010-2345-6789", 1)]
    [InlineData("02-345-6789", 1)]
    [InlineData("+82-10-2345-6789", 1)]
    [InlineData("+1 (212) 555-0123", 1)]
    [InlineData("+44 20 7946 0958", 1)]
    [InlineData("Tel: 212-555-0123", 1)]
    [InlineData("TEL.03-1234-5678", 1)]
    [InlineData("FAX.03-1234-5678", 1)]
    [InlineData("℡03-1234-5678", 1)]
    [InlineData("本社TEL03-1234-5678", 1)]
    [InlineData("Tel#03-1234-5678", 1)]
    [InlineData("TEL No.03-1234-5678", 1)]
    [InlineData("090-1111-2222/080-3333-4444", 2)]
    [InlineData("090-1111-2222/080-3333-4444/070-5555-6666", 3)]
    [InlineData("call 090-1111-2222/080-3333-4444 or mail", 2)]
    [InlineData("TEL:03-1234-5678/FAX:03-1234-5679", 2)]
    [InlineData("TEL.03-1234-5678/FAX.03-1234-5679", 2)]
    [InlineData("(03)1234-5678/(06)1234-5679", 2)]
    [InlineData("+81-90-1111-2222/+81-80-3333-4444", 2)]
    [InlineData("部品番号 03-1234-5678/03-1234-5679", 0)]
    [InlineData("XR-03-1234-5678/03-1234-5679", 0)]
    [InlineData("model03-1234-5678", 0)]
    [InlineData("hotel03-1234-5678", 0)]
    [InlineData("#090-1111-2222", 0)]
    [InlineData("2026/03-1234-5678", 0)]
    [InlineData("03-1234-5678/2", 0)]
    [InlineData("090-1111-2222/A", 0)]
    [InlineData("v2.090-1111-2222", 0)]
    [InlineData("https://shop.example/tel.03-1234-5678", 0)]
    [InlineData("shop.example/09011112222/08033334444", 0)]
    [InlineData("09011112222/08033334444/list.html", 0)]
    [InlineData("2026-11-28/2026-12-05", 0)]
    [InlineData("0120-123-456", 0)]
    [InlineData("1588-1234", 0)]
    [InlineData("型番 090-1234-5678", 0)]
    [InlineData("XR-090-1234-5678", 0)]
    [InlineData("2026-11-28 14:05", 0)]
    [InlineData("192.168.10.20", 0)]
    [InlineData("v1.20.3456.7890", 0)]
    [InlineData("+81 12", 0)]
    public void A_telephone_number_follows_a_plan(string text, int count) => Assert.Equal(count, Found.Count(text, "phone"));

    [Theory]
    [InlineData("〒160-0023 東京都新宿区西新宿2-8-1", 1)]
    [InlineData("東京都新宿区西新宿二丁目8番1号", 1)]
    [InlineData("横浜市西区みなとみらい２－３－１", 1)]
    [InlineData("住所:長野県松本市丸の内3", 1)]
    [InlineData("郵便番号\t都道府県\t市区町村\t番地\n160-0023\t東京都\t新宿区\t西新宿2-8-1", 1)]
    [InlineData("서울특별시 강남구 테헤란로 152", 1)]
    [InlineData("경기도 성남시 분당구 판교역로235번길 14", 1)]
    [InlineData("서울시 강남구 역삼동 737-32", 1)]
    [InlineData("12 High Street, Oxford OX1 4AB", 1)]
    [InlineData("1600 Amphitheatre Parkway, Mountain View, CA 94043", 1)]
    [InlineData("Lindenstraße 12, 10969 Berlin", 1)]
    [InlineData("2-8-1 Nishi-Shinjuku, Shinjuku-ku, Tokyo 163-8001", 1)]
    [InlineData("東京都新宿区で3月に開催します", 0)]
    [InlineData("東京都\t新宿区\t346,162", 0)]
    [InlineData("愛知県名古屋市の4-6月の売上", 0)]
    [InlineData("大阪府大阪市に2-3人で伺います", 0)]
    [InlineData("강남구 테헤란로 3번 출구", 0)]
    [InlineData("경기도 성남시의 직원은 120명", 0)]
    [InlineData("We met 12 people on Oxford Street in 2026", 0)]
    public void An_address_goes_down_to_the_house(string text, int count) => Assert.Equal(count, Found.Count(text, "postal-address"));

    [Fact]
    public void An_address_written_in_two_ways_is_one() => Assert.Equal(1, Found.Count("東京都新宿区西新宿2-8-1\n〒160-0023 東京都新宿区 西新宿２丁目８番１号", "postal-address"));

    [Fact]
    public void A_list_begins_with_five_addresses()
    {
        var four = string.Join("; ", Enumerable.Range(1, 4).Select(number => $"a{number}@example.com"));

        Assert.Empty(Found.Names(four));
        Assert.Equal(5, Found.Count($"{four}, A1@EXAMPLE.com, b@example.co.jp", "e-mail-list"));
    }

    [Fact]
    public void Message_ids_files_and_repositories_are_no_addresses() =>
        Assert.Empty(Found.Names("Message-ID: <1@a.test> icon@2x.png icon@3x.png b@4x.jpg git@github.com:a/b.git a@b x@y.local u@v.json"));
}
