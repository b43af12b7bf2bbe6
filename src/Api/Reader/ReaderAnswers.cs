using Platform.Grains.Protection;
using Platform.Mails;
using Platform.Mails.Pages;
using Platform.Storage.Protection;

namespace Platform.Api.Reader;

/// <summary>Answers to a protected mail from within the reader.</summary>
internal sealed class ReaderAnswers(ReaderDoor door, IReaderReplies replies, ReaderPlaces places, ReaderPages pages)
{
    /// <summary>Of a whole request: files, text and what a form adds.</summary>
    public const long MaxRequestBytes = ReaderReply.MaxBytes + 1_000_000;
    private const int Megabytes = ReaderReply.MaxBytes / 1_000_000;

    public Task<IResult> AskAsync(HttpContext context, string token) => door.ReadAsync(context, token, async visit =>
        await replies.CanSendAsync(visit.Mail, context.RequestAborted)
            ? await FormAsync(context, visit, "", null)
            : await pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status409Conflict, visit.Address));

    public Task<IResult> SendAsync(HttpContext context, string token) => door.ReadAsync(context, token, async visit =>
    {
        if (!context.Request.HasFormContentType)
            return await FormAsync(context, visit, "", visit.Words["reader.reply.empty"]);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var text = form["text"].ToString();
        var files = form.Files.Where(file => file.Length > 0).ToList();
        if (string.IsNullOrWhiteSpace(text) && files.Count == 0)
            return await FormAsync(context, visit, "", visit.Words["reader.reply.empty"]);
        if (text.Length > ReaderReply.MaxText || files.Count > ReaderReply.MaxFiles || files.Sum(file => file.Length) > ReaderReply.MaxBytes)
            return await FormAsync(context, visit, text, visit.Words.Format("reader.reply.large", Megabytes, ReaderReply.MaxFiles));
        List<(string, ReadOnlyMemory<byte>)> taken = [];
        foreach (var file in files)
        {
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, context.RequestAborted);
            taken.Add((file.FileName, bytes.ToArray()));
        }

        return await replies.SendAsync(visit.Mail, new ReaderReply(text, taken), await places.OfAsync(visit, context.RequestAborted), context.RequestAborted) switch
        {
            ReplyOutcome.Taken => await pages.TellAsync(context, visit.Words, "replied", StatusCodes.Status200OK, visit.Address, ShownText.OnPage(visit.Mail.From)),
            ReplyOutcome.TooMany => await FormAsync(context, visit, text, visit.Words["reader.reply.many"], StatusCodes.Status429TooManyRequests),
            ReplyOutcome.Closed => ReaderDoor.Elsewhere(context, visit, visit.Address),
            _ => await pages.TellAsync(context, visit.Words, "failed", StatusCodes.Status409Conflict, visit.Address),
        };
    });

    private Task<IResult> FormAsync(HttpContext context, ReaderVisit visit, string text, string? error, int? status = null) => pages.ShowAsync<ReaderReplyPage>(
        context,
        visit.Words,
        new Dictionary<string, object?>
        {
            [nameof(ReaderReplyPage.Address)] = visit.Address,
            [nameof(ReaderReplyPage.To)] = ShownText.OnPage(visit.Mail.From),
            [nameof(ReaderReplyPage.Megabytes)] = Megabytes,
            [nameof(ReaderReplyPage.Text)] = text,
            [nameof(ReaderReplyPage.Error)] = error,
        },
        status ?? (error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest));
}
