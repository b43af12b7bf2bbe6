using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Platform.Api.Edge;

namespace Platform.Api.Reader;

internal static class ReaderSetup
{
    public static IServiceCollection AddReader(this IServiceCollection services)
    {
        services.AddSingleton<ReaderPages>();
        services.AddSingleton<ReaderDoor>();
        services.AddSingleton<ReaderPlaces>();
        services.AddSingleton<ReaderEntry>();
        services.AddSingleton<ReaderLetters>();
        services.AddSingleton<ReaderAnswers>();
        return services;
    }

    /// <summary>
    /// The secure reader. The token in the path names a protected mail and gives no right to read it; a GET changes nothing, since mail
    /// scanners open every link. What is read needs the session of a browser in which a code was given.
    /// </summary>
    public static void MapReader(this IEndpointRouteBuilder routes)
    {
        var reader = routes.MapGroup("").ExcludeFromDescription().AllowAnybody();
        MapScript(reader);
        var mail = reader.MapGroup("/r/{token}");
        mail.MapGet("", (string token, HttpContext context, ReaderLetters letters) => letters.ShowAsync(context, token));
        mail.MapGet("/state", (string token, HttpContext context, ReaderLetters letters) => letters.StateAsync(context, token));
        mail.MapGet("/body", (string token, HttpContext context, ReaderLetters letters) => letters.BodyAsync(context, token));
        mail.MapGet("/file/{path}", (string token, string path, HttpContext context, ReaderLetters letters) => letters.SaveAsync(context, token, path));
        mail.MapGet("/text/{path}", (string token, string path, HttpContext context, ReaderLetters letters) => letters.TextAsync(context, token, path));
        mail.MapPost("/code", (string token, HttpContext context, ReaderEntry entry) => entry.SendCodeAsync(context, token));
        mail.MapGet("/code", (string token, HttpContext context, ReaderEntry entry) => entry.AskCodeAsync(context, token));
        mail.MapPost("/enter", (string token, HttpContext context, ReaderEntry entry) => entry.EnterAsync(context, token));
        mail.MapGet("/enter", (string token, HttpContext context, ReaderLetters letters) => letters.ShowAsync(context, token));
        mail.MapPost("/leave", (string token, HttpContext context, ReaderEntry entry) => entry.LeaveAsync(context, token));
        mail.MapGet("/reply", (string token, HttpContext context, ReaderAnswers answers) => answers.AskAsync(context, token));
        mail.MapPost("/reply", (string token, HttpContext context, ReaderAnswers answers) => answers.SendAsync(context, token))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ReaderAnswers.MaxRequestBytes));
    }

    private static void MapScript(IEndpointRouteBuilder routes)
    {
        using var resource = typeof(ReaderSetup).Assembly.GetManifestResourceStream("Reader/watch.js") ?? throw new InvalidOperationException("The script of the reader is not in the program.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        var content = bytes.ToArray();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
        routes.MapGet("/reader/watch.js", (HttpContext context) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(content, "text/javascript; charset=utf-8", entityTag: tag);
        });
    }
}
