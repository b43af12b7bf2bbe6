using System.Text;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Tests.Lists;

public sealed class ListTextTests
{
    [Theory]
    [InlineData("bad.example", "Domain bad.example")]
    [InlineData("# bad.example", null)]
    [InlineData("0.0.0.0 bad.example", "Domain bad.example")]
    [InlineData("||bad.example^$third-party", "Domain bad.example")]
    [InlineData("*.bad.example", "Domain bad.example")]
    [InlineData("hxxps://bad[.]example/a?b=1", "Url bad.example/a?b=1")]
    [InlineData("http://BAD.example:80/", "Url bad.example")]
    [InlineData("bad.example/login.php", "Url bad.example/login.php")]
    [InlineData("203.0.113.9", "Network 203.0.113.9/32")]
    [InlineData("203.0.113.0/24 ; SBL1", "Network 203.0.113.0/24")]
    [InlineData("2001:db8::/48", "Network 2001:db8::/48")]
    [InlineData("Someone@Bad.example", "Email someone@bad.example")]
    [InlineData("D41D8CD98F00B204E9800998ECF8427E", "Md5 d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("\"7\",\"2026-01-01 10:00:00\",\"http://bad.example/a.exe\",\"online\",\"https://lists.example/7\"", "Url bad.example/a.exe")]
    [InlineData("2026-01-01 10:00:00,203.0.113.9,443", "Network 203.0.113.9/32")]
    [InlineData("http://b\ufffdd.example/x", null)]
    [InlineData("com", null)]
    [InlineData("0.0.0.0/0", null)]
    [InlineData("1.2.3", null)]
    public void A_line_is_known_by_its_looks(string line, string? expected)
    {
        var read = ListText.Read(Encoding.UTF8.GetBytes($"{line}\r\n"), 10);

        Assert.Equal(expected, read.Count == 0 ? null : $"{read[0].Kind} {read[0].Value}");
    }

    [Fact]
    public void A_field_that_the_setting_names_counts()
    {
        var read = ListText.Read("1,https://lists.example/1,bad.example,\"trojan, old\"\n"u8, 10, column: 3, labelColumn: 4);

        Assert.Equal([new Indicator(IndicatorKind.Domain, "bad.example", "trojan, old")], read);
    }

    [Fact]
    public void No_more_is_taken_than_allowed()
    {
        Assert.Equal(2, ListText.Read("a.example\nb.example\nc.example\n"u8, 2).Count);
    }
}
