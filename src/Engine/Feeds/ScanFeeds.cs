using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Feeds;

/// <summary>Asks for one scan: from what an earlier one was told, or everybody there is.</summary>
/// <param name="feeds">Null: nobody is set up.</param>
/// <param name="files">Null: no patterns are set up.</param>
internal sealed class ScanFeeds(IFeeds? feeds, IFileScanner? files)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<FeedAnswers> RunAsync(ScanRequest request, MailMessage message, Origin origin, CancellationToken cancellationToken)
    {
        if (request.Context.Feeds is { } snapshot)
            return snapshot;
        var asked = request.Feeds ?? feeds;
        if (asked is null && files is null && request.Entries is null)
            return FeedAnswers.Empty;
        var questions = MessageQuestions.Of(message, request.Envelope, origin);
        var answers = asked is null ? FeedAnswers.Empty : await asked.AskAsync(questions, message.Raw, cancellationToken).ConfigureAwait(false);
        if (files is not null)
            answers = answers.With(files.Scan(message.Attachments, cancellationToken));
        if (request.Entries is { } entries)
            answers = answers with { Entries = entries.Match(questions, request.Context.Now) };
        return answers;
    }

    /// <summary>What stands among the things that were not asked: a kind of which nobody answered, and each source that gave none.</summary>
    public static IEnumerable<string> Unasked(FeedAnswers? answers)
    {
        var sources = answers?.Sources ?? [];
        if (!sources.Any(source => source.Kind is SourceKind.List or SourceKind.DnsList && Answered(source)))
            yield return "feeds";
        if (!sources.Any(source => source.Kind == SourceKind.Antivirus && Answered(source)))
            yield return "antivirus";
        foreach (var source in sources)
            if (!Answered(source))
                yield return $"source:{source.Name}";
    }

    private static bool Answered(SourceStatus source) => source.Outcome is SourceOutcome.Hit or SourceOutcome.NoHit;
}
