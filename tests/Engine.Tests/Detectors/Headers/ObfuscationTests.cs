using Platform.Engine.Detectors.Headers;

namespace Platform.Engine.Tests.Detectors.Headers;

public sealed class ObfuscationTests
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("The garden was green and the river was wide. ", 30));

    [Fact]
    public void Filler_that_nobody_sees_is_seen()
    {
        Assert.Equal(["hidden-text"], Signs($"<p>Look here</p><div style=\"display:none\">{Filler}</div>"));
    }

    [Fact]
    public void Words_cut_by_invisible_characters_are_seen()
    {
        Assert.Equal(["zero-width-text"], Signs("<p>Your pa\u200bss\u200bwo\u200brd for your acc\u200boun\u200bt has expired</p>"));
    }

    [Fact]
    public void A_subject_with_look_alike_letters_is_seen()
    {
        Assert.Equal(["homoglyph-text"], new TestMail { Subject = "Your p\u0430ssw\u043erd" }.SignsOf(new Obfuscation()));
    }

    [Theory]
    [InlineData("We have \U0001d41d\U0001d41e\U0001d425\U0001d41e\U0001d42d\U0001d41e\U0001d41d your account")]
    [InlineData("\u1d18\u1d00\u028f\u1d0d\u1d07\u0274\u1d1b declined")]
    public void A_subject_in_styled_letters_is_seen(string subject)
    {
        Assert.Equal(["styled-letters"], new TestMail { Subject = subject }.SignsOf(new Obfuscation()));
    }

    [Theory]
    [InlineData("E = mc\u00b2 and \u2460 \u2461 \u2462")]
    [InlineData("Set \u211d and \U0001d54a: a question")]
    public void Some_symbols_in_a_subject_pass(string subject)
    {
        Assert.Empty(new TestMail { Subject = subject }.SignsOf(new Obfuscation()));
    }

    [Fact]
    public void A_mail_of_pictures_is_seen()
    {
        Assert.Equal(["image-only-mail"], Signs("<a href=\"https://evil.example\"><img src=\"https://evil.example/a.png\"></a>"));
    }

    [Theory]
    [InlineData("<div style=\"display:none\">The best of this week &zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;</div><p>Our news of the week in full, with much to read for everybody.</p>")]
    [InlineData("<p>Donau&shy;dampf&shy;schiff&shy;fahrt</p><p>Text</p>")]
    [InlineData("<p>\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645 \u0645\u06cc\u200c\u0631\u0648\u0645 \u0645\u06cc\u200c\u0622\u06cc\u0645 \u0645\u06cc\u200c\u06af\u0648\u06cc\u0645</p>")]
    [InlineData("<p>\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! Hello, world!</p>")]
    [InlineData("<p>Family: \U0001f468\u200d\U0001f469\u200d\U0001f467</p>")]
    [InlineData("<p>A newsletter with a text long enough to be read by somebody who likes to read about gardens, rivers and the weather of the coming week.</p><img src=\"https://partner.example/a.png\">")]
    public void Preview_lines_typography_and_other_scripts_pass(string html)
    {
        Assert.Empty(Signs(html));
    }

    private static IReadOnlyList<string> Signs(string html) => new TestMail { Html = html }.SignsOf(new Obfuscation());
}
