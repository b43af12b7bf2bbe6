using System.Net;
using Platform.Api.Edge;
using Platform.Engine.Intelligence;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;

namespace Platform.Api.Tracking;

/// <summary>
/// The pictures in tracked copies (OUT9): one constant picture of one pixel, answered at once and alike whether the token is ours, old, forged
/// or of a mail that is gone. No cookie, no redirect, nothing kept on the way; the log of requests stays at a level that shows no paths.
/// </summary>
internal sealed class PictureRoutes(IReadTracking tracking, INetworkData networks)
{
    /// <summary>A transparent GIF of one pixel (GIF89a).</summary>
    private static readonly byte[] s_picture = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/t/{token}.gif", s_methods, (string token, HttpContext context, PictureRoutes route) => route.AnswerAsync(context, token)).ExcludeFromDescription().AllowAnybody();

    private Task AnswerAsync(HttpContext context, string token)
    {
        var request = context.Request;
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var seen = OpenRequest.Of(request.Method, name => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null);
        tracking.Note(token, OpenTarget.Picture, "", new OpenSource(address, seen, networks.Find(address)));

        var response = context.Response;
        response.ContentType = "image/gif";
        response.ContentLength = s_picture.Length;
        response.Headers.CacheControl = "no-store, private";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(s_picture, context.RequestAborted).AsTask();
    }
}
