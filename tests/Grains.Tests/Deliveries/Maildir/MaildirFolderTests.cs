using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Deliveries.Maildir;

namespace Platform.Grains.Tests.Deliveries.Maildir;

public sealed class MaildirFolderTests
{
    [Theory]
    [InlineData("info@acme.test", "info@acme.test")]
    [InlineData("Info@ACME.test", "info@acme.test")]
    [InlineData("k.sato+news@acme.test", "k.sato+news@acme.test")]
    [InlineData("../x@acme.test", "%2E.%2Fx@acme.test")]
    [InlineData("..", "%2E.")]
    [InlineData("a/b@acme.test", "a%2Fb@acme.test")]
    [InlineData("a\\b@acme.test", "a%5Cb@acme.test")]
    [InlineData("a\0b@acme.test", "a%00b@acme.test")]
    [InlineData("100%@acme.test", "100%25@acme.test")]
    [InlineData("\"two words\"@acme.test", "%22two%20words%22@acme.test")]
    [InlineData("名@acme.test", "%E5%90%8D@acme.test")]
    [InlineData("", "%")]
    public void An_address_becomes_a_safe_name(string address, string folder)
    {
        Assert.Equal(folder, MaildirFolder.NameFor(address));
    }

    [Fact]
    public void No_address_leaves_its_folder_or_the_limits_of_a_file_system()
    {
        Prop.ForAll<string>(text =>
        {
            var name = MaildirFolder.NameFor(text ?? "");
            return name is not ("" or "." or "..") && name[0] != '.' && name.All(c => c is > ' ' and <= '~' and not ('/' or '\\')) && Encoding.UTF8.GetByteCount(name) <= 255;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_addresses_never_share_a_folder()
    {
        Prop.ForAll<string, string>((one, other) =>
            string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
            || string.Equals(one?.ToLowerInvariant(), other?.ToLowerInvariant(), StringComparison.Ordinal)
            || IsBroken(one) || IsBroken(other)
            || MaildirFolder.NameFor(one ?? "") != MaildirFolder.NameFor(other ?? "")
            || (one ?? "") == (other ?? "")).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData('a', 250)]
    [InlineData('名', 64)]
    [InlineData('/', 5_000)]
    public void Long_addresses_are_cut_and_still_differ(char letter, int length)
    {
        string[] names = [MaildirFolder.NameFor(new string(letter, length) + "1@acme.test"), MaildirFolder.NameFor(new string(letter, length) + "2@acme.test")];

        Assert.Equal((2, true), (names.Distinct().Count(), names.All(n => n.Length <= 200)));
    }

    /// <summary>Lone surrogates are no text: UTF-8 has one replacement for them all.</summary>
    private static bool IsBroken(string? text) => text is not null && text.EnumerateRunes().Any(r => r == Rune.ReplacementChar);
}
