using Platform.Engine.PersonalData.Classes;

namespace Platform.Engine.Tests.PersonalData.Classes;

/// <summary>Numbers with check digits: found in any form where a word or their own form says what they are, and not otherwise.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData("マイナンバー: 1234 5678 9018")]
    [InlineData("個人番号:１２３４５６７８９０１８")]
    [InlineData("個人番号 1234‐5678‐9018")]
    [InlineData("ﾏｲﾅﾝﾊﾞｰ 123456789018")]
    [InlineData("My Number: 1234-5678-9018")]
    [InlineData("個人番号\t1\t2\t3\t4\t5\t6\t7\t8\t9\t0\t1\t8")]
    [InlineData("マイナンバー\n1 2 3 4 5 6 7 8 9 0 1 8")]
    [InlineData("123456789018(個人番号)")]
    [InlineData("個人番号No.123456789018")]
    [InlineData("個人番号123456789018")]
    [InlineData("マイナンバー#1234-5678-9018")]
    [InlineData("氏名\t個人番号\n山田\t123456789018")]
    [InlineData("氏名,個人番号\n山田,123456789018\n佐藤,")]
    [InlineData("氏名 個人番号 備考\n山田 123456789018 済")]
    [InlineData("マイナンバー一覧\n山田太郎 1234-5678-9018")]
    public void A_my_number_is_found(string text) => Assert.Equal(1, Found.Count(text, "my-number"));

    [Theory]
    [InlineData("マイナンバー: 1234 5678 9012")]
    [InlineData("追跡番号 1234-5678-9018")]
    [InlineData("123456789018")]
    [InlineData("注文番号\t個数\n123456789018\t3")]
    [InlineData("個人番号カードの申請は12月までです。注文番号 123456789018")]
    [InlineData("マイナンバー: ABC-123456789018")]
    [InlineData("マイナンバー: v.123456789018")]
    [InlineData("注文No.123456789018")]
    [InlineData("個人番号カード 申請書ID #123456789018")]
    [InlineData("個人番号 123456789018円")]
    public void What_only_looks_like_a_my_number_is_not(string text) => Assert.Equal(0, Found.Count(text, "my-number"));

    [Fact]
    public void Many_numbers_that_all_have_their_check_digit_need_no_word() =>
        Assert.Equal(6, Found.Count(string.Join('\n', ((string[])["12345678901", "27182818284", "31415926535", "16180339887", "14142135623", "17320508075"]).Select(Checked)), "my-number"));

    [Theory]
    [InlineData("法人番号 7000012050002")]
    [InlineData("登録番号 T7000012050002")]
    [InlineData("T-7000012050002")]
    [InlineData("会社名\t法人番号\n国税庁\t7000012050002")]
    public void A_corporate_number_is_found(string text) => Assert.Equal(1, Found.Count(text, "corporate-number"));

    [Theory]
    [InlineData("法人番号 7000012050003")]
    [InlineData("JANコード 7000012050002")]
    [InlineData("7000012050002")]
    [InlineData("ORDER-T7000012050002")]
    public void An_article_is_no_firm(string text) => Assert.Equal(0, Found.Count(text, "corporate-number"));

    [Theory]
    [InlineData("4539 5787 6362 1486")]
    [InlineData("カード番号:4539578763621486")]
    [InlineData("４５３９－５７８７－６３６２－１４８６")]
    [InlineData("card: 3530 1113 3330 0018")]
    [InlineData("Card No.4539578763621486")]
    [InlineData("カードNo.4539-5787-6362-1486")]
    [InlineData("card #4539578763621486")]
    [InlineData("VISA4539578763621486")]
    [InlineData("カード番号\t4539\t5787\t6362\t1486")]
    public void A_card_is_found(string text) => Assert.Equal(1, Found.Count(text, "card"));

    [Theory]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("カード番号 4539 5787 6362 1487")]
    [InlineData("Order ID: 4539578763621486")]
    [InlineData("trace_id=4539578763621486")]
    [InlineData("Order No.4539578763621486")]
    [InlineData("ticket #4539578763621486")]
    [InlineData("#4539578763621486")]
    [InlineData("ID.4539578763621486")]
    [InlineData("https://shop.example/card/4539578763621486")]
    [InlineData("discard4539578763621486")]
    [InlineData("https://shop.example/4539578763621486")]
    [InlineData("1539 5787 6362 1482")]
    public void What_only_looks_like_a_card_is_not(string text) => Assert.Equal(0, Found.Count(text, "card"));

    [Fact]
    public void Down_a_long_column_of_orders_no_number_is_a_card() =>
        Assert.Equal(0, Found.Count($"Item Order ID\n{string.Concat(Enumerable.Repeat("a 4539578763621486\n", 30))}", "card"));

    [Theory]
    [InlineData("DE44 5001 0517 5407 3249 31")]
    [InlineData("iban: de44500105175407324931")]
    [InlineData("IBANDE44500105175407324931")]
    [InlineData("(DE44500105175407324931)")]
    public void An_iban_is_found(string text) => Assert.Equal(1, Found.Count(text, "iban"));

    [Theory]
    [InlineData("DE45 5001 0517 5407 3249 31")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("XX44 5001 0517 5407 3249 31")]
    [InlineData("DE44 5001 0517 5407 3249")]
    public void A_broken_or_printed_iban_is_not(string text) => Assert.Equal(0, Found.Count(text, "iban"));

    [Theory]
    [InlineData("900101-1234568", 1)]
    [InlineData("주민등록번호 9001011234568", 1)]
    [InlineData("900101-1234567", 0)]
    [InlineData("주민등록번호: 901301-1234568", 0)]
    [InlineData("211005-3123456", 1)]
    [InlineData("외국인등록번호 850515-5123457", 1)]
    [InlineData("주문번호 900101-1234568", 0)]
    public void A_resident_number_is_taken_by_date_and_check_digit(string text, int count) => Assert.Equal(count, Found.Count(text, "resident-number"));

    [Theory]
    [InlineData("旅券番号: TK1234567", 1)]
    [InlineData("Passport No. 512345678", 1)]
    [InlineData("여권번호 M123A4567", 1)]
    [InlineData("氏名\tパスポート番号\n田中\tTR 7654321", 1)]
    [InlineData("TK1234567", 0)]
    [InlineData("パスポートの件、受付番号 TK1234567", 0)]
    [InlineData("P<JPNTANAKA<<HANAKO<<<<<<<<<<<<<<<<<<<<<<<<<\nTK00000000JPN9001011F3001018<<<<<<<<<<<<<<00", 0)]
    [InlineData("L898902C36UTO7408122F1204159ZE184226B<<<<<10", 0)]
    public void A_passport_needs_a_word_or_its_zone(string text, int count) => Assert.Equal(count, Found.Count(text, "passport"));

    [Theory]
    [InlineData("三菱UFJ銀行 新宿支店 普通 1234567 ヤマダタロウ", 1)]
    [InlineData("銀行名: みずほ銀行\n支店名: 本店\n口座番号: ７６５４３２１", 1)]
    [InlineData("金融機関\t支店\t種別\t口座番号\nりそな銀行\t梅田支店\t普通\t1234567", 1)]
    [InlineData("ゆうちょ銀行 記号 12340 番号 12345671", 1)]
    [InlineData("Bank: MUFG\nBranch: Shinjuku\nAccount number: 1234567", 1)]
    [InlineData("新宿支店 管理番号 1234567", 0)]
    [InlineData("普通の価格 1,234,567円", 0)]
    [InlineData("口座番号 1234567", 0)]
    public void An_account_stands_beside_its_bank(string text, int count) => Assert.Equal(count, Found.Count(text, "bank-account-jp"));

    private static string Checked(string body)
    {
        for (var digit = 0; ; digit++)
            if (CheckDigits.MyNumber($"{body}{digit}"))
                return $"{body}{digit}";
    }
}
