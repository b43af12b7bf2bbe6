using System.Formats.Asn1;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Onboarding.Ldap;

namespace Platform.Grains.Tests.Onboarding;

public sealed class LdapFilterTests
{
    [Theory]
    // By hand after RFC 4511, 4.5.1.7.
    [InlineData("(cn=a)", "A307" + "0402636E" + "040161")]
    [InlineData("(mail=*)", "87046D61696C")]
    [InlineData("(!(cn=a))", "A209" + "A307" + "0402636E" + "040161")]
    [InlineData("(&(cn=a)(mail=*))", "A00F" + "A307" + "0402636E" + "040161" + "87046D61696C")]
    [InlineData("(|)", "A100")]
    [InlineData("(cn=a*b*c)", "A40F" + "0402636E" + "3009" + "800161" + "810162" + "820163")]
    [InlineData("(cn=*b)", "A409" + "0402636E" + "3003" + "820162")]
    [InlineData("(cn>=a)", "A507" + "0402636E" + "040161")]
    [InlineData("(cn=\\2a\\00)", "A308" + "0402636E" + "04022A00")]
    [InlineData("(cn=é)", "A308" + "0402636E" + "0402C3A9")]
    [InlineData("(u:1.2:=2)", "A90B" + "8103312E32" + "820175" + "830132")]
    public void A_filter_is_written_as_the_standard_says(string text, string octets) => Assert.Equal(octets, Convert.ToHexString(Write(text)));

    [Theory]
    [InlineData("")]
    [InlineData("cn=a")]
    [InlineData("(cn=a")]
    [InlineData("(cn=a))")]
    [InlineData("(=a)")]
    [InlineData("(cn)")]
    [InlineData("(cn=\\zz)")]
    [InlineData("(c n=a)")]
    [InlineData("(:=a)")]
    [InlineData("(!(a=b)(c=d))")]
    public void What_is_none_is_refused_with_the_place(string text) =>
        Assert.Contains("character", Assert.Throws<FormatException>(() => Write(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nesting_has_an_end() => Assert.Throws<FormatException>(() => Write(string.Concat(Enumerable.Repeat("(!", 1_000)) + "(a=b)" + new string(')', 1_000)));

    [Fact]
    public void Whatever_is_given_is_written_or_refused()
    {
        var words = Gen.Elements("(", ")", "&", "|", "!", "=", "*", "\\", "2a", "cn", ":", ">", "é", "\0", " ");
        Prop.ForAll(words.ListOf().ToArbitrary(), parts =>
        {
            try
            {
                Write(string.Concat(parts));
            }
            catch (FormatException)
            {
                // With the place.
            }
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Write(string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        LdapFilter.Write(text, writer);
        return writer.Encode();
    }
}
