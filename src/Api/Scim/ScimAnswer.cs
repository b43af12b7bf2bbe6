using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Platform.Api.Scim;

/// <summary>An answer in <c>application/scim+json</c> (RFC 7644, 8.1).</summary>
internal sealed class ScimAnswer(JsonNode body, int status = 200, string? location = null, string? version = null) : IResult
{
    public const string MediaType = "application/scim+json";
    public const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (location is not null)
            response.Headers.Location = location;
        if (version is not null)
            response.Headers.ETag = version;
        await response.WriteAsync(body.ToJsonString(Form), httpContext.RequestAborted);
    }

    public static ScimAnswer Error(int status, string? type, string detail)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["detail"] = detail };
        if (type is not null)
            body["scimType"] = type;
        return new ScimAnswer(body, status);
    }

    /// <summary>A weak one (RFC 7644, 3.14): it changes with anything that the resource shows.</summary>
    public static string VersionOf(JsonObject resource) => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(resource.ToJsonString()))[..12])}\"";

    /// <summary>A resource with its place and version, or 304 where the asker has it.</summary>
    public static IResult Of(HttpRequest request, JsonObject resource, int status = 200)
    {
        var (version, place) = (resource["meta"]!["version"]!.GetValue<string>(), resource["meta"]!["location"]!.GetValue<string>());
        return status == 200 && HttpMethods.IsGet(request.Method) && Names(request.Headers.IfNoneMatch, version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new ScimAnswer(ScimView.Narrowed(request, resource), status, status == 201 ? place : null, version);
    }

    /// <exception cref="ScimException">The asker means another version (RFC 7644, 3.14).</exception>
    public static void RequireVersion(HttpRequest request, JsonObject resource)
    {
        if (request.Headers.IfMatch.Count > 0 && !Names(request.Headers.IfMatch, resource["meta"]!["version"]!.GetValue<string>()))
            throw new ScimException(412, null, "The resource has changed since it was read; read it again.");
    }

    private static bool Names(Microsoft.Extensions.Primitives.StringValues header, string version) =>
        header.ToString().Split(',', StringSplitOptions.TrimEntries).Any(named => named == "*" || named == version);
}
