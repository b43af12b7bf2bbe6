using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Originals to download.</summary>
internal sealed class MessageRoutes(MessageContent content, ContentTurns turns)
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/messages/{id}/raw", (
            string id,
            HttpContext context,
            MessageRoutes route,
            CallerContext caller,
            [Description("'eml' (the default), or 'zip' for an archive encrypted with AES-256.")] string? format,
            [Description("Why it is opened, 3 to 500 characters; or in the header 'Access-Reason', which no access log keeps. People always say it, API clients where the tenant wants it.")] string? reason,
            CancellationToken cancellationToken) => route.DownloadAsync(context, caller.Current, id, format, reason, cancellationToken))
        .WithName("downloadMessage")
        .WithTags("Messages")
        .WithSummary("Download the original")
        .WithDescription("Byte for byte as it was received. It may be hostile: with format=zip it is in an archive whose password is 'infected', or what the header Archive-Password says. Each download is on the audit log.")
        .Produces(200, contentType: "message/rfc822", additionalContentTypes: "application/zip")
        .ProducesProblems(400, 401, 403, 404, 410, 429)
        .RequirePermission(Permissions.MessagesContent);

    private async Task<IResult> DownloadAsync(HttpContext context, Caller caller, string id, string? format, string? reason, CancellationToken cancellationToken)
    {
        if (format is not (null or "eml" or "zip"))
            throw ApiException.BadInput("format", "'format' is 'eml' or 'zip'.");
        var password = RawArchive.Password(context.Request);
        var key = GlobalId.Find(id, NodeKind.Message) ?? throw ApiException.NotFound("id", "No such message is in reach of this client.");
        var (body, size) = await content.OpenAsync(caller.Scope, key, "download", QuarantineRights.Download, reason ?? context.Request.Headers["Access-Reason"], cancellationToken);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var name = "message-" + id;
        if (format != "zip")
        {
            context.Response.ContentLength = size;
            return Results.Stream(body, "message/rfc822", name + ".eml");
        }

        await using (body)
        {
            using var turn = await turns.TakeAsync(caller.Scope.Actor, cancellationToken);
            return Results.Bytes(await RawArchive.MakeAsync(body, name + ".eml", password, cancellationToken), "application/zip", name + ".zip");
        }
    }
}
