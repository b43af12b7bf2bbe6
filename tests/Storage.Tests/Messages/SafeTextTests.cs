using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Messages;

namespace Platform.Storage.Tests.Messages;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("plain", 3, "pla")]
    [InlineData("", 3, "")]
    [InlineData("a\0b", 10, "a\uFFFDb")]
    [InlineData("日本語", 2, "日本")]
    public void Text_is_bounded_and_storable(string text, int max, string expected) => Assert.Equal(expected, SafeText.Clean(text, max));

    [Fact]
    public void A_pair_is_never_cut_in_half() => Assert.Equal("a", SafeText.Clean("a😀", 2));

    [Fact]
    public void Any_text_becomes_one_that_every_database_holds()
    {
        var characters = Gen.Elements('a', '\0', '\ud83d', '\ude00', '語', '\uffff').ListOf().Select(list => string.Concat(list));
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Prop.ForAll(characters.ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (text, max) =>
        {
            var clean = SafeText.Clean(text, max);
            return clean.Length <= max && !clean.Contains('\0') && strict.GetBytes(clean).Length >= clean.Length && SafeText.Clean(clean, max) == clean;
        }).QuickCheckThrowOnFailure();
    }
}
