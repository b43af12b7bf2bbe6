using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Reports;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>For report buttons of mail programs, which know a mail by its Message-ID.</summary>
internal sealed class ReportRoutes(IReports reports, Idempotency idempotency)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reports", (NewReportBody body, HttpRequest request, ReportRoutes route, CallerContext caller, CancellationToken token) => route.ReportAsync(request, caller.Current, body, token))
        .WithName("reportMail").WithTags("Reports").WithSummary("Say that the verdict of a mail is wrong")
        .WithDescription("For a report button: the mail is named by its Message-ID, as the mail program knows it. People report mail of their own mailbox and are answered by mail.")
        .TakesIdempotencyKey()
        .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.MessagesRead);

    private async Task<IResult> ReportAsync(HttpRequest request, Caller caller, NewReportBody body, CancellationToken cancellationToken)
    {
        ReportKind kind = body.Report switch
        {
            "missed" => ReportKind.Missed,
            "false-positive" => ReportKind.FalsePositive,
            _ => throw ApiException.BadInput("report", "'report' is 'missed' or 'false-positive'."),
        };
        var delivery = await reports.FindAsync(caller.Scope, body.MessageIdHeader, body.Recipient, cancellationToken)
            ?? throw ApiException.NotFound("messageIdHeader", "No mail of that Message-ID is in reach.");
        var result = await idempotency.RunAsync(
            caller.Scope, caller.Home, IdempotencyHeader.Read(request), "reportMail", body, () => reports.ReportAsync(caller.Scope, delivery, kind, body.Comment ?? "", cancellationToken), cancellationToken);
        return result.Succeeded
            ? Results.Json(new CreatedAnswer(GlobalId.Of(NodeKind.Report, result.Value)), statusCode: StatusCodes.Status201Created)
            : Refusal.Of(result.Code!, result.Message);
    }
}

[Description("A verdict that is wrong.")]
internal sealed record NewReportBody(
    [property: Description("Message-ID of the mail, with or without angle brackets.")] string MessageIdHeader,
    [property: Description("'missed': it is an attack. 'false-positive': it is honest or wanted.")] string Report,
    [property: Description("Address of the recipient; left out, any in reach.")] string? Recipient = null,
    [property: Description("Why, at most 500 characters.")] string? Comment = null);
