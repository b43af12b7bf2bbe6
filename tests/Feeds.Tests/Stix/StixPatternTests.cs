using Platform.Feeds.Stix;

namespace Platform.Feeds.Tests.Stix;

public sealed class StixPatternTests
{
    [Theory]
    [InlineData("[url:value = 'http://bad.example/x']", "Url bad.example/x")]
    [InlineData("[file:hashes.'SHA-256' = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']", "Sha256 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("[file:hashes.MD5='d41d8cd98f00b204e9800998ecf8427e']", "Md5 d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("[domain-name:value IN ('a.example', 'b.example')]", "Domain a.example, Domain b.example")]
    [InlineData("[ipv4-addr:value = '198.51.100.0/24' OR domain-name:value = 'c.example']", "Network 198.51.100.0/24, Domain c.example")]
    [InlineData("[email-message:from_ref.value = 'who@bad.example'] OR [domain-name:value = 'c.example']", "Email who@bad.example, Domain c.example")]
    [InlineData("[url:value = 'http://bad.example/it\\'s']", "Url bad.example/it's")]
    [InlineData("[file:name = 'a.exe' OR domain-name:value = 'c.example']", "Domain c.example")]
    [InlineData("[domain-name:value = 'c.example' AND file:name = 'a.exe']", "")]
    [InlineData("[domain-name:value = 'c.example'] FOLLOWEDBY [url:value = 'http://x.example/']", "")]
    [InlineData("[domain-name:value LIKE '%.example']", "")]
    [InlineData("[domain-name:value != 'c.example']", "")]
    [InlineData("[domain-name:value = 'c.example'] REPEATS 5 TIMES", "")]
    [InlineData("[domain-name:value = 'c.exam", "")]
    public void A_pattern_that_names_one_thing_is_taken(string pattern, string expected)
    {
        Assert.Equal(expected, string.Join(", ", StixPattern.Read(pattern, "").Select(indicator => $"{indicator.Kind} {indicator.Value}")));
    }
}
