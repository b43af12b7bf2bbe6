using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Tests.Commands;

public sealed class XtextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a+2Bb+3D", "a+b=")]
    [InlineData("+E5+A4+AA", "太")]
    [InlineData("", "")]
    public void It_decodes(string encoded, string text)
    {
        Assert.True(Xtext.TryDecode(Encoding.ASCII.GetBytes(encoded), 100, international: false, out var decoded));
        Assert.Equal(text, decoded);
    }

    [Theory]
    [InlineData("a=b")]
    [InlineData("a b")]
    [InlineData("+")]
    [InlineData("+4")]
    [InlineData("+4g")]
    [InlineData("+4a")]
    [InlineData("+0D+0A")]
    [InlineData("+00")]
    [InlineData("+7F")]
    [InlineData("+FF")]
    public void What_is_not_xtext_or_hides_controls_is_refused(string encoded)
    {
        Assert.False(Xtext.TryDecode(Encoding.ASCII.GetBytes(encoded), 100, international: false, out _));
    }

    [Fact]
    public void Raw_UTF8_is_for_international_text_only()
    {
        Assert.True(Xtext.TryDecode("太"u8, 100, international: true, out _));
        Assert.False(Xtext.TryDecode("太"u8, 100, international: false, out _));
    }

    [Fact]
    public void It_is_bounded_after_decoding()
    {
        Assert.True(Xtext.TryDecode("+41+41+41"u8, 3, international: false, out _));
        Assert.False(Xtext.TryDecode("+41+41+41+41"u8, 3, international: false, out _));
    }

    [Fact]
    public void Any_printable_text_survives_being_encoded_and_decoded() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Gen.Choose(0x20, 0x7E).Select(c => (char)c).Or(Gen.Elements('é', '太')).ArrayOf().Select(c => new string(c)).ToArbitrary(),
                text => Xtext.TryDecode(Encoding.ASCII.GetBytes(Xtext.Encode(text)), 10_000, international: false, out var decoded) && decoded == text));
}
