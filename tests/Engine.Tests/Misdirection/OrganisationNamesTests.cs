using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Misdirection;

public sealed class OrganisationNamesTests
{
    [Theory]
    [InlineData("株式会社ミライ 田中様\n\nお世話になっております。", "ミライ")]
    [InlineData("ミライ株式会社 御中\n", "ミライ")]
    [InlineData("㈱ミライ\n営業部 田中様\n", "ミライ")]
    [InlineData("ミライ商事 御中", "ミライ商事")]
    [InlineData("주식회사 미래\n김철수 님\n", "미래")]
    [InlineData("(주)미래 귀중", "미래")]
    [InlineData("Dear Globex team,\nplease find", "globex")]
    [InlineData("Hello GLOBEX Inc.,", "globex")]
    public void A_greeting_names_an_organisation(string text, string name) => Assert.Equal(name, OrganisationNames.GreetedIn(text)?.Name);

    [Theory]
    [InlineData("田中様\nお世話になっております。")]
    [InlineData("Dear Ms. Smith,")]
    [InlineData("Dear customer team,")]
    [InlineData("各位 御中")]
    [InlineData("営業部 御中")]
    [InlineData("Hi Marketing team")]
    [InlineData("株式会社アクメの佐藤です。")]
    [InlineData("株式会社アクメ 佐藤と申します。")]
    [InlineData("(주)아크메 김철수입니다")]
    [InlineData("주식회사 아크메 김철수 드림")]
    [InlineData("株式会社ミライ 田中様、株式会社ハンビット 金様")]
    [InlineData("김철수 님")]
    [InlineData("株式会社ミライの件でご連絡しました。これは本文であって宛名ではありませんので、ここに会社の名前があっても宛先とは限らず、間違いとして扱ってはいけません。そのため宛名は行の頭の短いものだけを見ることにしており、長い行は宛名として読みません。以上が理由です。よろしくお願いいたします。")]
    [InlineData("")]
    public void A_greeting_of_a_person_or_of_all_names_none(string text) => Assert.Null(OrganisationNames.GreetedIn(text));

    [Theory]
    [InlineData("見積書_ミライ様.pdf", "ミライ")]
    [InlineData("株式会社ミライ御中_請求書.xlsx", "ミライ")]
    [InlineData("견적서_미래귀중.hwp", "미래")]
    [InlineData("Globex_invoice_2026.pdf", "globex")]
    [InlineData("archive.zip/Globex quotation.docx", "globex")]
    public void A_file_made_for_one_says_for_whom(string file, string name) => Assert.Contains(name, Named(file));

    [Theory]
    [InlineData("Globex_photo.jpg")]
    [InlineData("見積書_営業部.pdf")]
    [InlineData("ミライの社史.pdf")]
    [InlineData("20261124.pdf")]
    [InlineData("議事録.docx")]
    public void A_file_that_is_about_somebody_names_none(string file) => Assert.Empty(Named(file));

    [Fact]
    public void Beside_a_title_of_respect_other_words_name_nobody() => Assert.Equal(["ミライ"], Named("見積書_ミライ様_Lenovo.pdf"));

    [Fact]
    public void Whatever_a_mail_says_is_bounded() => Check.QuickThrowOnFailure(Prop.ForAll<string, string>((text, file) =>
    {
        var named = OrganisationNames.In(MessageFacts.Empty with { Text = text ?? "", Attachments = [new AttachmentFacts(file ?? "", "", "", 1, "")] });
        return named.Count <= 40 && named.All(one => one.Name.Length is > 0 and <= 40);
    }));

    private static IEnumerable<string> Named(string file) =>
        OrganisationNames.In(MessageFacts.Empty with { Attachments = [new AttachmentFacts(file, "", "", 1, "")] }).Select(named => named.Name);
}
