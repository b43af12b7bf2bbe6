using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Templates;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Templates;

public abstract class TemplateCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private const string Spam = "action.spam";

    private const string Malware = "action.malware";

    private ITemplateCommands Templates => Storage.Get<ITemplateCommands>();

    [Fact]
    public async Task A_template_is_applied_to_the_chosen_tenants_alone()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.Chosen, [place.Acme], new TemplateValue(Spam, "Quarantine", false));
        Assert.Equal(("tag", "tag"), (await ValueAsync(place.Acme, Spam), await ValueAsync(place.Globex, Spam)));

        Assert.Null((await Templates.ApplyAsync(place.Msp, id, null, Ct)).Code);
        Assert.Equal(("quarantine", "tag"), (await ValueAsync(place.Acme, Spam), await ValueAsync(place.Globex, Spam)));
        Assert.Equal("TEMPLATE_NOT_FOR_TENANT", (await Templates.ApplyAsync(place.Msp, id, [place.Globex], Ct)).Code);
    }

    [Fact]
    public async Task A_template_for_all_passes_over_exclusions_and_reaches_tenants_made_later()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.All, [place.Globex], new TemplateValue(Spam, "quarantine", false));
        var before = await Storage.AddTenantAsync("before", Ct, place.MspId);
        Assert.Null((await Templates.ApplyAsync(Reaching(place.Msp, before), id, null, Ct)).Code);
        var later = await Storage.AddTenantAsync("later", Ct, place.MspId);
        var stranger = await Storage.AddTenantAsync("stranger", Ct);

        Assert.Equal(
            ("quarantine", "tag", "quarantine", "quarantine", "tag"),
            (await ValueAsync(place.Acme, Spam), await ValueAsync(place.Globex, Spam), await ValueAsync(before, Spam), await ValueAsync(later, Spam), await ValueAsync(stranger, Spam)));
        await using var db = Storage.Open(Scope.System(later, "test"));
        Assert.Equal(1, await db.Events.CountAsync(e => e.Kind == EventKinds.TemplateApplied, Ct));
    }

    [Fact]
    public async Task A_template_that_was_never_applied_does_not_reach_a_new_tenant()
    {
        var place = await PlaceAsync();
        await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "quarantine", false));
        Assert.Equal("tag", await ValueAsync(await Storage.AddTenantAsync("later", Ct, place.MspId), Spam));
    }

    [Fact]
    public async Task Drift_says_what_differs_since_when_and_by_whom_and_applying_again_ends_it()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "quarantine", false), new TemplateValue(Malware, "reject", false), new TemplateValue("tag.text", "[SPAM]", false));
        Assert.All((await DriftAsync(place, id)).SelectMany(tenant => tenant.Differences), difference => Assert.Equal(TemplateDifferenceKind.NotApplied, difference.Kind));
        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        Assert.All(await DriftAsync(place, id), tenant => Assert.Empty(tenant.Differences));

        Storage.Time.Advance(TimeSpan.FromHours(1));
        var changed = Storage.Time.GetUtcNow();
        var acme = Scope.System(place.Acme, "acme");
        await Storage.Get<IPolicyCommands>().SetAsync(acme, PolicyTarget.Tenant(place.Acme), [new PolicyChange(Spam, "deliver"), new PolicyChange(Malware, null)], Ct);
        await Templates.UpdateAsync(place.Msp, id, new TemplateChange(Values: [new TemplateValue(Spam, "quarantine", false), new TemplateValue(Malware, "quarantine", false)]), Ct);

        var drift = await DriftAsync(place, id);
        Assert.Equal(["acme", "globex"], drift.Select(tenant => tenant.Slug));
        Assert.Equal(
            [(Spam, TemplateDifferenceKind.Changed, "deliver", "system:acme"), (Malware, TemplateDifferenceKind.Unset, null, "system:acme"), ("tag.text", TemplateDifferenceKind.NoLongerInTemplate, "[SPAM]", "client:msp")],
            drift[0].Differences.Select(difference => (difference.Setting, difference.Kind, difference.Value, difference.By!)));
        Assert.Equal(changed, drift[0].Differences[0].Since);
        Assert.Equal([(Malware, TemplateDifferenceKind.Outdated), ("tag.text", TemplateDifferenceKind.NoLongerInTemplate)], drift[1].Differences.Select(difference => (difference.Setting, difference.Kind)));

        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        Assert.All(await DriftAsync(place, id), tenant => Assert.Empty(tenant.Differences));
        Assert.Equal(("quarantine", "quarantine", ""), (await ValueAsync(place.Acme, Spam), await ValueAsync(place.Acme, Malware), await ValueAsync(place.Acme, "tag.text")));
    }

    [Fact]
    public async Task Undo_puts_back_what_nobody_changed_since_and_once_only()
    {
        var place = await PlaceAsync();
        var acme = Scope.System(place.Acme, "acme");
        var policies = Storage.Get<IPolicyCommands>();
        await policies.SetAsync(acme, PolicyTarget.Tenant(place.Acme), [new PolicyChange(Spam, "deliver")], Ct);
        var id = await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "quarantine", false), new TemplateValue(Malware, "reject", false));
        Assert.Equal("NOTHING_TO_UNDO", (await Templates.UndoAsync(place.Msp, id, Ct)).Code);
        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        await policies.SetAsync(acme, PolicyTarget.Tenant(place.Acme), [new PolicyChange(Malware, "deliver")], Ct);

        Assert.Null((await Templates.UndoAsync(place.Msp, id, Ct)).Code);
        Assert.Equal("NOTHING_TO_UNDO", (await Templates.UndoAsync(place.Msp, id, Ct)).Code);
        Assert.Equal(
            ("deliver", "deliver", "tag", "quarantine"),
            (await ValueAsync(place.Acme, Spam), await ValueAsync(place.Acme, Malware), await ValueAsync(place.Globex, Spam), await ValueAsync(place.Globex, Malware)));
    }

    [Fact]
    public async Task What_a_template_locks_the_tenant_cannot_change_until_it_is_deleted()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Malware, "reject", true));
        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        var acme = new Scope(new HashSet<Guid> { place.Acme }, Permissions.All, "client:acme");
        var policies = Storage.Get<IPolicyCommands>();
        PolicyChange[] wanted = [new PolicyChange(Malware, "deliver")];
        var mailbox = PolicyTarget.Mailbox((await Storage.Directory.FindAsync("info", "acme.test", Ct)).Mailbox!.Id);

        Assert.Equal("POLICY_LOCKED", (await policies.SetAsync(acme, PolicyTarget.Tenant(place.Acme), wanted, Ct)).Code);
        Assert.Equal("POLICY_LOCKED", (await policies.SetAsync(acme, PolicyTarget.Tenant(place.Acme), [new PolicyChange(Malware, null)], Ct)).Code);
        Assert.Equal("POLICY_LOCKED", (await policies.SetAsync(acme, mailbox, wanted, Ct)).Code);
        Assert.Null((await Templates.DeleteAsync(place.Msp, id, Ct)).Code);
        Assert.Null((await policies.SetAsync(acme, PolicyTarget.Tenant(place.Acme), wanted, Ct)).Code);
    }

    [Theory]
    [InlineData("", Spam, "tag", "INVALID_NAME")]
    [InlineData("x", "action.colour", "tag", "INVALID_POLICY")]
    [InlineData("x", Spam, "explode", "INVALID_POLICY")]
    [InlineData("STRICT", Spam, "tag", "TEMPLATE_EXISTS")]
    public async Task A_broken_or_doubled_template_is_refused(string name, string setting, string value, string code)
    {
        var place = await PlaceAsync();
        await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "tag", false));
        Assert.Equal(code, (await Templates.CreateAsync(place.Msp, new NewTemplate(name, "", [new TemplateValue(setting, value, false)], TemplateCoverage.All, []), Ct)).Code);
    }

    [Fact]
    public async Task Templates_are_the_msps_own_and_name_its_own_tenants_only()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "reject", false));
        var otherMsp = (await Storage.Commands.CreateMspAsync("other", "Other", Ct)).Value;
        var theirs = await Storage.AddTenantAsync("theirs", Ct, otherMsp);
        var other = new Scope(new HashSet<Guid> { theirs }, Permissions.All, "client:other", otherMsp);
        var acme = new Scope(new HashSet<Guid> { place.Acme }, Permissions.All, "client:acme");

        string?[] foreign =
        [
            (await Templates.UpdateAsync(other, id, new TemplateChange("x"), Ct)).Code,
            (await Templates.ApplyAsync(other, id, null, Ct)).Code,
            (await Templates.UndoAsync(other, id, Ct)).Code,
            (await Templates.DeleteAsync(other, id, Ct)).Code,
            (await Templates.CreateAsync(other, new NewTemplate("x", "", [new TemplateValue(Spam, "tag", false)], TemplateCoverage.Chosen, [place.Acme]), Ct)).Code,
        ];
        Assert.All(foreign, code => Assert.Equal("NOT_FOUND", code));
        Assert.Equal("FORBIDDEN", (await Templates.ApplyAsync(acme, id, null, Ct)).Code);
        await using var ofOther = Storage.Open(other);
        await using var ofTenant = Storage.Open(acme);
        Assert.Equal((0, 0), (await ofOther.PolicyTemplates.CountAsync(Ct), await ofTenant.PolicyTemplates.CountAsync(Ct)));
        Assert.Equal("tag", await ValueAsync(theirs, Spam));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Templates.ApplyAsync(place.Msp with { Permissions = Permissions.ReadOnly }, id, null, Ct));
    }

    [Fact]
    public async Task An_application_is_told_to_every_tenant_that_it_changes_and_in_the_msps_own_chain()
    {
        var place = await PlaceAsync();
        var id = await MadeAsync(place, TemplateCoverage.All, [], new TemplateValue(Spam, "quarantine", false));
        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        await Templates.ApplyAsync(place.Msp, id, null, Ct);
        await Templates.UndoAsync(place.Msp, id, Ct);

        await using var tenant = Storage.Open(Scope.System(place.Acme, "test"));
        Assert.Equal(
            [EventKinds.TemplateApplied, EventKinds.PolicyChanged, EventKinds.PolicyChanged],
            await tenant.Events.Where(e => e.Kind == EventKinds.TemplateApplied || e.Kind == EventKinds.PolicyChanged).OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync(Ct));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(Scope.System(place.Acme, "test"), place.Acme, Ct));
        await using var msp = Storage.Open(place.Msp with { Tenants = new HashSet<Guid>() });
        Assert.Equal(
            ["template.create", "template.apply", "template.apply", "template.undo"],
            await msp.Audit.Where(row => row.Action.StartsWith("template.")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
    }

    private static Scope Reaching(Scope scope, Guid tenant) => scope with { Tenants = scope.Tenants.Append(tenant).ToHashSet() };

    private async Task<string> ValueAsync(Guid tenant, string setting)
    {
        var policies = await Storage.Get<IPolicyBook>().OfAsync((await Storage.Directory.FindTenantAsync(tenant, Ct))!, Ct);
        return policies.Tenant[PolicySettings.Find(setting)!].Value;
    }

    private async Task<IReadOnlyList<TenantDifferences>> DriftAsync(Place place, Guid template)
    {
        await using var db = Storage.Open(place.Msp);
        return await Storage.Get<ITemplateReading>().DifferencesAsync(place.Msp, await db.PolicyTemplates.AsNoTracking().SingleAsync(row => row.Id == template, Ct), null, 10, Ct);
    }

    private async Task<Guid> MadeAsync(Place place, TemplateCoverage coverage, IReadOnlyList<Guid> tenants, params TemplateValue[] values)
    {
        var made = await Templates.CreateAsync(place.Msp, new NewTemplate("Strict", "For all", values, coverage, tenants), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    private async Task<Place> PlaceAsync()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "Msp", Ct)).Value;
        var (acme, globex) = (await Storage.AddTenantAsync("acme", Ct, msp), await Storage.AddTenantAsync("globex", Ct, msp));
        return new Place(msp, acme, globex, new Scope(new HashSet<Guid> { acme, globex }, Permissions.All, "client:msp", msp));
    }

    private sealed record Place(Guid MspId, Guid Acme, Guid Globex, Scope Msp);
}

public sealed class TemplateCommandsOnSqlite() : TemplateCommandsContract(new SqliteBackend());

public sealed class TemplateCommandsOnPostgres(PostgresServer server) : TemplateCommandsContract(new PostgresBackend(server));
