using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Onboarding.Ldap;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;

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
    public void Aliases_that_are_too_many_leave_those_that_the_mailbox_has()
    {
        var (line, faults) = Read(("mail", ["sato@acme.test"]), ("proxyAddresses", [.. Enumerable.Range(0, 201).Select(i => $"a{i}@acme.test")]))!.Value;

        Assert.Null(line.Aliases);
        Assert.Equal(("TOO_MANY_VALUES", "aliases"), (Assert.Single(faults).Code, faults[0].Field));
    }

    [Fact]
    public void Aliases_that_come_in_parts_leave_those_that_the_mailbox_has() =>
        Assert.Null(Line(("mail", ["sato@acme.test"]), ("proxyAddresses;range=0-1499", ["a@acme.test"]))!.Aliases);

    [Fact]
    public void Of_groups_that_are_too_many_the_first_are_taken_and_the_rest_is_told()
    {
        var (line, faults) = Read(("mail", ["sato@acme.test"]), ("memberOf", [.. Enumerable.Range(0, 201).Select(i => $"cn=g{i:000},dc=acme")]))!.Value;

        Assert.Equal(("g000", "g199", 200), (line.Groups![0], line.Groups[^1], line.Groups.Count));
        Assert.Equal("groups", Assert.Single(faults).Field);
    }

    [Fact]
    public void No_value_is_longer_than_it_could_be_good_for()
    {
        var endless = new string('x', 5_000);
        var line = Line(("mail", [endless + "@acme.test"]), ("cn", [endless]), ("proxyAddresses", [endless + "@acme.test"]), ("memberOf", [endless, "cn=" + endless]))!;

        Assert.Equal((320, 200, 0, 200), (line.Address.Length, line.DisplayName!.Length, line.Aliases!.Count, line.Groups!.Max(group => group.Length)));
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

    private static MailboxLine? Line(params (string Name, string[] Values)[] attributes) => Read(attributes)?.Line;

    private static (MailboxLine Line, IReadOnlyList<MailboxLineError> Faults)? Read(params (string Name, string[] Values)[] attributes) => LdapLines.Of(
        new LdapEntry("cn=x", attributes.ToDictionary(pair => pair.Name, pair => (IReadOnlyList<string>)pair.Values, StringComparer.OrdinalIgnoreCase)), 1, Directory, new HashSet<string> { "acme.test" });
}
