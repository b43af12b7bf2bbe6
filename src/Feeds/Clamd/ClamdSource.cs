using System.Globalization;
using Platform.Engine.Feeds;

namespace Platform.Feeds.Clamd;

/// <summary>The whole message, scanned by clamd, which unpacks mail and archives by itself.</summary>
/// <param name="maxBytes">clamd's StreamMaxLength: what is longer is not sent.</param>
internal sealed class ClamdSource(ClamdClient client, long maxBytes) : IFeedSource, IDisposable
{
    public const string SourceName = "clamd";

    public string Name => SourceName;

    public SourceKind Kind => SourceKind.Antivirus;

    // A Unix socket or a loopback address is a network to whoever promises that no packet leaves.
    public bool NeedsNetwork => true;

    public async ValueTask<SourceAnswer> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (message.Length > maxBytes)
            return SourceAnswer.NotAsked(string.Create(CultureInfo.InvariantCulture, $"the message is longer than {maxBytes} bytes"));
        var reply = await client.ScanAsync(message, cancellationToken).ConfigureAwait(false);
        return reply.Result switch
        {
            ClamdResult.Clean => SourceAnswer.Of([]),
            ClamdResult.TooLarge => SourceAnswer.NotAsked(reply.Text),
            // clamd gave up on a part: no sign of malware, but not the word that there is none.
            ClamdResult.Found when reply.Text.StartsWith("Heuristics.Limits.", StringComparison.Ordinal) => SourceAnswer.Of([], $"not scanned to the end: {reply.Text}"),
            ClamdResult.Found => SourceAnswer.Of([new FeedHit(SourceName, KindOf(reply.Text), "", reply.Text, "")]),
            _ => throw new FeedException(reply.Text),
        };
    }

    public void Dispose() => client.Dispose();

    private static HitKind KindOf(string signature) =>
        signature.StartsWith("Heuristics.", StringComparison.Ordinal) || signature.StartsWith("PUA.", StringComparison.Ordinal) ? HitKind.Suspicion : HitKind.Malware;
}
