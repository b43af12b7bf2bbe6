using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Reports;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Reports;

internal sealed class ReportMutations(IReports reports, ReportQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.MessagesRead)]
    [Description("Says that the verdict of a mail is wrong. Owners of mailboxes report their own mail; they get an answer by mail.")]
    public async Task<ReportMailPayload> ReportMail([Description("Which mail, and how it is wrong.")] ReportMailInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.DeliveryId, NodeKind.Delivery) is not { } delivery
            ? Outcome.Failed(ErrorCodes.NotFound, "No such delivery is in reach of this client.", "deliveryId")
            : await runner.RunAsync(
                caller.Current.Home, "reportMail", input, async () => Outcome.Of(await reports.ReportAsync(caller.Current.Scope, delivery, input.Kind, input.Comment ?? "", cancellationToken)), cancellationToken);
        return new ReportMailPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.MessagesAct)]
    [Description(
        "Confirms or refuses a report. A confirmed attack stops the same mail to others where it still waits for the relay; a confirmed false positive releases it to all who asked. "
        + "The sender is listed, the learned model is told, and everybody who reported that mail gets an answer.")]
    public async Task<DecideReportPayload> DecideReport([Description("Which report, and how.")] DecideReportInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.ReportId, NodeKind.Report) is not { } report
            ? Outcome.Failed(ErrorCodes.NotFound, "No such report is in reach of this client.", "reportId")
            : await runner.RunAsync(
                caller.Current.Home,
                "decideReport",
                input,
                async () => Outcome.Of(await reports.DecideAsync(caller.Current.Scope, report, input.Confirm, input.ListSender != false, input.Note ?? "", cancellationToken)),
                cancellationToken);
        return new DecideReportPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }
}

[Description("Input of reportMail.")]
internal sealed record ReportMailInput : MutationInput
{
    [Id]
    [Description("The delivery of the mail.")]
    public required string DeliveryId { get; init; }

    [Description("In which way the verdict is wrong.")]
    public required ReportKind Kind { get; init; }

    [Description("Why, at most 500 characters.")]
    public string? Comment { get; init; }
}

[Description("Input of decideReport.")]
internal sealed record DecideReportInput : MutationInput
{
    [Id]
    [Description("The report.")]
    public required string ReportId { get; init; }

    [Description("True: the verdict was wrong. False: it stands.")]
    public required bool Confirm { get; init; }

    [Description("Put the sender's address on the tenant's block or allow list when the report is confirmed; by default yes. It is left out where the lists would refuse it.")]
    public bool? ListSender { get; init; }

    [Description("What those who reported are told, at most 500 characters.")]
    public string? Note { get; init; }
}

[Requires(Permissions.MessagesRead)]
[Description("Result of reportMail.")]
internal sealed class ReportMailPayload(ReportNode? report, Outcome outcome, MutationInput input)
{
    [Description("The report.")]
    public ReportNode? Report => report;

    [Description("Why it was not taken; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesAct)]
[Description("Result of decideReport.")]
internal sealed class DecideReportPayload(ReportNode? report, Outcome outcome, MutationInput input)
{
    [Description("The report after the call.")]
    public ReportNode? Report => report;

    [Description("Why nothing was decided; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
