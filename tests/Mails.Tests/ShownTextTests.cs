namespace Platform.Mails.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("https://evil.test/pay", "https[:]//evil[.]test/pay")]
    [InlineData("WWW.evil.test", "www[.]evil[.]test")]
    [InlineData("see evil.test/pay now", "see evil[.]test/pay now")]
    [InlineData("支払いは例え.jpへ", "支払いは例え[.]jpへ")]
    [InlineData("a@evil.test/pay", "a@evil[.]test/pay")]
    public void No_mail_program_makes_a_link_to_a_page_of_it(string written, string shown) => Assert.Equal(shown, ShownText.Of(written));

    [Theory]
    [InlineData("sato@acme.test")]
    [InlineData("<sato.kenichi@acme.test>,")]
    [InlineData("Version 1.2.3 costs 4.50 e.g. today. Really.")]
    public void What_leads_to_no_page_stays_as_it_is(string written) => Assert.Equal(written, ShownText.Of(written));

    [Theory]
    [InlineData("https://evil.test/ ", "https[:]//evil[.]test/ ")]
    [InlineData("www.evil.test ", "www[.]evil[.]test ")]
    public void A_text_that_is_cut_is_broken_like_any_other(string begins, string shown)
    {
        var cut = ShownText.Of(begins + new string('x', 500));

        Assert.StartsWith(shown, cut, StringComparison.Ordinal);
        Assert.EndsWith("x…", cut, StringComparison.Ordinal);
    }
}
