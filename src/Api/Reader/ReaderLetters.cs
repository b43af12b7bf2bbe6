using System.Globalization;
using Platform.Engine.Letters;
using Platform.Engine.Mail;
using Platform.Grains.Protection;
using Platform.Grains.Tracking;
using Platform.Mails;
using Platform.Mails.Pages;
using Platform.Storage.Protection;

namespace Platform.Api.Reader;

/// <summary>The mail itself: read, its files shown as text, saved where the sender lets it.</summary>
internal sealed class ReaderLetters(
    ReaderDoor door, IReaderDesk desk, IProtectedContent content, IReaderReplies replies, IReadTracking tracking, ReaderPlaces places, ReaderPages pages)
{
    private const int MaxShown = 500;

    public Task<IResult> ShowAsync(HttpContext context, string token)
    {
        var isRefresh = context.Request.Query.ContainsKey(ReaderFrame.Again);
        return door.EnterAsync(context, token, visit => visit.HasSession ? OpenAsync(context, visit, isRefresh) : AskAsync(context, visit), isUse: !isRefresh);
    }

    /// <summary>204 while the page may be shown; anything else: it may not.</summary>
    public Task<IResult> StateAsync(HttpContext context, string token) => door.EnterAsync(context, token, visit =>
    {
        ReaderPages.Guard(context, visit.Words, "default-src 'none'");
        return Task.FromResult(visit.HasSession ? Results.NoContent() : Results.StatusCode(StatusCodes.Status403Forbidden));
    }, isUse: false);

    /// <summary>For the frame of the page, which watches over it; opened by itself it would stay after a withdrawal.</summary>
    public Task<IResult> BodyAsync(HttpContext context, string token) => door.ReadAsync(context, token, async visit =>
    {
        if (context.Request.Headers["Sec-Fetch-Dest"].ToString() is not ("" or "iframe"))
            return ReaderDoor.Elsewhere(context, visit, visit.Address);
        return await content.ReadAsync(visit.Mail, context.RequestAborted) is { } letter
            ? await door.StillAsync(context, visit, () => Task.FromResult(ReaderPages.Frame(context, visit.Words, letter.Html ?? "")))
            : await pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status503ServiceUnavailable);
    }, isUse: false);

    public Task<IResult> SaveAsync(HttpContext context, string token, string path) => door.ReadAsync(context, token, async visit =>
    {
        if (visit.Mail.Delivery.ViewOnly)
            return await pages.TellAsync(context, visit.Words, "missing", StatusCodes.Status403Forbidden, visit.Address);
        var opened = await content.OpenAsync(visit.Mail, path, context.RequestAborted);
        if (opened is not ProtectedFile.Opened { File: var file })
            return await NotOpenedAsync(context, visit, opened);
        return await desk.DownloadedAsync(visit.Mail, await places.OfAsync(visit, context.RequestAborted), context.RequestAborted)
            ? ReaderPages.Download(context, visit.Words, ShownText.OnPage(file.File.Name, MaxShown), file.Content.ToArray())
            : ReaderDoor.Elsewhere(context, visit, visit.Address);
    });

    public Task<IResult> TextAsync(HttpContext context, string token, string path) => door.ReadAsync(context, token, async visit =>
        await content.OpenAsync(visit.Mail, path, context.RequestAborted) switch
        {
            ProtectedFile.Opened { File: { Text.Length: > 0 } file } => await door.StillAsync(context, visit, () => pages.ShowAsync<ReaderFilePage>(context, visit.Words, new Dictionary<string, object?>
            {
                [nameof(ReaderFilePage.Address)] = visit.Address,
                [nameof(ReaderFilePage.Name)] = ShownText.OnPage(file.File.Name, MaxShown),
                [nameof(ReaderFilePage.Text)] = file.Text,
                [nameof(ReaderFilePage.ViewOnly)] = visit.Mail.Delivery.ViewOnly,
            })),
            var other => await NotOpenedAsync(context, visit, other),
        },
        isUse: !context.Request.Query.ContainsKey(ReaderFrame.Again));

    private async Task<IResult> OpenAsync(HttpContext context, ReaderVisit visit, bool isRefresh)
    {
        var (mail, stop) = (visit.Mail, context.RequestAborted);
        if (await content.ReadAsync(mail, stop) is not { } letter)
            return await pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status503ServiceUnavailable);
        var outcome = await desk.OpenedAsync(mail, await places.OfAsync(visit, stop), isRefresh, stop);
        if (outcome == ReadingOutcome.Closed)
            return ReaderDoor.Elsewhere(context, visit, visit.Address);
        if (outcome == ReadingOutcome.Noted)
            await tracking.ReaderOpenedAsync(mail.Delivery.TenantId, mail.Delivery.DeliveryId, visit.Source, stop);
        var view = ViewOf(visit, letter) with
        {
            Password = mail.Delivery.IsDangerous ? null : await desk.FilePasswordAsync(mail, stop),
            CanReply = await replies.CanSendAsync(mail, stop),
        };
        return await pages.ShowAsync<ReaderLetterPage>(context, visit.Words, new Dictionary<string, object?> { [nameof(ReaderLetterPage.Letter)] = view });
    }

    private Task<IResult> NotOpenedAsync(HttpContext context, ReaderVisit visit, ProtectedFile file) => file switch
    {
        ProtectedFile.NotNow => pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status503ServiceUnavailable, visit.Address),
        // The page of the mail says why.
        ProtectedFile.Dangerous => Task.FromResult(ReaderDoor.Elsewhere(context, visit, visit.Address)),
        _ => pages.TellAsync(context, visit.Words, "missing", StatusCodes.Status404NotFound, visit.Address),
    };

    private Task<IResult> AskAsync(HttpContext context, ReaderVisit visit) => pages.ShowAsync<ReaderAskPage>(context, visit.Words, new Dictionary<string, object?>
    {
        [nameof(ReaderAskPage.Address)] = visit.Address,
        [nameof(ReaderAskPage.From)] = ShownText.OnPage(visit.Mail.From),
        [nameof(ReaderAskPage.Recipient)] = ReaderEntry.Hidden(visit.Mail.Delivery.Recipient),
        [nameof(ReaderAskPage.HasCode)] = ReaderEntry.HasCode(context),
    });

    private static LetterPageView ViewOf(ReaderVisit visit, Letter letter)
    {
        var (words, delivery) = (visit.Words, visit.Mail.Delivery);
        var isWhole = delivery.Extent == ProtectedExtent.Mail;
        List<(string, string)> facts = [(words["reader.from"], letter.From is { } from ? Shown(from) : ShownText.OnPage(visit.Mail.From))];
        if (letter.To.Count > 0)
            facts.Add((words["reader.to"], string.Join(", ", letter.To.Select(Shown))));
        if (letter.Cc.Count > 0)
            facts.Add((words["reader.cc"], string.Join(", ", letter.Cc.Select(Shown))));
        facts.Add((words["reader.date"], words.Moment(visit.Mail.SentAt, TimeZoneInfo.Utc)));
        facts.Add((words["reader.until"], words.Moment(delivery.ExpiresAt, TimeZoneInfo.Utc)));
        return new LetterPageView(
            visit.Address,
            ShownText.OnPage(letter.Subject, MaxShown),
            facts,
            letter.Html is not null,
            isWhole ? letter.Text : null,
            [.. letter.Files.Where(file => !(isWhole && file.IsShown && letter.Html is not null)).Select(file => new LetterFileView(
                ShownText.OnPage(file.Name, MaxShown),
                Size(file.Size),
                delivery.ViewOnly || delivery.IsDangerous ? null : $"{visit.Address}/file/{file.Path}",
                file.HasText && !delivery.IsDangerous ? $"{visit.Address}/text/{file.Path}" : null))],
            delivery.ViewOnly,
            delivery.IsDangerous);
    }

    private static string Shown(MailAddress address) => ShownText.OnPage(address.Name.Length > 0 ? $"{address.Name} <{address.Address}>" : address.Address);

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };
}
