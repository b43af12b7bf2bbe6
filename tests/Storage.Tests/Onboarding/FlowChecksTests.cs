using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Onboarding;

public abstract class FlowChecksContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private IFlowChecks Checks => Storage.Get<IFlowChecks>();

    [Fact]
    public async Task One_check_of_a_tenant_runs_at_a_time_by_one_worker()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        var first = (await Checks.StartAsync(scope, tenant, null, Ct)).Value;

        Assert.Equal(first, (await Checks.StartAsync(scope, tenant, null, Ct)).Value);
        var job = await Checks.TakeAsync(Lease, Ct);
        Assert.Equal((first, "info@acme.test"), (job!.Id, job.Mailbox));
        Assert.Null(await Checks.TakeAsync(Lease, Ct));
        Storage.Time.Advance(Lease);
        var other = await Checks.TakeAsync(Lease, Ct);
        Assert.Equal(first, other?.Id);
        Assert.False(await Checks.SaveAsync(job, FlowStep.New, Lease, Ct));
        await Checks.EndAsync(other!, All(FlowStepState.Passed), Ct);
        Assert.NotEqual(first, (await Checks.StartAsync(scope, tenant, null, Ct)).Value);
    }

    [Fact]
    public async Task The_first_test_mail_that_comes_through_makes_the_tenant_ready_and_tells_its_msp()
    {
        var msp = (await Storage.Commands.CreateMspAsync("msp", "MSP", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:msp", msp);
        await RunAsync(scope, tenant, [.. All(FlowStepState.Passed).Select(step => step.Kind == FlowStepKind.Deliver ? step with { State = FlowStepState.Failed } : step)]);
        await RunAsync(scope, tenant, All(FlowStepState.Passed));
        await RunAsync(scope, tenant, All(FlowStepState.Passed));

        await using var db = Storage.Open(scope);
        Assert.Equal(
            [EventKinds.FlowChecked, EventKinds.FlowChecked, EventKinds.TenantReady, EventKinds.FlowChecked],
            await db.Events.Where(row => row.Kind == EventKinds.FlowChecked || row.Kind == EventKinds.TenantReady).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Ct));
        Assert.NotNull(await db.Events.Where(row => row.Kind == EventKinds.TenantReady).Select(row => row.MspSequence).SingleAsync(Ct));
        Assert.NotNull((await db.Tenants.SingleAsync(Ct)).ReadyAt);
        Assert.Equal([FlowCheckStates.Failed, FlowCheckStates.Passed, FlowCheckStates.Passed], await db.FlowChecks.OrderBy(row => row.CreatedAt).Select(row => row.State).ToListAsync(Ct));
    }

    [Fact]
    public async Task The_mailbox_is_the_tenants_own()
    {
        var (mine, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));

        Assert.Equal("MAILBOX_UNKNOWN", (await Checks.StartAsync(Scope.System(mine, "test"), mine, "info@globex.test", Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Checks.StartAsync(Scope.System(mine, "test"), other, null, Ct)).Code);
    }

    [Theory]
    [InlineData(-1, "INVALID_PLAN")]
    [InlineData(1_000_001, "INVALID_PLAN")]
    [InlineData(0, null)]
    public async Task A_plan_has_sane_limits(int mailboxes, string? code)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        Assert.Equal(code, (await Storage.Get<ITenantPlans>().SetAsync(Scope.System(tenant, "test"), tenant, new TenantPlan("x", mailboxes), Ct)).Code);
    }

    [Fact]
    public async Task A_tenant_does_not_set_its_own_plan()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var own = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:acme");

        Assert.Equal("FORBIDDEN", (await Storage.Get<ITenantPlans>().SetAsync(own, tenant, null, Ct)).Code);
    }

    private static FlowStep[] All(FlowStepState state) => [.. FlowStep.New.Select(step => step with { State = state, Code = "sent" })];

    private async Task RunAsync(Scope scope, Guid tenant, IReadOnlyList<FlowStep> steps)
    {
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await Checks.StartAsync(scope, tenant, null, Ct)).Code);
        await Checks.EndAsync((await Checks.TakeAsync(Lease, Ct))!, steps, Ct);
    }
}

public sealed class FlowChecksOnSqlite() : FlowChecksContract(new SqliteBackend());

public sealed class FlowChecksOnPostgres(PostgresServer server) : FlowChecksContract(new PostgresBackend(server));
