using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Retention;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Retention;

[Named("Retention")]
[Requires(Permissions.PolicyRead)]
[Description("How long mail is kept, all values in force.")]
internal sealed class RetentionNode(RetentionPolicy policy, RetentionRunRow? run)
{
    [Description("One period for each class of mail.")]
    public IReadOnlyList<RetentionPeriodNode> Periods => [.. Enum.GetValues<RetentionClass>().Select(kind => new RetentionPeriodNode(kind, policy.Periods[kind]))];

    [Description("No value is longer: the maximum of the MSP or the platform, in days.")]
    public int MaxDays => policy.MaxDays;

    [Description("The run under way, or the last one; null before the first.")]
    public RetentionRunNode? Run => run?.StartedAt is null ? null : new RetentionRunNode(run);
}

[Named("RetentionPeriod")]
[Requires(Permissions.PolicyRead)]
[Description("How long mail of one class is kept.")]
internal sealed class RetentionPeriodNode(RetentionClass kind, RetentionPeriod period)
{
    [Description("The class.")]
    public RetentionClass Class => kind;

    [Description("The original, its text, and what reasons quote of it.")]
    public RetentionValueNode Content => new(period.Content);

    [Description("All the rest: sender, subject, verdict, deliveries, and what events tell of them.")]
    public RetentionValueNode Metadata => new(period.Metadata);
}

[Named("RetentionValue")]
[Requires(Permissions.PolicyRead)]
[Description("A value and where it comes from.")]
internal sealed class RetentionValueNode(RetentionValue value)
{
    [Description("Days after receipt.")]
    public int Days => value.Days;

    [Description("Where it was set.")]
    public RetentionOrigin Origin => value.Origin;

    [Description("A maximum, or for content the period of the metadata, is shorter than what was asked for.")]
    public bool Capped => value.Capped;
}

[Named("RetentionRun")]
[Requires(Permissions.PolicyRead)]
[Description("A run of the worker that lets mail expire.")]
internal sealed class RetentionRunNode(RetentionRunRow row)
{
    [Description("When it started.")]
    public DateTimeOffset? StartedAt => row.StartedAt;

    [Description("When it ended; null while it runs.")]
    public DateTimeOffset? EndedAt => row.EndedAt;

    [Description("When the next one is due.")]
    public DateTimeOffset DueAt => row.DueAt;

    [Description("Messages whose content expired.")]
    public int Content => row.Content;

    [Description("Messages that expired whole.")]
    public int Messages => row.Messages;

    [Description("Messages passed over because of a legal hold.")]
    public int Held => row.Held;
}
