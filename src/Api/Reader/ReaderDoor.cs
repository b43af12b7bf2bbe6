using System.Net;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Engine.Intelligence;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;
using Platform.Mails;
using Platform.Storage.Access;
using Platform.Storage.Bodies;
using Platform.Storage.Links;
using Platform.Storage.Protection;

namespace Platform.Api.Reader;

/// <summary>A request for a protected mail that is there and may be read from where it came.</summary>
/// <param name="Address">Of the mail in the reader: <c>/r/…</c>.</param>
/// <param name="HasSession">A code was given in this browser.</param>
/// <param name="Source">Whence and by what program it came.</param>
internal sealed record ReaderVisit(ReaderMail Mail, Wording Words, string Address, bool HasSession, OpenSource Source);

/// <summary>In front of everything in the reader: how often, token, state of the mail, place, session, in this order. A token is a secret, so that no log names it.</summary>
internal sealed partial class ReaderDoor(IActionLinks links, IReaderDesk desk, AccessGate gate, INetworkData networks, RateLimits limits, ReaderPages pages, ILogger<ReaderDoor> logger)
{
    private const string RetryAfter = "60";

    /// <summary>The cookie of a session; one for each mail, by its path.</summary>
    public const string SessionCookie = "reader";

    /// <param name="answer">Asked only where the mail is open.</param>
    /// <param name="isUse">False: a page asks by itself, which is no use of the session.</param>
    public async Task<IResult> EnterAsync(HttpContext context, string token, Func<ReaderVisit, Task<IResult>> answer, bool isUse = true)
    {
        var words = Wording.Of(Languages.Choose(context.Request));
        try
        {
            if (!limits.TryTakeReader(context.Connection.RemoteIpAddress))
            {
                context.Response.Headers.RetryAfter = RetryAfter;
                return await pages.TellAsync(context, words, "many", StatusCodes.Status429TooManyRequests);
            }

            var (status, link) = links.Read(token);
            if (status != LinkStatus.Good || link is not { Purpose: LinkPurpose.Read } || await desk.FindAsync(link.TenantId, link.DeliveryId, context.RequestAborted) is not { } mail)
                return await pages.TellAsync(context, words, "missing", StatusCodes.Status404NotFound);
            if (mail.State != ReaderState.Open)
                return await pages.ClosedAsync(context, words, mail);
            var address = context.Connection.RemoteIpAddress;
            if (!await gate.AdmitsAsync(new AccessWho(mail.Delivery.TenantId, mail.Delivery.SenderMailboxId), mail.Delivery.Recipient, AccessService.Reader, address, context.RequestAborted))
                return await pages.TellAsync(context, words, "place", StatusCodes.Status403Forbidden);
            var session = context.Request.Cookies[SessionCookie] is { Length: > 0 and < 100 } secret && await desk.ContinueAsync(mail, secret, isUse, context.RequestAborted);
            return await answer(new ReaderVisit(mail, words, $"/r/{token}", session, SourceOf(context)));
        }
        catch (BodyMissingException)
        {
            return await pages.TellAsync(context, words, "gone", StatusCodes.Status410Gone);
        }
        catch (Exception problem) when (problem is not OperationCanceledException and not BadHttpRequestException)
        {
            LogFailed(problem);
            return await pages.TellAsync(context, words, "failed", StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>For what is read: without a session the way leads to the code.</summary>
    public Task<IResult> ReadAsync(HttpContext context, string token, Func<ReaderVisit, Task<IResult>> answer, bool isUse = true) => EnterAsync(
        context, token, visit => visit.HasSession ? answer(visit) : Task.FromResult(Elsewhere(context, visit, visit.Address)), isUse);

    /// <summary>For what took its time to be made, right before it is given: the mail may have been withdrawn meanwhile.</summary>
    /// <param name="answer">Asked only where it is still open.</param>
    public async Task<IResult> StillAsync(HttpContext context, ReaderVisit visit, Func<Task<IResult>> answer)
    {
        var delivery = visit.Mail.Delivery;
        return await desk.FindAsync(delivery.TenantId, delivery.DeliveryId, context.RequestAborted) switch
        {
            { State: ReaderState.Open } => await answer(),
            { } closed => await pages.ClosedAsync(context, visit.Words, closed),
            null => await pages.TellAsync(context, visit.Words, "missing", StatusCodes.Status404NotFound),
        };
    }

    /// <summary>On to another page, with nothing of this one kept.</summary>
    public static IResult Elsewhere(HttpContext context, ReaderVisit visit, string address)
    {
        ReaderPages.Guard(context, visit.Words, "default-src 'none'");
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static CookieOptions Cookie(HttpContext context, string path, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = path,
        MaxAge = lasts,
        IsEssential = true,
    };

    private OpenSource SourceOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var request = OpenRequest.Of(context.Request.Method, name => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null);
        return new OpenSource(address, request, networks.Find(address));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page of the secure reader failed.")]
    private partial void LogFailed(Exception exception);
}
