using Platform.Engine.Language;

namespace Platform.Engine.Tests.Language;

public sealed class DisguisedWordsTests
{
    [Theory]
    [InlineData("HABILITE SUA C0NTA AGORA", "C0NTA")]
    [InlineData("KindIy review", "KindIy")]
    [InlineData("lTAUCARD", "lTAUCARD")]
    [InlineData("Trust WaIIet", "WaIIet")]
    [InlineData("passw0rd expired", "passw0rd")]
    public void Words_in_look_alike_letters_are_found(string text, string word) => Assert.Contains(word, DisguisedWords.Find(text));

    [Fact]
    public void English_in_accents_is_found() => Assert.NotEmpty(DisguisedWords.Find("Ýóúr fúnds havé béén sént"));

    [Theory]
    [InlineData("Your account and wallet, PAYMENT and Invoice")]
    [InlineData("conta número 10, cartão, atenção, itaú")]
    [InlineData("Office 365 and Windows 10")]
    [InlineData("IDs of INVOICES; AccountId, invoiceId, EmailInbox")]
    [InlineData("")]
    public void Honest_words_pass(string text) => Assert.Empty(DisguisedWords.Find(text));
}
