using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Edge;

/// <summary>Every mutation there is, by people who may not do it. Whatever a mutation does it tells in the feed or on the audit log: where both stand still, nothing was done.</summary>
public sealed class MutationAccessTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Without_its_permission_no_mutation_is_let_through_and_with_it_every_one_is()
    {
        var admin = await _platform.SignInAsync(_platform.Seed.Acme, "admin@x.test", BuiltInRoles.Administrator);
        var before = await ToldAsync();
        foreach (var (field, permission) in Mutations().Where(mutation => mutation.Permission is not null))
        {
            await _platform.SignInAsync(admin, Permissions.All.Where(held => held != permission));
            Assert.True(await CodeAsync(admin.Address, Document(field, "x")) == "FORBIDDEN", $"{field.Name} is let through without {permission}");
        }

        Assert.Equal(before, await ToldAsync());
        await _platform.SignInAsync(admin);
        foreach (var (field, permission) in Mutations().Where(mutation => mutation.Permission is null || Permissions.All.Contains(mutation.Permission)))
            Assert.True(await CodeAsync(admin.Address, Document(field, "x")) is null, $"{field.Name} is not let through with {permission}");
    }

    [Fact]
    public async Task An_employee_does_nothing_to_what_is_not_its_own()
    {
        var seed = _platform.Seed.Acme;
        var role = await _platform.Provider.GetRequiredService<IRoleCommands>().CreateAsync(
            Scope.System(seed.Id, "test"), AccountOwner.Tenant(seed.Id), new NewRole("Own", "", [.. Permissions.OfMailbox], OwnMailboxOnly: true), CancellationToken.None);
        // Every delivery of the seed lies in the mailbox of info.
        var employee = await _platform.SignInAsync(seed, $"sales.{seed.Canary}@acme.test", new Role(role.Value, "Own", AccountOwnerKind.Tenant, Permissions.OfMailbox, OwnMailboxOnly: true));
        string[] ids = [seed.GlobalDelivery(0), seed.GlobalDelivery(3), seed.GlobalMessage(0), seed.GlobalTenant, seed.GlobalRule, .. await IdsAsync()];
        var before = await ToldAsync();

        foreach (var (field, _) in Mutations().Where(mutation => mutation.Field.Name is not ("updateMyAccount" or "createAppPassword" or "addApprovalDeputy")))
            foreach (var id in ids)
                await _platform.ResultAsync(employee.Address, Document(field, id));

        Assert.Equal(before, await ToldAsync());
    }

    /// <summary>Accounts, roles, support grants and mailboxes of others of the tenant, as its administrator knows them.</summary>
    private async Task<IEnumerable<string>> IdsAsync()
    {
        var data = await _platform.DataAsync("acme-api", "{ accounts { nodes { id } } roles { key } supportGrants { nodes { id } } mailboxes { nodes { id address } } }");
        return
        [
            .. data.GetProperty("accounts").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!),
            .. data.GetProperty("roles").EnumerateArray().Select(node => node.GetProperty("key").GetString()!).TakeLast(2),
            .. data.GetProperty("supportGrants").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!),
            .. data.GetProperty("mailboxes").GetProperty("nodes").EnumerateArray()
                .Where(node => !node.GetProperty("address").GetString()!.StartsWith("sales.", StringComparison.Ordinal)).Select(node => node.GetProperty("id").GetString()!),
        ];
    }

    private IEnumerable<(FieldType Field, string? Permission)> Mutations()
    {
        var schema = _platform.Provider.GetRequiredService<PlatformSchema>();
        schema.Initialize();
        return [.. schema.Mutation!.Fields.Select(field => (field, AccessMetadata.Of(schema.Mutation, field)!.Permission))];
    }

    private static string Document(FieldType field, string id)
    {
        var argument = field.Arguments!.Single();
        return $"mutation {{ {field.Name}({argument.Name}: {Value(argument.ResolvedType!, id)}) {{ errors {{ code }} }} }}";
    }

    /// <summary>What is required, with the id in every place that takes one.</summary>
    private static string Value(IGraphType type, string id) => type switch
    {
        NonNullGraphType inner => Value(inner.ResolvedType!, id),
        ListGraphType inner => $"[{Value(inner.ResolvedType!, id)}]",
        EnumerationGraphType choice => choice.Values.First().Name,
        IInputObjectGraphType input => "{ " + string.Join(", ", input.Fields.Where(field => field.ResolvedType is NonNullGraphType).Select(field => $"{field.Name}: {Value(field.ResolvedType!, id)}")) + " }",
        { Name: "ID" } => $"\"{id}\"",
        { Name: "Int" or "Long" or "Float" } => "1",
        { Name: "Boolean" } => "true",
        { Name: "Date" } => "\"2026-11-24\"",
        { Name: "DateTime" } => "\"2026-11-24T00:00:00Z\"",
        _ => "\"probe\"",
    };

    /// <summary>Null when the document was let through, whatever its mutation answered.</summary>
    private async Task<string?> CodeAsync(string caller, string document)
    {
        var result = await _platform.ResultAsync(caller, document);
        return result.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
    }

    private async Task<(int Events, int Audit)> ToldAsync()
    {
        await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
        return (await db.Events.CountAsync(), await db.Audit.CountAsync());
    }
}
