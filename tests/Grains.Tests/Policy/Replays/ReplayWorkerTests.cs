using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Replays;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Grains.Tests.Policy.Replays;

public sealed class ReplayWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_rule_shows_what_it_would_catch_before_it_is_there()
    {
        await using var host = await FlowHost.StartAsync();
        var offer = await MailAsync(host, VerdictKind.Spam, "Special offer");
        await MailAsync(host, VerdictKind.Spam, "Minutes of the meeting");

        var (row, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "subject contains \"offer\"", Action: PolicyAction.Quarantine));

        Assert.Equal((ReplayStates.Done, 2, 2), (row.State, row.Total, row.Examined));
        Assert.Equal([offer], tally.Caught.First);
        Assert.Equal((1, 1, 0, 0, 0), (tally.Matched.Total, tally.Caught.Total, tally.Wrong.Total, tally.LetGo.Total, tally.Changed.Total));
    }

    [Fact]
    public async Task Clean_delivered_mail_that_it_would_stop_is_wrongly_hit()
    {
        await using var host = await FlowHost.StartAsync();
        var clean = await MailAsync(host, VerdictKind.Clean, "Special offer");
        await MailAsync(host, VerdictKind.Bulk, "Special offer");

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "subject contains \"offer\"", Action: PolicyAction.Quarantine));

        Assert.Equal([clean], tally.Wrong.First);
        Assert.Equal((2, 1, 0), (tally.Caught.Total, tally.Wrong.Total, tally.WrongReleased));
    }

    [Fact]
    public async Task Mail_that_a_person_released_is_wrongly_hit_whatever_its_verdict()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Quarantine);
        var released = await MailAsync(host, VerdictKind.Spam, "Special offer");
        await host.Flow.ReleaseAsync(host.Scope, (await host.RowsAsync(db => db.Deliveries.Where(d => d.MessageId == released)))[0].Id, Stop);
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Tag);

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "subject contains \"offer\"", Action: PolicyAction.Quarantine));

        Assert.Equal([released], tally.Wrong.First);
        Assert.Equal(1, tally.WrongReleased);
    }

    [Fact]
    public async Task A_rule_that_eases_shows_what_it_would_let_go_and_what_it_must_not()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Spam, PolicyAction.Quarantine);
        var spam = await MailAsync(host, VerdictKind.Spam, "Offer");
        var suspicious = await MailAsync(host, VerdictKind.Suspicious, "Offer");
        await MailAsync(host, VerdictKind.Malware, "Offer");

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "subject == \"offer\"", Action: PolicyAction.Deliver));

        Assert.Equal([suspicious, spam], tally.LetGo.First);
        Assert.Equal((3, 2, 1, 1), (tally.Matched.Total, tally.LetGo.Total, tally.LetGoAttacks, tally.Withheld));
    }

    [Fact]
    public async Task A_rule_that_is_there_is_tried_changed_off_and_in_its_place()
    {
        await using var host = await FlowHost.StartAsync();
        var first = await host.AddRuleAsync("subject contains \"offer\"", PolicyAction.Quarantine);
        await host.AddRuleAsync("subject contains \"special\"", PolicyAction.Tag);
        await MailAsync(host, VerdictKind.Clean, "Special offer");

        var (_, same) = await ReplayAsync(host, new ReplayRequest(first));
        var (_, off) = await ReplayAsync(host, new ReplayRequest(first, Enabled: false));
        var (_, eased) = await ReplayAsync(host, new ReplayRequest(first, Action: PolicyAction.Deliver));

        Assert.Equal((0, 0, 0), (same.Caught.Total, same.LetGo.Total, same.Changed.Total));
        Assert.Equal((1, 1), (off.LetGo.Total, eased.LetGo.Total));
    }

    [Fact]
    public async Task A_policy_is_tried_like_a_rule()
    {
        await using var host = await FlowHost.StartAsync();
        var spam = await MailAsync(host, VerdictKind.Spam, "Offer");
        await MailAsync(host, VerdictKind.Clean, "Offer");

        var (_, tally) = await ReplayAsync(host, new ReplayRequest { Policy = new Dictionary<VerdictKind, PolicyAction> { [VerdictKind.Spam] = PolicyAction.Quarantine } });

        Assert.Equal([spam], tally.Caught.First);
        Assert.Equal((1, 1), (tally.Matched.Total, tally.Caught.Total));
    }

    [Fact]
    public async Task Another_action_that_stops_no_more_is_a_change()
    {
        await using var host = await FlowHost.StartAsync();
        var mail = await MailAsync(host, VerdictKind.Clean, "Offer");

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Tag));

        Assert.Equal([mail], tally.Changed.First);
        Assert.Equal(0, tally.Caught.Total);
    }

    [Fact]
    public async Task Ids_are_the_newest_hundred_and_the_total_is_whole()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Replays = s.Replays with { Page = 7 } });
        List<Guid> mails = [];
        for (var i = 0; i < 105; i++)
        {
            mails.Add(await MailAsync(host, VerdictKind.Spam, "Offer"));
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Quarantine));

        Assert.Equal(105, tally.Caught.Total);
        Assert.Equal(Enumerable.Reverse(mails).Take(100), tally.Caught.First);
    }

    [Fact]
    public async Task The_number_of_mails_is_bounded_to_the_newest()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Replays = s.Replays with { Page = 2, MaxMails = 3 } });
        for (var i = 0; i < 5; i++)
            await MailAsync(host, VerdictKind.Spam, "Offer");

        var (row, _) = await ReplayAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Quarantine));

        Assert.Equal((3, 3, ReplayStates.Done), (row.Total, row.Examined, row.State));
    }

    [Fact]
    public async Task Only_the_mail_of_the_period_is_examined()
    {
        await using var host = await FlowHost.StartAsync();
        await MailAsync(host, VerdictKind.Spam, "Offer");
        host.Time.Advance(TimeSpan.FromDays(2));
        var recent = await MailAsync(host, VerdictKind.Spam, "Offer");
        host.Time.Advance(TimeSpan.FromDays(1));

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Quarantine) { Since = host.Time.GetUtcNow().AddDays(-2) });

        Assert.Equal([recent], tally.Caught.First);
    }

    [Fact]
    public async Task A_replay_goes_on_where_a_killed_process_left_it()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Replays = s.Replays with { Page = 2 } });
        for (var i = 0; i < 5; i++)
        {
            await MailAsync(host, VerdictKind.Spam, "Offer");
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var id = await StartAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Quarantine));
        var jobs = host.Get<ReplayJobs>();
        var killed = (await jobs.ClaimAsync(Stop))!;
        var page = await host.Get<IStoredVerdicts>().ReadAsync(host.Scope, host.Tenant, killed.Period, null, 2, withText: false, Stop);
        var comparison = new ReplayComparison(killed.Plan);
        await jobs.SaveAsync(killed with { Total = 5, Examined = 2, Place = page[^1].Place, Tally = page.Aggregate(killed.Tally, comparison.Count) }, Stop);
        var before = await host.Get<ReplayWorker>().RunOnceAsync(Stop);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        var after = await host.Get<ReplayWorker>().RunOnceAsync(Stop);

        var row = await RowAsync(host, id);
        Assert.Equal((false, true), (before, after));
        Assert.Equal((5, 5, 5, ReplayStates.Done), (row.Total, row.Examined, RuleJson.ReadTally(row.Tally).Caught.Total, row.State));
        Assert.False(await jobs.SaveAsync(killed, Stop));
    }

    [Fact]
    public async Task No_mail_is_opened_or_moved()
    {
        await using var host = await FlowHost.StartAsync();
        await MailAsync(host, VerdictKind.Clean, "Offer");
        var before = await host.RowsAsync(db => db.Deliveries);
        foreach (var row in await host.RowsAsync(db => db.Messages))
            await host.Get<IBodyStore>().DeleteAsync(new BodyReference(row.BodyName, row.BodyKey!), Stop);

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "text contains \"visible\"", Action: PolicyAction.Quarantine));

        Assert.Equal(1, tally.Caught.Total);
        Assert.Equivalent(before, await host.RowsAsync(db => db.Deliveries), strict: true);
    }

    [Fact]
    public async Task Mail_whose_text_is_gone_is_counted_as_such()
    {
        await using var host = await FlowHost.StartAsync();
        var purged = await MailAsync(host, VerdictKind.Clean, "Offer");
        await using (var database = host.Get<IPlatformDbFactory>().Open(host.Scope))
        {
            (await database.Messages.FindAsync([purged], Stop))!.BodyKey = null;
            await database.SaveChangesAsync(Stop);
        }

        var (_, tally) = await ReplayAsync(host, new ReplayRequest(Condition: "text contains \"visible\"", Action: PolicyAction.Quarantine));

        Assert.Equal((0, 1), (tally.Matched.Total, tally.WithoutText));
    }

    [Fact]
    public async Task A_rule_made_while_it_runs_changes_nothing_of_it()
    {
        await using var host = await FlowHost.StartAsync();
        await MailAsync(host, VerdictKind.Spam, "Offer");
        var id = await StartAsync(host, new ReplayRequest(Condition: "size > 0", Action: PolicyAction.Quarantine));
        await host.AddRuleAsync("size > 0", PolicyAction.Quarantine);

        await host.Get<ReplayWorker>().RunOnceAsync(Stop);

        Assert.Equal(1, RuleJson.ReadTally((await RowAsync(host, id)).Tally).Caught.Total);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused()
    {
        await using var host = await FlowHost.StartAsync();
        var now = host.Time.GetUtcNow();
        var good = new ReplayRequest(Condition: "attack", Action: PolicyAction.Tag);
        (ReplayRequest Request, string Code)[] cases =
        [
            (new ReplayRequest(), "BAD_USER_INPUT"),
            (new ReplayRequest(Condition: "attack"), "BAD_USER_INPUT"),
            (new ReplayRequest(Condition: "attac", Action: PolicyAction.Tag), "CONDITION_UNKNOWN_FACT"),
            (new ReplayRequest(Guid.NewGuid()), "NOT_FOUND"),
            (good with { Since = now, Until = now }, "INVALID_PERIOD"),
            (good with { Since = now.AddDays(-100) }, "INVALID_PERIOD"),
        ];

        foreach (var (request, code) in cases)
            Assert.Equal(code, (await host.Get<IRuleReplays>().StartAsync(host.Scope, host.Tenant, request, Stop)).Code);
        Assert.Empty(await host.RowsAsync(db => db.RuleReplays));
    }

    [Fact]
    public async Task Replays_of_a_tenant_are_bounded_in_number()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Replays = s.Replays with { MaxOpen = 2, MaxKept = 3 } });
        var request = new ReplayRequest(Condition: "attack", Action: PolicyAction.Tag);
        await StartAsync(host, request);
        await StartAsync(host, request);
        Assert.Equal("TOO_MANY_REPLAYS", (await host.Get<IRuleReplays>().StartAsync(host.Scope, host.Tenant, request, Stop)).Code);
        while (await host.Get<ReplayWorker>().RunOnceAsync(Stop))
        {
        }

        for (var i = 0; i < 5; i++)
            await ReplayAsync(host, request);

        Assert.Equal(4, (await host.RowsAsync(db => db.RuleReplays)).Count);
    }

    [Theory]
    [InlineData(Permissions.PolicyWrite)]
    [InlineData(Permissions.MessagesRead)]
    public async Task A_caller_needs_both_permissions(string missing)
    {
        await using var host = await FlowHost.StartAsync();
        var scope = host.Scope with { Permissions = Permissions.All.Where(name => name != missing).ToHashSet() };

        await Assert.ThrowsAsync<PermissionDeniedException>(() => host.Get<IRuleReplays>().StartAsync(scope, host.Tenant, new ReplayRequest(Condition: "attack", Action: PolicyAction.Tag), Stop));
    }

    [Fact]
    public async Task A_start_is_on_the_audit_log()
    {
        await using var host = await FlowHost.StartAsync();
        var id = await StartAsync(host, new ReplayRequest(Condition: "attack", Action: PolicyAction.Tag));

        Assert.Equal(id.ToString(), (await host.RowsAsync(db => db.Audit.Where(a => a.Action == "rule.replay"))).Single().Target);
    }

    private static async Task<Guid> MailAsync(FlowHost host, VerdictKind kind, string subject)
    {
        host.Scanners.Scan = (_, _) =>
        {
            var verdict = FakeScanners.Verdict(kind);
            return Task.FromResult(ScannerResult.Ok(verdict with { Facts = verdict.Facts with { Subject = subject } }));
        };
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        return mail.Id;
    }

    private static async Task<(RuleReplayRow Row, ReplayTally Tally)> ReplayAsync(FlowHost host, ReplayRequest request)
    {
        var id = await StartAsync(host, request);
        Assert.True(await host.Get<ReplayWorker>().RunOnceAsync(Stop));
        var row = await RowAsync(host, id);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        return (row, RuleJson.ReadTally(row.Tally));
    }

    private static async Task<Guid> StartAsync(FlowHost host, ReplayRequest request)
    {
        var started = await host.Get<IRuleReplays>().StartAsync(host.Scope, host.Tenant, request, Stop);
        Assert.Null(started.Code);
        return started.Id!.Value;
    }

    private static async Task<RuleReplayRow> RowAsync(FlowHost host, Guid id) => (await host.RowsAsync(db => db.RuleReplays.Where(r => r.Id == id))).Single();
}
