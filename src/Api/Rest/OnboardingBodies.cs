using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Api.Rest;

[Description("A tenant's claim to a domain, and the DNS record that proves it.")]
internal sealed record DomainClaimAnswer(
    string Id,
    string Name,
    string Tenant,
    [property: Description("pending, proven or failed.")] string State,
    [property: Description("Name of the record to publish.")] string RecordName,
    [property: Description("Its type: TXT.")] string RecordType,
    [property: Description("What it must hold.")] string RecordValue,
    [property: Description("What the last check found wrong: noRecord, otherValue, noAnswer, taken or expired; null before it and when it is proven.")] string? Problem,
    [property: Description("The same in words, and what to do.")] string Explanation,
    [property: Description("When it was looked for last.")] DateTimeOffset? CheckedAt,
    [property: Description("When it is looked for next by itself.")] DateTimeOffset? NextCheckAt,
    DateTimeOffset CreatedAt,
    [property: Description("Since when it takes mail.")] DateTimeOffset? ProvenAt)
{
    public static DomainClaimAnswer Of(DomainClaimRow row, string language) => new(
        GlobalId.Of(NodeKind.DomainClaim, row.Id),
        row.Name,
        GlobalId.Of(NodeKind.Tenant, row.TenantId),
        OnboardingNames.Of(row.State),
        DomainProof.RecordName(row.Name),
        "TXT",
        DomainProof.RecordValue(row.Token),
        row.Problem is { } problem ? OnboardingNames.Of(problem) : null,
        OnboardingNames.Explain(row, language),
        row.CheckedAt,
        row.DueAt,
        row.CreatedAt,
        row.ProvenAt);
}

[Description("Claims of a tenant.")]
internal sealed record DomainClaimsAnswer(IReadOnlyList<DomainClaimAnswer> Items);

[Description("A check of mail flow to begin.")]
internal sealed record NewFlowCheckBody(
    [property: Description("Address of the mailbox that the test mail goes to; by default the tenant's first.")] string? Address = null,
    [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("A check of mail flow, step by step.")]
internal sealed record FlowCheckAnswer(
    string Id,
    string Tenant,
    [property: Description("Where the test mail goes; null: there is no mailbox.")] string? Address,
    [property: Description("queued, running, passed or failed.")] string State,
    IReadOnlyList<FlowStepAnswer> Steps,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    public static FlowCheckAnswer Of(FlowCheckRow row, string language) => new(
        GlobalId.Of(NodeKind.FlowCheck, row.Id), GlobalId.Of(NodeKind.Tenant, row.TenantId), row.Mailbox, row.State, [.. FlowStep.Read(row.Steps).Select(step => FlowStepAnswer.Of(step, language))], row.CreatedAt, row.EndedAt);
}

[Description("A step of a check.")]
internal sealed record FlowStepAnswer(
    [property: Description("domain, mx, spf, route, send, inspect or deliver.")] string Kind,
    string Title,
    [property: Description("waiting, running, passed, warned (mail flows all the same), failed or skipped.")] string State,
    [property: Description("What was found, to branch on, such as 'mx-elsewhere'; empty before.")] string Finding,
    [property: Description("The same in words.")] string Explanation,
    [property: Description("What to do; null where there is nothing to do.")] string? Advice,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    public static FlowStepAnswer Of(FlowStep step, string language) => new(
        step.Kind.ToString().ToLowerInvariant(),
        OnboardingNames.Title(step.Kind, language),
        step.State.ToString().ToLowerInvariant(),
        step.Code,
        OnboardingNames.Explain(step, language),
        OnboardingNames.Advise(step, language),
        step.StartedAt,
        step.EndedAt);
}

[Description("What a list of mailboxes did, or would do. Every line counts once: created, changed, unchanged or refused.")]
internal sealed record MailboxImportAnswer(
    int Lines,
    int Created,
    int Changed,
    int Unchanged,
    int Refused,
    [property: Description("Groups that were missing, by name.")] IReadOnlyList<string> NewGroups,
    [property: Description("Faults line by line, the first 200.")] IReadOnlyList<MailboxLineErrorAnswer> Errors,
    [property: Description("False: nothing was changed, since it was a preview or a line was refused.")] bool Applied)
{
    public static MailboxImportAnswer Of(MailboxImportReport report) => new(
        report.Lines, report.Created, report.Changed, report.Unchanged, report.Refused, report.Groups,
        [.. report.Errors.Select(error => new MailboxLineErrorAnswer(error.Line, error.Code, error.Message, error.Field))], report.Applied);
}

[Description("Why a line was refused.")]
internal sealed record MailboxLineErrorAnswer(int Line, string Code, string Message, [property: Description("address, displayName, aliases or groups.")] string Field);

[Description("A change of a tenant; what is left out stays.")]
internal sealed record TenantChangeBody(
    string? Name = null,
    [property: Description("'ja' or 'en'.")] string? Language = null,
    [property: Description("'smtp://host:port' or 'maildir:PATH'.")] string? Route = null,
    IReadOnlyList<string>? TrustedHops = null,
    string? JournalAddress = null);

[Description("What a tenant may have; what is left out is not limited.")]
internal sealed record TenantPlanBody(
    [property: Description("Name of the plan for people.")] string Name,
    [property: Description("Mailboxes, 0 to 1,000,000.")] int? Mailboxes = null,
    [property: Description("Domains, open claims among them, 0 to 1,000,000.")] int? Domains = null,
    [property: Description("API clients, 0 to 1,000,000.")] int? ApiClients = null);
