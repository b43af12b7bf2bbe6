using System.Globalization;
using System.Text;
using Platform.Grains.Notices;
using Platform.Mails.Pages;
using Platform.Mails.Templates;
using Platform.Storage.Protection;

namespace Platform.Api.Reader;

/// <summary>The way in: a code by mail to the recipient alone, given in the browser that asked for it.</summary>
internal sealed class ReaderEntry(ReaderDoor door, IReaderDesk desk, IServiceProvider services, ReaderPages pages)
{
    /// <summary>Names the code that this browser asked for.</summary>
    private const string CodeCookie = "reader-code";
    private const int MaxTyped = 20;

    public Task<IResult> SendCodeAsync(HttpContext context, string token) => door.EnterAsync(context, token, async visit =>
    {
        // A process without the mail flow has nobody to send it.
        if (services.GetService<ISystemMails>() is not { } mails)
            return await pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status503ServiceUnavailable);
        var made = await desk.MakeCodeAsync(visit.Mail, context.RequestAborted);
        if (made.Code is not { } code)
            return await pages.TellAsync(context, visit.Words, "code.wait", StatusCodes.Status429TooManyRequests, visit.Address);
        var delivery = visit.Mail.Delivery;
        var sent = await mails.SendAsync(
            new SystemMail(delivery.TenantId, delivery.Recipient, new ReaderCodeMail(visit.Mail.From, code, ReaderCode.Lasts), visit.Words.Language), context.RequestAborted);
        if (sent != SystemMailOutcome.Queued)
            return await pages.TellAsync(context, visit.Words, "code.wait", StatusCodes.Status429TooManyRequests, visit.Address);
        context.Response.Cookies.Append(CodeCookie, made.Id.ToString("N"), ReaderDoor.Cookie(context, visit.Address, ReaderCode.Lasts));
        // A page of its own, so that who looks for the code elsewhere can come back to it.
        return ReaderDoor.Elsewhere(context, visit, visit.Address + "/code");
    });

    public Task<IResult> AskCodeAsync(HttpContext context, string token) => door.EnterAsync(context, token, visit =>
        HasCode(context) ? AskCodeAsync(context, visit, isWrong: false) : Task.FromResult(ReaderDoor.Elsewhere(context, visit, visit.Address)));

    public Task<IResult> EnterAsync(HttpContext context, string token) => door.EnterAsync(context, token, async visit =>
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        // What cannot be a code is no try of one.
        var secret = DigitsOf(form?["code"].ToString() ?? "") is { Length: ReaderCode.Digits } digits && Guid.TryParseExact(context.Request.Cookies[CodeCookie], "N", out var code)
            ? await desk.EnterAsync(visit.Mail, code, digits, context.RequestAborted)
            : null;
        if (secret is null)
            return await AskCodeAsync(context, visit, isWrong: true);
        context.Response.Cookies.Delete(CodeCookie, ReaderDoor.Cookie(context, visit.Address, null));
        context.Response.Cookies.Append(ReaderDoor.SessionCookie, secret, ReaderDoor.Cookie(context, visit.Address, null));
        return ReaderDoor.Elsewhere(context, visit, visit.Address);
    });

    public Task<IResult> LeaveAsync(HttpContext context, string token) => door.EnterAsync(context, token, async visit =>
    {
        if (context.Request.Cookies[ReaderDoor.SessionCookie] is { Length: > 0 } secret)
            await desk.LeaveAsync(visit.Mail, secret, context.RequestAborted);
        context.Response.Cookies.Delete(ReaderDoor.SessionCookie, ReaderDoor.Cookie(context, visit.Address, null));
        return await pages.TellAsync(context, visit.Words, "left", StatusCodes.Status200OK, visit.Address);
    });

    /// <summary>This browser asked for a code that is not too old.</summary>
    public static bool HasCode(HttpContext context) => Guid.TryParseExact(context.Request.Cookies[CodeCookie], "N", out _);

    /// <summary>As much of the address as its owner knows it by.</summary>
    public static string Hidden(string address)
    {
        var at = address.LastIndexOf('@');
        var elements = new StringInfo(at > 0 ? address[..at] : address);
        return $"{(elements.LengthInTextElements > 0 ? elements.SubstringByTextElements(0, 1) : "")}***{(at > 0 ? address[at..] : "")}";
    }

    /// <summary>In ASCII, of whatever width or script they were typed in.</summary>
    private static string DigitsOf(string typed)
    {
        var digits = new StringBuilder(MaxTyped);
        foreach (var letter in typed.Take(MaxTyped))
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(letter) is >= 0 and var digit)
                digits.Append((char)('0' + digit));
        }

        return digits.ToString();
    }

    private Task<IResult> AskCodeAsync(HttpContext context, ReaderVisit visit, bool isWrong) => pages.ShowAsync<ReaderCodePage>(
        context,
        visit.Words,
        new Dictionary<string, object?>
        {
            [nameof(ReaderCodePage.Address)] = visit.Address,
            [nameof(ReaderCodePage.Recipient)] = Hidden(visit.Mail.Delivery.Recipient),
            [nameof(ReaderCodePage.Minutes)] = (int)ReaderCode.Lasts.TotalMinutes,
            [nameof(ReaderCodePage.IsWrong)] = isWrong,
        },
        isWrong ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
}
