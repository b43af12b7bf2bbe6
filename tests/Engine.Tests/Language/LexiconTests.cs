using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Language;

namespace Platform.Engine.Tests.Language;

public sealed class LexiconTests
{
    [Theory]
    [InlineData("ＰＡＳＳＷＯＲＤ", "password")]
    [InlineData("pass\u00adwo\u200brd", "password")]
    [InlineData("Votre  colis\r\n bloqué", "votre colis bloque")]
    [InlineData("ｱｶｳﾝﾄ停止", "アカウント停止")]
    [InlineData("don\u2019t", "don't")]
    [InlineData("\u1d18\u1d00\u028f\u1d0d\u1d07\u0274\u1d1b", "payment")]
    [InlineData("\U0001d41d\U0001d41e\U0001d425", "del")]
    [InlineData("  ", "")]
    public void Text_is_folded_for_comparison(string text, string folded)
    {
        Assert.Equal(folded, NormalText.Fold(text));
    }

    [Fact]
    public void Half_a_character_is_replaced()
    {
        Assert.Equal("a\ufffdb", NormalText.Fold($"a{'\ud800'}b"));
    }

    [Theory]
    [InlineData("bank", "my bank is", true)]
    [InlineData("bank", "embankment", false)]
    [InlineData("porn*", "pornographic", true)]
    [InlineData("exceeded~quota", "you have exceeded your mailbox quota", true)]
    [InlineData("exceeded~quota", "exceeded something very very long between these two words quota", false)]
    [InlineData("口座", "新口座へ", true)]
    [InlineData("(your|the) (account|mailbox) is full", "the mailbox is full", true)]
    [InlineData("(your|) account~(closed|locked)", "account gets locked", true)]
    [InlineData("(your|) account~(closed|locked)", "locked account", false)]
    [InlineData("verif* me", "verify me", false)]
    [InlineData("パスワード~更新", "パスワードは長い長い長い長い長い長い長い長い長い長い説明の後で更新", false)]
    public void A_phrase_is_found_as_whole_words_with_bounded_gaps(string phrase, string text, bool found)
    {
        var lexicon = new Lexicon(["[group]", phrase]);

        Assert.Equal(found, lexicon.Find("group", text).Count == 1);
    }

    [Fact]
    public void Hits_stand_in_the_order_of_the_text()
    {
        var lexicon = new Lexicon(["[group]", "two", "one"]);

        Assert.Equal(["one", "two"], lexicon.Find("group", "one two").Select(hit => hit.Phrase));
    }

    [Fact]
    public void Evidence_holds_no_control_characters()
    {
        var mail = new Detectors.TestMail { Subject = "Your account has been suspended", Text = "Hello" };
        Assert.Equal("your account has been suspended / hello", mail.ToInput().Text.Find("account-threat")[0].Seen);
    }

    [Fact]
    public void All_groups_are_found_in_one_pass()
    {
        var findings = new Lexicon(["[a]", "he", "she", "[b]", "hers~(his|he)"]).Search("she said hers, not his");

        Assert.Equal((1, 1), (findings.Of("a").Count, findings.Of("b").Count));
    }

    [Fact]
    public void A_text_in_a_file_is_searched_when_the_mail_says_nothing()
    {
        var mail = new Detectors.TestMail { Text = "Hello" }.ToInput();
        var message = mail.Message with { FileTexts = [new("a.pdf", "Your account has been suspended")] };

        Assert.Equal("a.pdf", PlainText.Of(message).FindAnywhere("account-threat")[0].Where);
    }

    [Theory]
    [InlineData("(open")]
    [InlineData("a~~b")]
    public void A_line_that_is_no_phrase_is_refused(string line) => Assert.Throws<FormatException>(() => new Lexicon(["[group]", line]));

    [Fact]
    public void A_lexicon_without_groups_is_refused()
    {
        Assert.Throws<FormatException>(() => new Lexicon(["phrase"]));
    }

    [Fact]
    public void Folding_never_throws_and_is_stable()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var once = NormalText.Fold(text ?? "");
            return NormalText.Fold(once) == once;
        }));
    }
}
