using System.ComponentModel;
using System.Text;
using Platform.Api.Edge;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>All mailboxes of a tenant as one CSV (TEN2).</summary>
internal sealed class MailboxListRoutes(IMailboxImport import, MailboxList list, Idempotency idempotency)
{
    private const string Tag = "Onboarding";
    private const string OneTenant = "Id of the tenant; needed where several are in reach.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/mailbox-import", (
                HttpRequest request,
                [Description("preview (nothing is changed), all (nothing is changed where a line is refused; the default) or valid (refused lines are left out).")] string? mode,
                [Description(OneTenant)] string? tenant,
                MailboxListRoutes route,
                CallerContext caller,
                CancellationToken token) => route.ImportAsync(request, caller.Current, mode, tenant, token))
            .WithName("importMailboxes").WithTags(Tag).WithSummary("Make and change mailboxes by CSV").TakesIdempotencyKey()
            .WithDescription("The first line names the columns: address, displayName, aliases, groups. Several values in one cell have semicolons between. What a line says already changes nothing, so a list can be sent again; mailboxes that are not in it stay.")
            .Accepts<string>("text/csv", "text/plain", "application/octet-stream")
            .Produces<MailboxImportAnswer>().ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapGet("/mailbox-export", ([Description(OneTenant)] string? tenant, MailboxListRoutes route, CallerContext caller, CancellationToken token) => route.ExportAsync(caller.Current, tenant, token))
            .WithName("exportMailboxes").WithTags(Tag).WithSummary("A tenant's mailboxes as CSV, in the form that the import reads")
            .Produces<string>(200, "text/csv").ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);
    }

    private async Task<IResult> ImportAsync(HttpRequest request, Caller caller, string? mode, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForTenant(tenant);
        var how = mode switch
        {
            null or "all" => MailboxImportMode.All,
            "preview" => MailboxImportMode.Preview,
            "valid" => MailboxImportMode.Valid,
            _ => throw ApiException.BadInput("mode", "'mode' is 'preview', 'all' or 'valid'."),
        };
        var (content, _) = await RequestBody.OpenAsync(request, MailboxCsv.MaxText, type => type is "text/csv" or "text/plain" or "application/octet-stream", cancellationToken);
        var text = Text(await RequestBody.ReadAsync(content, cancellationToken));
        var lines = MailboxCsv.Read(text);
        var result = await idempotency.RunAsync(
            scope, id, IdempotencyHeader.Read(request), "importMailboxes", new { mode, tenant, text }, () => import.RunAsync(scope, id, lines, how, cancellationToken), cancellationToken);
        return result.Value is { } report ? Results.Json(MailboxImportAnswer.Of(report)) : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ExportAsync(Caller caller, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForTenant(tenant);
        return Results.File(Encoding.UTF8.GetBytes(MailboxCsv.Write(await list.ReadAsync(scope, id, cancellationToken))), "text/csv; charset=utf-8", "mailboxes.csv");
    }

    private static string Text(byte[] body)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw ApiException.BadInput("body", "The text is not UTF-8; save it as CSV UTF-8.");
        }
    }
}
