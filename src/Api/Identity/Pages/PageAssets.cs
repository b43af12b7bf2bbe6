using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Platform.Api.Identity.Pages;

/// <summary>The style sheet and the one script of these pages, from within the program.</summary>
internal static class PageAssets
{
    public static void Map(IEndpointRouteBuilder account)
    {
        MapFile(account, "/style.css", "text/css; charset=utf-8");
        MapFile(account, "/passkeys.js", "text/javascript; charset=utf-8");
    }

    private static void MapFile(IEndpointRouteBuilder account, string path, string type)
    {
        using var resource = typeof(PageAssets).Assembly.GetManifestResourceStream("Identity" + path)
            ?? throw new InvalidOperationException($"{path} is not in the program.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        var content = bytes.ToArray();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
        account.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(content, type, entityTag: tag);
        });
    }
}
