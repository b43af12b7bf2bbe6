using System.Text.Json;
using Platform.Engine.Feeds;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost;

/// <summary>Asks antivirus, feeds and lists through the pool, which holds the message already and has the network that this process lacks.</summary>
internal sealed class PoolFeeds(Stream input, Stream output) : IFeeds
{
    /// <exception cref="IOException">The pool is gone.</exception>
    public ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Frame.Write(output, JsonSerializer.SerializeToUtf8Bytes(new ResponseHeader { FeedQuestions = questions }, ScannerJson.Default.ResponseHeader), []);
        var frame = Frame.Read(input, maxBodyBytes: 0) ?? throw new EndOfStreamException("The pool is gone.");
        return ValueTask.FromResult(JsonSerializer.Deserialize(frame.Header, ScannerJson.Default.FeedAnswers) ?? throw new InvalidDataException("The answer is empty."));
    }
}
