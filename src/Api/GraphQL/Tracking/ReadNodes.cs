using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Tracking;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tracking;

namespace Platform.Api.GraphQL.Tracking;

[Named("DeliveryReads")]
[Requires(Permissions.MessagesRead)]
[Description("How often, when, whence and on what a tracked mail was opened by its recipient; see docs/tracking.md.")]
internal sealed class DeliveryReadsNode(TrackedDeliveryRow row)
{
    [Description("How often a person opened it.")]
    public int Count => row.People;

    [Description("How often a machine did, as far as that is sure.")]
    public int Machines => row.Machines;

    [Description("How often somebody did of whom it cannot be told.")]
    public int Unknown => row.Unknowns;

    [Description("Opens that were more than are kept of one delivery; they have no grade.")]
    public int Beyond => (int)Math.Min(row.Beyond, int.MaxValue);

    [Description("The best grade among its opens; null: it was not opened.")]
    public OpenGrade? Grade => row switch
    {
        { People: > 0 } => OpenGrade.Person,
        { Unknowns: > 0 } => OpenGrade.Unknown,
        { Machines: > 0 } => OpenGrade.Machine,
        _ => null,
    };

    [Description("When a person opened it first.")]
    public DateTimeOffset? FirstAt => row.FirstAt;

    [Description("When a person opened it last.")]
    public DateTimeOffset? LastAt => row.LastAt;

    [Description("Since when opens are noted: when its copy was handed over.")]
    public DateTimeOffset TrackedSince => row.TrackedAt;

    [Description("Which place is kept, by the policy at that time.")]
    public TrackedPlace Place => row.Place;

    [Description("Its opens, the newest first. One shows up about half a minute after it happened, when it is graded.")]
    public Task<Connection<OpenNode>> Opens(
        [FromServices] IPlatformDbFactory databases,
        [FromServices] CallerContext caller,
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        CancellationToken cancellationToken) => databases.PageAsync(
            caller.Current.Scope,
            first,
            after,
            db => db.Opens.Where(open => open.DeliveryId == row.DeliveryId && open.Grade != null),
            open => open.At,
            open => Cursor.Of(open.At, open.Id),
            open => new OpenNode(open),
            cancellationToken);
}

[Named("Open")]
[Requires(Permissions.MessagesRead)]
[Description("One open of a tracked mail.")]
internal sealed class OpenNode(OpenRow row)
{
    [Description("When.")]
    public DateTimeOffset At => row.At;

    [Description("What of the mail.")]
    public OpenTarget Target => row.Target;

    [Description("By whom, as far as that can be told.")]
    public OpenGrade Grade => row.Grade!.Value;

    [Description("Id of why it has this grade.")]
    public string Reason => row.Reason ?? "";

    [Description("Why it has this grade, in a sentence.")]
    public string ReasonText([FromServices] CallerContext caller, [Description("By default the language of the request.")] Language? language) =>
        OpenText.Reason(Reason, ReasonSentences.CultureOf(language, caller));

    [Description("Country, ISO 3166-1 alpha-2; null: not known, not kept, or a proxy's.")]
    public string? Country => row.Country;

    [Description("Name of the region in English; null: not known, not kept, or a proxy's.")]
    public string? Region => row.Region;

    [Description("Name of the network; null: not known or not kept.")]
    public string? Network => row.Network;

    [Description("On what.")]
    public DeviceNode Device => new(row);
}

[Named("Device")]
[Requires(Permissions.MessagesRead)]
[Description("On what a mail was opened, as far as the program says.")]
internal sealed class DeviceNode(OpenRow row)
{
    [Description("The program, such as 'Outlook'; null: not known.")]
    public string? Family => row.Family is { Length: > 0 } family ? family : null;

    [Description("The operating system, such as 'iOS'; null: not known.")]
    public string? System => row.System is { Length: > 0 } system ? system : null;

    [Description("What it is.")]
    public DeviceKind Kind => row.Device ?? DeviceKind.Unknown;
}
