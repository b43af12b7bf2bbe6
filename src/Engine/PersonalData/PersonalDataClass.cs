using System.Collections.Frozen;

namespace Platform.Engine.PersonalData;

/// <summary>Classes of data about persons and firms that rules of outgoing mail ask for (OUT7).</summary>
public enum PersonalDataClass
{
    /// <summary>Japanese individual number (個人番号, マイナンバー): 12 digits, the last a check digit.</summary>
    MyNumber,

    /// <summary>Japanese corporate number (法人番号): 13 digits, the first a check digit.</summary>
    CorporateNumber,

    /// <summary>Payment card (ISO/IEC 7812): issuer range, length and Luhn digit.</summary>
    Card,

    /// <summary>International bank account number (ISO 13616): length by country, mod 97.</summary>
    Iban,

    /// <summary>Account of a Japanese bank: seven digits named as an account, with a bank or branch beside.</summary>
    BankAccountJp,

    /// <summary>Telephone number by the plans of Japan and Korea, or international (E.164).</summary>
    Phone,

    /// <summary>Japanese, Korean or Western postal address down to the house.</summary>
    PostalAddress,

    /// <summary>Korean resident registration number (주민등록번호), and that of foreigners.</summary>
    ResidentNumber,

    /// <summary>Passport number where a word says so, or the machine readable zone (ICAO 9303).</summary>
    Passport,

    /// <summary>Many e-mail addresses of others than the parties of the mail.</summary>
    EMailList,
}

/// <summary>The classes by the names that rules, API and docs use.</summary>
public static class PersonalDataClasses
{
    private static readonly FrozenDictionary<PersonalDataClass, string> Names = new Dictionary<PersonalDataClass, string>
    {
        [PersonalDataClass.MyNumber] = "my-number",
        [PersonalDataClass.CorporateNumber] = "corporate-number",
        [PersonalDataClass.Card] = "card",
        [PersonalDataClass.Iban] = "iban",
        [PersonalDataClass.BankAccountJp] = "bank-account-jp",
        [PersonalDataClass.Phone] = "phone",
        [PersonalDataClass.PostalAddress] = "postal-address",
        [PersonalDataClass.ResidentNumber] = "resident-number",
        [PersonalDataClass.Passport] = "passport",
        [PersonalDataClass.EMailList] = "e-mail-list",
    }.ToFrozenDictionary();

    /// <summary>All, in the order in which they are told.</summary>
    public static IReadOnlyList<PersonalDataClass> All { get; } = Enum.GetValues<PersonalDataClass>();

    /// <summary>The name in kebab case: <c>my-number</c>.</summary>
    public static string WireName(PersonalDataClass dataClass) => Names[dataClass];
}
