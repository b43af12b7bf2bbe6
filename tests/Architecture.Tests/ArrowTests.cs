using System.Reflection;

namespace Platform.Architecture.Tests;

/// <summary>Arrows run Portal -> (HTTP) -> Api -> Grains -> Storage -> Engine, never back (docs/architecture.md).</summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string[]> AllowedReferences => new()
    {
        { "Platform.Engine", [] },
        { "Platform.Smtp", [] },
        { "Platform.Conformance", ["Platform.Engine"] },
        { "Platform.Dns", ["Platform.Engine"] },
        { "Platform.Feeds", ["Platform.Engine"] },
        { "Platform.Yara", ["Platform.Engine"] },
        { "Platform.Scanning", ["Platform.Engine"] },
        { "Platform.ScannerHost", ["Platform.Engine", "Platform.Scanning", "Platform.Yara"] },
        { "Platform.Storage", ["Platform.Engine"] },
        { "Platform.Mails", [] },
        { "Platform.Grains", ["Platform.Dns", "Platform.Engine", "Platform.Mails", "Platform.Scanning", "Platform.Storage"] },
        { "Platform.Api", ["Platform.Conformance", "Platform.Dns", "Platform.Engine", "Platform.Feeds", "Platform.Mails", "Platform.Scanning", "Platform.ScannerHost", "Platform.Storage", "Platform.Grains", "Platform.Smtp", "Platform.Yara"] },
    };

    [Theory]
    [MemberData(nameof(AllowedReferences))]
    public void A_project_refers_only_to_projects_below_it(string assembly, string[] allowed)
    {
        var references = References(assembly).Where(name => name.StartsWith("Platform.", StringComparison.Ordinal));

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Orleans")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Npgsql")]
    [InlineData("MailKit")]
    [InlineData("System.Net.Http")]
    [InlineData("System.Net.Sockets")]
    [InlineData("DnsClient")]
    public void The_engine_knows_no_server_database_or_network(string prefix)
    {
        Assert.DoesNotContain(References("Platform.Engine"), name => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MimeKit")]
    [InlineData("Orleans")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    public void The_listener_can_be_lifted_out(string prefix)
    {
        Assert.DoesNotContain(References("Platform.Smtp"), name => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Platform.Api")]
    [InlineData("Platform.Grains")]
    public void DNS_is_asked_in_one_place(string assembly)
    {
        Assert.DoesNotContain("DnsClient", References(assembly));
    }

    private static IEnumerable<string> References(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!);
}
