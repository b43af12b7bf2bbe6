using Platform.Api.Hosting;
using Platform.Api.Identity;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.Demo;

/// <summary>Makes the demo MSP, tenants, mailboxes and API clients. Repeating it changes nothing.</summary>
internal sealed partial class DemoSeed(
    PlatformSettings settings,
    IDirectoryCommands commands,
    IListCommands lists,
    IRecipientDirectory directory,
    IClientRegistry clients,
    IAccountCommands accounts,
    IAccountDirectory people,
    IApprovalChains chains,
    ILogger<DemoSeed> logger)
{
    private const string Actor = "system:demo";

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var known = (await directory.AllTenantsAsync(cancellationToken)).ToDictionary(t => t.Slug, StringComparer.Ordinal);
        var missing = DemoDirectory.Tenants.Where(t => !known.ContainsKey(t.Slug)).ToList();
        if (missing.Count > 0)
        {
            LogSeeding(missing.Count);
            var msp = known.Values.Select(t => t.MspId).FirstOrDefault(id => id is not null)
                ?? Value(await commands.CreateMspAsync(DemoDirectory.MspSlug, "Demo MSP", cancellationToken));
            foreach (var tenant in missing)
                await CreateAsync(tenant, msp, cancellationToken);
            known = (await directory.AllTenantsAsync(cancellationToken)).ToDictionary(t => t.Slug, StringComparer.Ordinal);
        }

        foreach (var tenant in DemoDirectory.Tenants.Select(t => known[t.Slug]))
        {
            await EnsureClientAsync(tenant.Slug + "-siem", $"{tenant.Name} SIEM", [tenant.Id], null, Permissions.ReadOnly, cancellationToken);
            await EnsureClientAsync(tenant.Slug + "-api", $"{tenant.Name} API", [tenant.Id], null, Permissions.All, cancellationToken);
        }

        var ofAll = known[DemoDirectory.Tenants[0].Slug].MspId;
        await EnsureClientAsync(DemoDirectory.MspSlug + "-api", "Demo MSP API", [], ofAll, Permissions.All, cancellationToken);
        foreach (var account in DemoDirectory.Accounts)
            await EnsureAccountAsync(account, account.Tenant is { } slug ? AccountOwner.Tenant(known[slug].Id) : AccountOwner.Msp(ofAll!.Value), cancellationToken);
        if (await people.FindByAddressAsync(DemoDirectory.Approver, cancellationToken) is { TenantId: { } acme } approver)
            await EnsureChainAsync(acme, approver.Id, cancellationToken);
    }

    private async Task EnsureAccountAsync(DemoAccount account, AccountOwner owner, CancellationToken cancellationToken)
    {
        if (await people.FindByAddressAsync(account.Address, cancellationToken) is not null)
            return;
        var scope = Scope.System(owner.Id, "demo") with { MspId = owner.Kind == AccountOwnerKind.Msp ? owner.Id : null };
        Value(await accounts.CreateAsync(scope, owner, new NewAccount(account.Address, account.Name, [account.Role.Id], account.Language), cancellationToken));
    }

    private async Task EnsureChainAsync(Guid tenant, Guid approver, CancellationToken cancellationToken)
    {
        var chain = new NewApprovalChain(DemoDirectory.Chain, [new ApprovalStep([approver], null, All: false)], Hours: 48, ApprovalExpiry.Decline, RemindHours: 4);
        var made = await chains.CreateAsync(Scope.System(tenant, "demo"), tenant, chain, cancellationToken);
        if (made is { Succeeded: false, Code: not "NAME_TAKEN" })
            Value(made);
    }

    private async Task CreateAsync(DemoTenant tenant, Guid msp, CancellationToken cancellationToken)
    {
        var delivered = Path.Combine(settings.DataDirectory, "delivered");
        var id = Value(await commands.CreateTenantAsync(
            new NewTenant(tenant.Slug, tenant.Name, tenant.Language, msp, "maildir:" + delivered, [], $"journal@{tenant.Domain}"), Actor, cancellationToken));
        var scope = Scope.System(id, "demo");
        Value(await commands.AddDomainAsync(scope, id, tenant.Domain, cancellationToken));
        foreach (var (local, name) in DemoDirectory.Mailboxes)
            Value(await commands.AddMailboxAsync(scope, id, $"{local}@{tenant.Domain}", name, cancellationToken));
        foreach (var entry in DemoDirectory.Lists)
            Value(await lists.AddAsync(scope, ListOwner.Tenant(id), entry, cancellationToken));
    }

    private Task EnsureClientAsync(string id, string name, IReadOnlyList<Guid> tenants, Guid? msp, IReadOnlySet<string> permissions, CancellationToken cancellationToken) =>
        clients.EnsureAsync(id, id + "-secret", name, tenants, msp, permissions, cancellationToken);

    private static Guid Value(CommandResult<Guid> result) =>
        result.Succeeded ? result.Value : throw new InvalidOperationException($"The demo directory could not be made: {result.Code}, {result.Message}");

    [LoggerMessage(Level = LogLevel.Information, Message = "Making {Count} demo tenants.")]
    private partial void LogSeeding(int count);
}
