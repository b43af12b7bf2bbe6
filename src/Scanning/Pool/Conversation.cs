using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Pool;

/// <summary>What is said over the pipes of one scanner process, on its own thread: a request, the child's questions, its response.</summary>
internal sealed class Conversation(Stream input, Stream output, AnswerDesk desk)
{
    /// <exception cref="InvalidDataException">The child broke the protocol.</exception>
    /// <exception cref="EndOfStreamException">The child ended.</exception>
    /// <exception cref="OperationCanceledException">The child is being ended.</exception>
    public Answer Speak(RequestHeader request, ReadOnlyMemory<byte> body, CancellationToken ending)
    {
        Frame.Write(input, JsonSerializer.SerializeToUtf8Bytes(request, ScannerJson.Default.RequestHeader), body.Span);
        var questions = MayAsk(request) ? desk.Open(request.Limits ?? ScanLimits.Default) : null;
        FeedAnswers? known = null;
        while (true)
        {
            var frame = Frame.Read(output, request.MaxBodyBytes(body.Length)) ?? throw new EndOfStreamException("it ended instead of answering");
            var response = JsonSerializer.Deserialize(frame.Header, ScannerJson.Default.ResponseHeader) ?? throw new InvalidDataException("the answer is empty");
            if (response.FeedQuestions is { } asked)
            {
                if (!request.MayAskFeeds || known is not null || frame.Body.Length > 0)
                    throw new InvalidDataException("a question to feeds where there is none to be");
                known = desk.Answer(asked, request, body, ending);
                Frame.Write(input, JsonSerializer.SerializeToUtf8Bytes(known, ScannerJson.Default.FeedAnswers), []);
                continue;
            }

            if (response.Question is not { } question)
                return new Answer(WithAnswers(response, questions?.Answered, request.Context?.Feeds ?? known), frame.Body);
            if (questions is null || frame.Header.Length > DnsQuestion.MaxFrameBytes || frame.Body.Length > 0)
                throw new InvalidDataException("a question where there is none to be");
            var exchange = questions.Answer(question, ending);
            Frame.Write(input, JsonSerializer.SerializeToUtf8Bytes(exchange, ScannerJson.Default.DnsExchange), []);
        }
    }

    private static bool MayAsk(RequestHeader request) => request is { Operation: Operation.Scan, Context.Dns: null };

    /// <summary>What was answered is told by the pool, which knows; the child might say anything. Only its own patterns are its to tell of.</summary>
    private static ResponseHeader WithAnswers(ResponseHeader response, DnsSnapshot? dns, FeedAnswers? known)
    {
        if (response is not { Verdict: { } verdict })
            return response;
        var answers = known ?? FeedAnswers.Empty;
        if (response.Found is { } found && !answers.Sources.Any(source => source.Kind == SourceKind.Yara))
            answers = answers.With(PatternsOf(found));
        return response with { Verdict = verdict with { Dns = dns, Feeds = answers, Sources = answers.Sources } };
    }

    private static FeedAnswers PatternsOf(FeedAnswers found) => new FeedAnswers(
        [.. (found.Sources ?? []).Where(source => source?.Kind == SourceKind.Yara)],
        [.. (found.Hits ?? []).Where(hit => hit?.Kind is HitKind.Rule or HitKind.MalwareRule)]).Bounded();
}
