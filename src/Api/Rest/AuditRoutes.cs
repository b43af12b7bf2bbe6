using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Audit;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>The audit log as a file. Each export is an entry of the log itself, written before the first line leaves.</summary>
internal sealed class AuditRoutes(IPlatformDbFactory databases, IAuditLog audit)
{
    private const int Page = 1_000;
    private const string Lines = "application/x-ndjson";
    private const string Csv = "text/csv; charset=utf-8";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit", (
            HttpContext context,
            AuditRoutes route,
            CallerContext caller,
            [Description("'ndjson' (the default) or 'csv'.")] string? format,
            [Description("At this moment or later.")] DateTimeOffset? since,
            [Description("Before this moment.")] DateTimeOffset? until,
            [Description("Who: 'client:our-siem'.")] string? actor,
            [Description("What was done, or how it begins: 'delivery.release', 'delivery'.")] string? action,
            [Description("Id of the tenant; needed where several are in reach.")] string? tenant,
            [Description("True: the chain of the client's MSP.")] bool? msp,
            CancellationToken token) => route.ExportAsync(context, caller.Current, new AuditSelection(since, until, actor, action), format, tenant, msp == true, token))
        .WithName("exportAudit").WithTags("Audit").WithSummary("Export the audit log of a tenant or MSP")
        .WithDescription("Entries in the order of the chain, each with its hash. Every export is on the log itself.")
        .Produces<string>(200, Lines, "text/csv").ProducesProblems(400, 401, 403, 404, 429)
        .RequirePermission(Permissions.AuditExport);

    private async Task ExportAsync(HttpContext context, Caller caller, AuditSelection selection, string? format, string? tenant, bool ofMsp, CancellationToken cancellationToken)
    {
        if (format is not (null or "ndjson" or "csv"))
            throw ApiException.BadInput("format", "'format' is 'ndjson' or 'csv'.");
        var (scope, owner) = ofMsp
            ? (caller.Scope, caller.Scope.MspId ?? throw ApiException.NotFound("msp", "This client belongs to no MSP."))
            : caller.ForTenant(tenant);
        selection.Check();
        await audit.AppendAsync(scope, owner, "audit.export", format ?? "ndjson", selection.Told(), cancellationToken);
        var response = context.Response;
        response.ContentType = format == "csv" ? Csv : Lines;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=audit.{format ?? "ndjson"}";
        await using var writer = new StreamWriter(response.Body, leaveOpen: true);
        if (format == "csv")
            await writer.WriteAsync("sequence,at,actor,action,target,detail,erasedAt,hash\r\n");
        for (var after = 0L; await PageAsync(scope, owner, selection, after, cancellationToken) is { Count: > 0 } rows; after = rows[^1].Sequence)
        {
            foreach (var row in rows)
                await writer.WriteAsync(format == "csv" ? CsvOf(row) : LineOf(row));
            await writer.FlushAsync(cancellationToken);
        }
    }

    private async Task<List<AuditRow>> PageAsync(Scope scope, Guid owner, AuditSelection selection, long after, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        return await selection.Apply(db.Audit.AsNoTracking().Where(row => row.OwnerId == owner)).Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(Page).ToListAsync(cancellationToken);
    }

    private static string LineOf(AuditRow row) => new JsonObject
    {
        ["id"] = GlobalId.Of(NodeKind.AuditEntry, row.Id),
        ["sequence"] = row.Sequence,
        ["at"] = Time(row.At),
        ["actor"] = row.Actor,
        ["action"] = row.Action,
        ["target"] = row.Target,
        ["detail"] = row.Detail,
        ["messageId"] = row.MessageId is { } message ? GlobalId.Of(NodeKind.Message, message) : null,
        ["erasedAt"] = row.ErasedAt is { } erased ? Time(erased) : null,
        ["hash"] = row.Hash,
    }.ToJsonString(Json) + "\n";

    private static string CsvOf(AuditRow row) => CsvCells.Line(
        [row.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), Time(row.At), row.Actor, row.Action, row.Target, row.Detail, row.ErasedAt is { } erased ? Time(erased) : "", row.Hash]);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
