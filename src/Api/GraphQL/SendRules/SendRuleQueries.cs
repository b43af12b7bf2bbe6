using System.ComponentModel;
using System.Globalization;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Conditions;
using Platform.Grains.Policy.Replays;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SendRules;

internal sealed class SendRuleQueries(IPlatformDbFactory databases, IRecipientDirectory directory, ISendRuleTrials trials, CallerContext caller, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 92;

    /// <summary>Up to 2,000 verdicts are read.</summary>
    private const double TrialImpact = 500;

    [Requires(Permissions.PolicyRead)]
    [Description("The sending rules over a tenant's outgoing mail in the order in which they are tried: those of its MSP, then its own. For a client of an MSP that names no tenant, those of the MSP.")]
    public async Task<Connection<SendRuleNode>> SendRules(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Which tenant; needed for its own rules where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        // An owner has few rules, so that all are read.
        var rows = await AllAsync(tenant, cancellationToken);
        List<SendRuleRow> page = [.. rows.Where(row => from is null || string.CompareOrdinal(KeyOf(row), from) > 0).Take(size + 1)];
        return new Connection<SendRuleNode>(Paging.Of(page, size, after, row => new SendRuleNode(row), row => Cursor.Of(KeyOf(row))), _ => Task.FromResult(rows.Count));
    }

    [Requires(Permissions.PolicyRead)]
    [Description("Sending rules to begin with, named in the language asked for.")]
    public IReadOnlyList<SendRuleTemplateNode> SendRuleTemplates([Description("By default the language of Accept-Language.")] Language? language) =>
        [.. SendRuleTemplate.All.Select(template => new SendRuleTemplateNode(template, PolicyText.SendTemplate(template.Key, language.Culture(caller))))];

    [Requires(Permissions.PolicyRead)]
    [Complexity(TrialImpact)]
    [Description("Tries a condition on what mailboxes of a tenant sent: the newest 2,000 mails of the period. Needs to see messages too; nothing is changed.")]
    public async Task<SendRuleTrialNode> TrySendRule(
        [Description("In the language of docs/rules.md.")] string condition,
        [Description("How far back, 1 to 92; by default 30.")] int? days,
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var (scope, id) = caller.Current.ForTenant(tenant);
        if (days is < 1 or > MaxDays)
            throw ApiException.BadInput("days", $"'days' is 1 to {MaxDays}.");
        if (!Condition.TryParse(condition, out var parsed, out var error))
            return new SendRuleTrialNode(SendRuleTrial.Nothing, Outcome.Of(RuleResult.Of(error), caller.Current.Language));
        var settings = await directory.FindTenantAsync(id, cancellationToken) ?? throw ApiException.BadInput("tenant", "There is no such tenant.");
        return new SendRuleTrialNode(await trials.TryAsync(scope, settings, parsed, time.GetUtcNow().AddDays(-(days ?? DefaultDays)), cancellationToken), new Outcome(null, null));
    }

    internal async Task<SendRuleNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.SendRules.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new SendRuleNode(row) : null;
    }

    internal async Task<IReadOnlyList<SendRuleRow>> AllAsync(string? tenant, CancellationToken cancellationToken)
    {
        var ofMsp = tenant is null ? caller.Current.Scope.MspId : null;
        var (scope, tenantId) = ofMsp is null ? caller.Current.ForTenant(tenant) : (caller.Current.Scope, Guid.Empty);
        var msp = ofMsp ?? (await directory.FindTenantAsync(tenantId, cancellationToken))?.MspId;
        await using var db = databases.Open(scope);
        return await db.SendRules.AsNoTracking()
            .Where(row => row.TenantId == tenantId || (row.MspId != null && row.MspId == msp))
            .OrderBy(row => row.MspId == null).ThenBy(row => row.Position).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
    }

    private static string KeyOf(SendRuleRow row) => string.Create(CultureInfo.InvariantCulture, $"{(row.MspId is null ? 1 : 0)}{row.Position:D9}{row.Id:N}");
}
