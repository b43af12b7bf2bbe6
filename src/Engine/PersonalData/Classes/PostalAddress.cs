using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>An address down to the house: one that names a town alone is nobody's. Each script has its own order, so each has its own reader.</summary>
internal sealed class PostalAddress : IDataClass
{
    public PersonalDataClass Class => PersonalDataClass.PostalAddress;

    public IReadOnlyList<string> Words { get; } =
    [
        "住所", "ご住所", "現住所", "住民票住所", "自宅住所", "所在地", "送付先", "送付先住所", "届け先", "お届け先", "お届け先住所", "配送先", "本籍", "本籍地", "居所", "郵便番号", "address", "home address", "postal address", "mailing address", "shipping address", "billing address", "residence", "street", "postcode", "post code", "zip", "zip code", "zipcode",
        "주소", "자택 주소", "집주소", "배송지", "거주지", "도로명주소", "우편번호", "adresse", "dirección", "indirizzo", "anschrift",
    ];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        List<FoundValue> found = [.. JapaneseAddress.Find(text), .. KoreanAddress.Find(text), .. WesternAddress.Find(text)];
        found.Sort((one, other) => one.Start.CompareTo(other.Start));
        var end = 0;
        foreach (var value in found)
        {
            if (value.Start < end)
                continue;
            end = value.Start + value.Length;
            yield return value;
        }
    }
}
