using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Access;
using Platform.Storage.Audit;
using Platform.Storage.Connectors;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Connectors;

/// <summary>Servers that send for a tenant: made, known by what they are to be known by, told of.</summary>
public abstract class ConnectorsContract(IStorageBackend backend) : StorageContract(backend)
{
    private const string Print = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.7");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.7");

    private IConnectorCommands Commands => Storage.Get<IConnectorCommands>();

    private IConnectorBook Book => Storage.Get<IConnectorBook>();

    [Fact]
    public async Task One_is_made_told_of_used_changed_and_removed()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var made = await Commands.CreateAsync(scope, tenant, new NewConnector("Postfix", ["192.0.2.7"], [], null), Ct);
        var known = Assert.Single(await Book.KnowingAsync(There, null, Ct));
        await Book.NoteUseAsync(known, new AccessSource(There, "JP"), Ct);
        await Book.NoteUseAsync(known, new AccessSource(There, "JP"), Ct);

        Assert.Null((await Commands.UpdateAsync(scope, made.Value, new ConnectorChange(null, ["198.51.100.7"], null, null, false), Ct)).Code);
        Assert.Equal((0, 1), ((await Book.KnowingAsync(There, null, Ct)).Count, (await Book.KnowingAsync(Elsewhere, null, Ct)).Count));
        Assert.Null((await Commands.RemoveAsync(scope, made.Value, Ct)).Code);
        Assert.Empty(await Book.KnowingAsync(Elsewhere, null, Ct));
        await using var db = Storage.Open(scope);
        Assert.Equal((3, 1), (await db.Events.CountAsync(row => row.Kind == EventKinds.ConnectorChanged, Ct), await db.Events.CountAsync(row => row.Kind == EventKinds.ConnectorUsed, Ct)));
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(scope, tenant, Ct)).Holds);
    }

    public static TheoryData<string[], string[], bool, string, string?, bool> Sessions => new()
    {
        { ["192.0.2.0/28"], [], false, "192.0.2.7", null, true },
        { ["192.0.2.0/28"], [], false, "192.0.2.17", null, false },
        { [], [Print], false, "192.0.2.7", Print, true },
        { [], [Print], false, "192.0.2.7", null, false },
        { [], [Print], false, "192.0.2.7", new string('0', 64), false },
        { ["192.0.2.0/28"], [Print], false, "192.0.2.7", Print, true },
        { ["192.0.2.0/28"], [Print], false, "198.51.100.7", Print, false },
        { ["192.0.2.0/28"], [Print], false, "192.0.2.7", null, false },
        { ["192.0.2.0/28"], [], true, "192.0.2.7", null, false },
        { [], [], true, "192.0.2.7", null, false },
    };

    /// <summary>Networks beside a certificate or a login must hold too, and a server that logs in is not known without.</summary>
    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task A_session_that_did_not_log_in_is_known_by_what_it_shows(string[] networks, string[] certificates, bool logsIn, string address, string? shown, bool known)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        Assert.Null((await Commands.CreateAsync(Scope.System(tenant, "test"), tenant, new NewConnector("Server", networks, certificates, logsIn ? Login("relay-a") : null), Ct)).Code);

        Assert.Equal(known, (await Book.KnowingAsync(IPAddress.Parse(address), shown, Ct)).Count == 1);
        Assert.Equal(certificates.Length > 0, await Book.AsksForCertificatesAsync(Ct));
        Assert.Equal(logsIn, await Book.FindLoginAsync("RELAY-a", Ct) is not null);
    }

    public static TheoryData<string[], string[], bool> BadOnes => new()
    {
        { [], [], false },
        { ["192.0.2.0/23"], [], false },
        { ["2001:db8::/55"], [], false },
        { ["everywhere"], [Print], false },
        { [], ["00:11"], false },
        { [], [new string('g', 64)], false },
        { [.. Enumerable.Range(0, 51).Select(number => $"192.0.2.{number}")], [], false },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public async Task What_would_let_in_others_is_refused_with_a_sentence(string[] networks, string[] certificates, bool logsIn)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var refused = await Commands.CreateAsync(Scope.System(tenant, "test"), tenant, new NewConnector("Server", networks, certificates, logsIn ? Login("relay-a") : null), Ct);

        Assert.Equal(("INVALID_CONNECTOR", true), (refused.Code, refused.Message!.Length > 20));
    }

    [Fact]
    public async Task A_wide_network_is_taken_beside_a_certificate()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        Assert.Null((await Commands.CreateAsync(Scope.System(tenant, "test"), tenant, new NewConnector("Server", ["192.0.0.0/8"], ["00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"], null), Ct)).Code);
        Assert.Single(await Book.KnowingAsync(There, Print, Ct));
    }

    [Fact]
    public async Task One_of_another_tenant_is_out_of_reach()
    {
        var (tenant, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        var made = (await Commands.CreateAsync(Scope.System(tenant, "test"), tenant, new NewConnector("Postfix", ["192.0.2.7"], [], null), Ct)).Value;
        var stranger = Scope.System(other, "test");

        Assert.Equal("NOT_FOUND", (await Commands.CreateAsync(stranger, tenant, new NewConnector("Postfix", ["192.0.2.7"], [], null), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.UpdateAsync(stranger, made, new ConnectorChange("x", null, null, null, false), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.RemoveAsync(stranger, made, Ct)).Code);
        await using var db = Storage.Open(stranger);
        Assert.Empty(await db.Connectors.ToListAsync(Ct));
    }

    [Fact]
    public async Task Who_is_kept_from_a_tenants_messages_lets_no_server_send_for_it()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var closed = Scope.System(tenant, "test") with { ContentClosed = new HashSet<Guid> { tenant } };

        Assert.Equal("NOT_FOUND", (await Commands.CreateAsync(closed, tenant, new NewConnector("Postfix", ["192.0.2.7"], [], null), Ct)).Code);
    }

    private static ConnectorLogin Login(string user) => new(user, new AppPasswordKeys([1], 4_096, new byte[32], new byte[32]));
}

public sealed class ConnectorsOnSqlite() : ConnectorsContract(new SqliteBackend());

public sealed class ConnectorsOnPostgres(PostgresServer server) : ConnectorsContract(new PostgresBackend(server));
