using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;

namespace Platform.Api.Tests.GraphQL;

/// <summary>What was found of recipients, raised risks and copies, as administrators see them (OUT6, OUT10, OUT13).</summary>
public sealed class MisdirectionTests : IAsyncLifetime
{
    private static readonly SendFinding s_slip = new(
        SendFindingKind.LookAlikeDomain, "bob@globexx.example", new Dictionary<string, string> { ["recipient"] = "bob@globexx.example", ["domain"] = "globexx.example", ["known"] = "globex.example" });

    private static readonly SendFinding s_attacker = new(
        SendFindingKind.KnownAttacker, "evil@attack.example", new Dictionary<string, string> { ["recipient"] = "evil@attack.example", ["from"] = "attack.example", ["verdict"] = "phishing", ["date"] = "2026-11-24" });

    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SeededTenant Acme => _platform.Seed.Acme;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("JA", "正しくは globex.example ではありませんか")]
    [InlineData("EN", "Did you mean globex.example?")]
    public async Task A_question_reads_in_the_language_asked_for(string language, string text)
    {
        await ChangeAsync(DeliveryState.AwaitingConfirmation, SendJson.Write(SendPlan.Of(new SendStage.Confirm([SendReason.Of(s_slip)], 24))), null);

        var reason = (await DeliveryAsync($"stages {{ kind reasons {{ rule text(language: {language}) finding {{ kind recipient evidence {{ name value }} }} }} }}")).GetProperty("stages")[0].GetProperty("reasons")[0];

        Assert.Contains(text, reason.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("", "LOOK_ALIKE_DOMAIN", "bob@globexx.example"), (reason.GetProperty("rule").GetString(), reason.GetProperty("finding").GetProperty("kind").GetString(), reason.GetProperty("finding").GetProperty("recipient").GetString()));
        Assert.Equal("globex.example", reason.GetProperty("finding").GetProperty("evidence")[1].GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("JA", "この宛先への送信には管理者の許可が必要なため", "attack.example から攻撃メール(フィッシング)が届いています")]
    [InlineData("EN", "Nothing goes to this recipient before an administrator says so", "an attack (Phishing) came from attack.example")]
    public async Task A_held_answer_says_why(string language, string decision, string finding)
    {
        var why = new DecisionRecord(VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Quarantine, RuleRevisions.None) { Basis = DecisionBasis.Recipient, Findings = [s_attacker] };
        await ChangeAsync(DeliveryState.Quarantined, null, RuleJson.Write(why));

        var summary = (await DeliveryAsync($"decision {{ summary(language: {language}) findings {{ kind }} }}")).GetProperty("decision").GetProperty("summary").GetString();

        Assert.Contains(decision, summary, StringComparison.Ordinal);
        Assert.Contains(finding, summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_attacker_is_shown_and_forgotten_by_its_tenant_alone()
    {
        await using (var db = Open())
        {
            db.Add(new AttackerRow { TenantId = Acme.Id, Name = "evil@attack.example", Verdict = VerdictKind.Phishing, LastAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Stop);
        }

        var seen = (await AttackersAsync())[0];
        var foreign = (await ForgetAsync("globex-api")).GetProperty("errors")[0].GetProperty("code").GetString();
        var forgotten = (await ForgetAsync("acme-api")).GetProperty("name").GetString();

        Assert.Equal(("evil@attack.example", "PHISHING"), (seen.GetProperty("name").GetString(), seen.GetProperty("verdict").GetString()));
        Assert.Equal(("NOT_FOUND", "Evil@attack.example"), (foreign, forgotten));
        Assert.Equal(0, (await AttackersAsync()).GetArrayLength());
        await using var after = Open();
        Assert.Equal(1, await after.Audit.CountAsync(row => row.Action == "attacker.forget", Stop));
    }

    [Fact]
    public async Task A_raised_risk_is_shown_on_the_mail()
    {
        const string Query = "query($id: ID!) { node(id: $id) { ... on Message { raisedRisk { reason at text(language: JA) } } } }";
        var before = (await _platform.DataAsync("acme-api", Query, new { id = Acme.GlobalMessage(0) })).GetProperty("node").GetProperty("raisedRisk");
        await using (var db = Open())
        {
            await db.Messages.Where(row => row.Id == Acme.Messages[0]).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Risk, "sender-stolen").SetProperty(row => row.RiskAt, DateTimeOffset.UtcNow), Stop);
        }

        var risk = (await _platform.DataAsync("acme-api", Query, new { id = Acme.GlobalMessage(0) })).GetProperty("node").GetProperty("raisedRisk");

        Assert.Equal(JsonValueKind.Null, before.ValueKind);
        Assert.Equal("sender-stolen", risk.GetProperty("reason").GetString());
        Assert.Contains("乗っ取り", risk.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_copies_to_a_mailbox_of_the_tenant_alone()
    {
        var own = $"info.{Acme.Canary}@acme.test";
        var made = (await CreateAsync(own)).GetProperty("rule").GetProperty("actions")[0];
        var refused = (await CreateAsync($"info.{_platform.Seed.Globex.Canary}@globex.test")).GetProperty("errors")[0];

        Assert.Equal(("BCC", own), (made.GetProperty("kind").GetString(), made.GetProperty("address").GetString()));
        Assert.Equal("UNKNOWN_MAILBOX", refused.GetProperty("code").GetString());
    }

    private async Task<JsonElement> AttackersAsync() => (await _platform.DataAsync("acme-api", "{ knownAttackers { name verdict lastAt } }")).GetProperty("knownAttackers");

    private async Task<JsonElement> ForgetAsync(string client) =>
        (await _platform.DataAsync(client, "mutation { forgetAttacker(input: { name: \"Evil@attack.example\" }) { name errors { code } } }")).GetProperty("forgetAttacker");

    private async Task<JsonElement> CreateAsync(string address) => (await _platform.DataAsync(
        "acme-api",
        "mutation($address: String!) { createSendRule(input: { name: \"Archive\", condition: \"recipient.outside\", actions: [{ kind: BCC, address: $address }] }) { rule { actions { kind address } } errors { code message } } }",
        new { address })).GetProperty("createSendRule");

    private async Task ChangeAsync(DeliveryState state, string? plan, string? decision)
    {
        await using var db = Open();
        var (message, mailbox) = (Acme.Messages[0], Acme.Mailbox);
        await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.SenderMailboxId, mailbox), Stop);
        await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.SenderMailboxId, mailbox).SetProperty(row => row.PlanJson, plan).SetProperty(row => row.DecisionJson, decision), Stop);
    }

    private async Task<JsonElement> DeliveryAsync(string fields) =>
        (await _platform.DataAsync("acme-api", $"query($id: ID!) {{ node(id: $id) {{ ... on Message {{ deliveries {{ {fields} }} }} }} }}", new { id = Acme.GlobalMessage(0) })).GetProperty("node").GetProperty("deliveries")[0];

    private PlatformDb Open() => _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(Acme.Id, "test"));
}
