using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Policies;

public abstract class PolicyCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private const string Spam = "action.spam";

    private IPolicyCommands Policies => Storage.Get<IPolicyCommands>();

    [Fact]
    public async Task A_value_further_in_replaces_one_further_out_and_unset_falls_through()
    {
        var place = await PlaceAsync();
        await SetAsync(place.OfMsp, PolicyTarget.Msp(place.Msp), Spam, "quarantine");
        await SetAsync(place.Acme, PolicyTarget.Tenant(place.Tenant), Spam, "reject");
        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "deliver");
        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), Spam, "tag");
        Assert.Equal(("tag", PolicyLevel.Mailbox, "info@acme.test"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        Assert.Equal(["tag", "quarantine", "reject", "deliver"], (await ViewAsync(place, PolicyTarget.Mailbox(place.Mailbox))).Effective[PolicySettings.Find(Spam)!].Overrides.Select(o => o.Value));

        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), Spam, null);
        Assert.Equal(("deliver", PolicyLevel.Group, "Sales"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, null);
        Assert.Equal(("reject", PolicyLevel.Tenant, "acme"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        await SetAsync(place.Acme, PolicyTarget.Tenant(place.Tenant), Spam, null);
        Assert.Equal(("quarantine", PolicyLevel.Msp, "Msp"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        await SetAsync(place.OfMsp, PolicyTarget.Msp(place.Msp), Spam, null);
        Assert.Equal(("tag", PolicyLevel.Platform, ""), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
    }

    [Fact]
    public async Task What_the_msp_locked_cannot_be_set_further_in_and_what_was_set_before_stops_counting()
    {
        var place = await PlaceAsync();
        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), Spam, "deliver");
        await SetAsync(place.OfMsp, PolicyTarget.Msp(place.Msp), Spam, "quarantine", locked: true);

        foreach (var target in new[] { PolicyTarget.Tenant(place.Tenant), PolicyTarget.Group(place.Group), PolicyTarget.Mailbox(place.Mailbox) })
        {
            var refused = await Policies.SetAsync(place.Acme, target, [new PolicyChange(Spam, "reject")], Ct);
            Assert.Equal(("POLICY_LOCKED", $"'{Spam}' is locked by the msp 'Msp'. Only there can it be changed or unlocked."), (refused.Code, refused.Message));
        }

        Assert.Equal(("quarantine", PolicyLevel.Msp, "Msp"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        var overridden = (await ViewAsync(place, PolicyTarget.Mailbox(place.Mailbox))).Effective[PolicySettings.Find(Spam)!].Overrides[^1];
        Assert.Equal(("deliver", true), (overridden.Value, overridden.ByLock));
        Assert.Null((await Policies.SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), [new PolicyChange(Spam, null)], Ct)).Code);
        Assert.Null((await Policies.SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), [new PolicyChange("action.bulk", "tag")], Ct)).Code);
    }

    [Fact]
    public async Task A_group_locks_for_its_mailboxes_and_the_order_of_groups_decides()
    {
        var place = await PlaceAsync();
        var second = (await Storage.Get<IGroupCommands>().CreateAsync(place.Acme, place.Tenant, new NewGroup("Second"), Ct)).Value;
        await Storage.Get<IGroupCommands>().ChangeMembersAsync(place.Acme, second, [new GroupMember(GroupMemberKind.Mailbox, place.Mailbox)], [], Ct);
        await SetAsync(place.Acme, PolicyTarget.Group(second), Spam, "reject", locked: true);
        Assert.Equal("POLICY_LOCKED", (await Policies.SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), [new PolicyChange(Spam, "tag")], Ct)).Code);

        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "deliver");
        Assert.Equal(("deliver", PolicyLevel.Group, "Sales"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
        await Storage.Get<IGroupCommands>().ReorderAsync(place.Acme, place.Tenant, [second, place.Group], Ct);
        Assert.Equal(("reject", PolicyLevel.Group, "Second"), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
    }

    [Theory]
    [InlineData("action.colour", "tag", false)]
    [InlineData(Spam, "explode", false)]
    [InlineData(Spam, null, true)]
    [InlineData("tag.text", "a\nb", false)]
    [InlineData("tag.text", "1234567890123456789012345678901234567890123456789012345678901", false)]
    [InlineData("tag.text", "a\ud83d", false)]
    public async Task What_is_no_value_is_refused(string setting, string? value, bool locked)
    {
        var place = await PlaceAsync();
        Assert.Equal("INVALID_POLICY", (await Policies.SetAsync(place.Acme, PolicyTarget.Tenant(place.Tenant), [new PolicyChange(setting, value, locked)], Ct)).Code);
    }

    [Fact]
    public async Task A_change_names_each_setting_once_and_a_mailbox_locks_nothing()
    {
        var place = await PlaceAsync();
        Assert.Equal("INVALID_POLICY", (await Policies.SetAsync(place.Acme, PolicyTarget.Tenant(place.Tenant), [], Ct)).Code);
        Assert.Equal("INVALID_POLICY", (await Policies.SetAsync(place.Acme, PolicyTarget.Tenant(place.Tenant), [new PolicyChange(Spam, "tag"), new PolicyChange(Spam, "reject")], Ct)).Code);
        Assert.Equal("INVALID_POLICY", (await Policies.SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), [new PolicyChange(Spam, "tag", Locked: true)], Ct)).Code);
    }

    [Fact]
    public async Task Another_tenants_places_do_not_exist_for_the_caller()
    {
        var place = await PlaceAsync();
        var other = await Storage.AddTenantAsync("globex", Ct, (await Storage.Commands.CreateMspAsync("other", "Other", Ct)).Value);
        var stranger = new Scope(new HashSet<Guid> { other }, Permissions.All, "client:globex", place.Other);
        PolicyTarget[] targets = [PolicyTarget.Tenant(place.Tenant), PolicyTarget.Group(place.Group), PolicyTarget.Mailbox(place.Mailbox)];
        foreach (var target in targets)
        {
            Assert.Equal("NOT_FOUND", (await Policies.SetAsync(stranger, target, [new PolicyChange(Spam, "reject")], Ct)).Code);
            Assert.Null(await Storage.Get<IPolicyReading>().FindAsync(stranger, target, Ct));
        }

        Assert.Equal("FORBIDDEN", (await Policies.SetAsync(stranger, PolicyTarget.Msp(place.Msp), [new PolicyChange(Spam, "reject")], Ct)).Code);
        Assert.Equal("FORBIDDEN", (await Policies.SetAsync(place.Acme, PolicyTarget.Msp(place.Msp), [new PolicyChange(Spam, "reject")], Ct)).Code);
        Assert.Null(await Storage.Get<IPolicyReading>().FindAsync(place.Acme, PolicyTarget.Msp(place.Msp), Ct));
        Assert.Equal(("tag", PolicyLevel.Platform, ""), await SpamAsync(place, PolicyTarget.Mailbox(place.Mailbox)));
    }

    [Fact]
    public async Task A_caller_without_permission_is_refused()
    {
        var place = await PlaceAsync();
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Policies.SetAsync(
            place.Acme with { Permissions = Permissions.ReadOnly }, PolicyTarget.Tenant(place.Tenant), [new PolicyChange(Spam, "tag")], Ct));
    }

    [Fact]
    public async Task Each_change_is_one_event_and_one_link_of_the_audit_chain_of_every_tenant_concerned()
    {
        var place = await PlaceAsync();
        var sister = await Storage.AddTenantAsync("globex", Ct, place.Msp);
        await SetAsync(place.OfMsp, PolicyTarget.Msp(place.Msp), Spam, "quarantine");
        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "reject");
        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "reject");

        Assert.Equal(["msp", "group"], (await ToldAsync(place.Acme)).Select(told => told.GetProperty("level").GetString()));
        var event1 = Assert.Single(await ToldAsync(Scope.System(sister, "test")));
        Assert.Equal(
            ("quarantine", Spam, "quarantine"),
            (event1.GetProperty("policy").GetProperty("spam").GetString(), event1.GetProperty("changes")[0].GetProperty("setting").GetString(), event1.GetProperty("changes")[0].GetProperty("value").GetString()));
        await using var db = Storage.Open(place.Acme);
        Assert.Equal(2, await db.Audit.CountAsync(row => row.Action == "policy.set", Ct));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(place.Acme, place.Tenant, Ct));
    }

    [Fact]
    public async Task The_directory_knows_when_a_scan_in_the_session_is_worth_the_wait()
    {
        var place = await PlaceAsync();
        Assert.False((await Storage.Directory.FindTenantAsync(place.Tenant, Ct))!.RejectsAnything);
        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), "action.malware", "reject");
        Assert.True((await Storage.Directory.FindTenantAsync(place.Tenant, Ct))!.RejectsAnything);
        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), "action.malware", null);
        Assert.False((await Storage.Directory.FindTenantAsync(place.Tenant, Ct))!.RejectsAnything);
        await SetAsync(place.OfMsp, PolicyTarget.Msp(place.Msp), "action.malware", "reject");
        var settings = (await Storage.Directory.FindTenantAsync(place.Tenant, Ct))!;
        Assert.Equal((true, PolicyAction.Reject), (settings.RejectsAnything, settings.Policy.For(VerdictKind.Malware)));
    }

    [Fact]
    public async Task Policies_are_read_once_and_anew_after_a_change_whichever_process_made_it()
    {
        var place = await PlaceAsync();
        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "reject");
        await using var other = await Storage.OpenAgainAsync(Ct);
        var first = await BookAsync(other, place);
        Assert.Same(first, await BookAsync(other, place));

        await SetAsync(place.Acme, PolicyTarget.Group(place.Group), Spam, "deliver");
        other.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(("reject", "deliver"), (ActionOf(first, place), ActionOf(await BookAsync(other, place), place)));
    }

    [Fact]
    public async Task A_removed_mailbox_takes_what_it_set_with_it()
    {
        var place = await PlaceAsync();
        await SetAsync(place.Acme, PolicyTarget.Mailbox(place.Mailbox), Spam, "reject");
        await Storage.Commands.RemoveMailboxAsync(place.Acme, place.Tenant, place.Mailbox, Ct);

        await using var db = Storage.Open(place.Acme);
        Assert.Equal((0, 0), (await db.PolicyValues.CountAsync(Ct), await db.GroupMembers.CountAsync(Ct)));
    }

    private static string ActionOf(TenantPolicies policies, Place place) => policies.OfMailbox(place.Mailbox).ActionFor(VerdictKind.Spam).Value;

    private static async Task<TenantPolicies> BookAsync(TestStorage storage, Place place) =>
        await storage.Get<IPolicyBook>().OfAsync((await storage.Directory.FindTenantAsync(place.Tenant, Ct))!, Ct);

    private async Task<List<JsonElement>> ToldAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        var data = await db.Events.Where(e => e.Kind == EventKinds.PolicyChanged).OrderBy(e => e.Sequence).Select(e => e.Data).ToListAsync(Ct);
        return [.. data.Select(json => JsonDocument.Parse(json).RootElement)];
    }

    private async Task SetAsync(Scope scope, PolicyTarget target, string setting, string? value, bool locked = false) =>
        Assert.Null((await Policies.SetAsync(scope, target, [new PolicyChange(setting, value, locked)], Ct)).Code);

    private async Task<PolicyView> ViewAsync(Place place, PolicyTarget target) => (await Storage.Get<IPolicyReading>().FindAsync(place.Acme, target, Ct))!;

    private async Task<(string, PolicyLevel, string)> SpamAsync(Place place, PolicyTarget target)
    {
        var value = (await ViewAsync(place, target)).Effective[PolicySettings.Find(Spam)!];
        return (value.Value, value.Origin.Level, value.Origin.Name);
    }

    /// <summary>An MSP's tenant, whose mailbox is in a group.</summary>
    private async Task<Place> PlaceAsync()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "Msp", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:acme");
        var mailbox = (await Storage.Directory.FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        var group = (await Storage.Get<IGroupCommands>().CreateAsync(scope, tenant, new NewGroup("Sales"), Ct)).Value;
        Assert.Null((await Storage.Get<IGroupCommands>().ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Mailbox, mailbox)], [], Ct)).Code);
        return new Place(msp, tenant, group, mailbox, scope, scope with { MspId = msp, Actor = "client:msp" });
    }

    private sealed record Place(Guid Msp, Guid Tenant, Guid Group, Guid Mailbox, Scope Acme, Scope OfMsp)
    {
        /// <summary>An MSP that nobody has.</summary>
        public Guid Other { get; } = Guid.NewGuid();
    }
}

public sealed class PolicyCommandsOnSqlite() : PolicyCommandsContract(new SqliteBackend());

public sealed class PolicyCommandsOnPostgres(PostgresServer server) : PolicyCommandsContract(new PostgresBackend(server));
