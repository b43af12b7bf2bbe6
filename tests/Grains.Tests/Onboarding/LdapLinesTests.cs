using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Onboarding.Ldap;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Tests.Onboarding;

public sealed class LdapLinesTests
{
    private static readonly NewLdapDirectory Directory = new(
        "ldap.test", 636, LdapSecurity.Tls, null, "cn=x", "x", "dc=x", "(mail=*)", "mail", "cn", "proxyAddresses", "memberOf", 0, 10);

    [Fact]
    public void An_entry_becomes_a_line_with_aliases_of_the_tenants_domains_and_names_of_groups()
    {
        var line = Line(
            ("mail", ["Sato@acme.test"]),
            ("cn", ["佐藤 健一"]),
            ("proxyAddresses", ["SMTP:sato@acme.test", "smtp:kenichi@acme.test", "smtp:sato@acme.onmicrosoft.com", "X500:/o=x", "sip:sato@acme.test"]),
            ("memberOf", ["CN=Sales\\, Tokyo,OU=Groups,DC=acme", "cn=\\E5\\96\\B6\\E6\\A5\\AD,dc=acme", "plain name"]))!;

        Assert.Equal(("Sato@acme.test", "佐藤 健一"), (line.Address, line.DisplayName));
        Assert.Equal(["sato@acme.test", "kenichi@acme.test"], line.Aliases);
        Assert.Equal(["Sales, Tokyo", "plain name", "営業"], line.Groups);
    }

    [Fact]
    public void An_entry_without_an_address_is_no_line() => Assert.Null(Line(("cn", ["x"])));

    [Fact]
    public void Whatever_a_directory_says_is_read() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        texts =>
        {
            string[] values = [.. texts.Where(text => text is not null)];
            Line(("mail", values), ("cn", values), ("proxyAddresses", values), ("memberOf", values));
        }).QuickCheckThrowOnFailure();

    private static Storage.Onboarding.Mailboxes.MailboxLine? Line(params (string Name, string[] Values)[] attributes) => LdapLines.Of(
        new LdapEntry("cn=x", attributes.ToDictionary(pair => pair.Name, pair => (IReadOnlyList<string>)pair.Values, StringComparer.OrdinalIgnoreCase)), 1, Directory, new HashSet<string> { "acme.test" });
}
