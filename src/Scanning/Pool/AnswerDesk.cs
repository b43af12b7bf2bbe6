using System.Collections.Concurrent;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Pool;

/// <summary>
/// Answers the questions of one scanner process: to DNS, and to antivirus, feeds and lists. Who asks is the thread that owns the process and has nothing else to do:
/// it sleeps until the answer is handed over by whichever thread the resolver ended on.
/// </summary>
internal sealed class AnswerDesk(IDnsResolver? resolver, TimeProvider time) : IDisposable
{
    private readonly BlockingCollection<DnsExchange> _handOver = new(1);
    private readonly BlockingCollection<FeedAnswers> _known = new(1);

    /// <summary>For one scan.</summary>
    /// <returns>Null when there is nobody to ask: then the child must not.</returns>
    public Session? Open(ScanLimits limits) => resolver is null ? null : new Session(this, resolver, limits, time);

    /// <exception cref="InvalidDataException">No questions that a child of ours would ask.</exception>
    /// <exception cref="OperationCanceledException">The process is being ended.</exception>
    public FeedAnswers Answer(FeedQuestions questions, RequestHeader request, ReadOnlyMemory<byte> message, CancellationToken ending)
    {
        if (questions is not { Files: not null, Urls: not null, Hosts: not null, Senders: not null, IsBounded: true })
            throw new InvalidDataException("questions to feeds that are none");
        var answers = FeedAnswers.Empty;
        if (request.Feeds is { } feeds)
        {
            _ = AskAsync(questions, feeds, message, ending);
            answers = _known.Take(ending);
        }

        return request is { Entries: { } entries, Context: { } context } ? answers with { Entries = entries.Match(questions, context.Now) } : answers;
    }

    public void Dispose()
    {
        _handOver.Dispose();
        _known.Dispose();
    }

    private async Task AskAsync(FeedQuestions questions, IFeeds feeds, ReadOnlyMemory<byte> message, CancellationToken ending)
    {
        FeedAnswers answers;
        try
        {
            answers = await feeds.AskAsync(questions, message, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }
        catch (Exception)
        {
            // As below: they do not throw; where they do, the message goes on.
            answers = FeedAnswers.Empty;
        }

        try
        {
            _known.Add(answers, ending);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The process was ended meanwhile: nobody waits.
        }
    }

    private async Task AskAsync(DnsQuestion question, IDnsResolver of, CancellationToken ending)
    {
        DnsAnswer answer;
        try
        {
            answer = await of.QueryAsync(question.Name, question.Type, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }
        catch (Exception)
        {
            // A resolver does not throw; one that does must not cost the message.
            answer = new DnsAnswer(DnsStatus.ServerFailure, []);
        }

        try
        {
            _handOver.Add(DnsExchange.Of(question.Name, question.Type, answer), ending);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The process was ended meanwhile: nobody waits.
        }
    }

    /// <summary>The questions of one scan, within its limits. Time runs from the first.</summary>
    internal sealed class Session(AnswerDesk desk, IDnsResolver resolver, ScanLimits limits, TimeProvider time)
    {
        private RecordingResolver? _asked;
        private int _count;

        public DnsSnapshot Answered => _asked?.Snapshot ?? DnsSnapshot.Empty;

        /// <exception cref="InvalidDataException">No question that a child of ours would ask, or one too many.</exception>
        /// <exception cref="OperationCanceledException">The process is being ended.</exception>
        public DnsExchange Answer(DnsQuestion question, CancellationToken ending)
        {
            if (++_count > limits.MaxDnsQuestions)
                throw new InvalidDataException("more questions than it may ask");
            if (!DnsName.IsName(question.Name) || !Enum.IsDefined(question.Type))
                throw new InvalidDataException("a question that is none");
            _asked ??= new RecordingResolver(new BudgetedResolver(resolver, limits.MaxDnsQuestions, limits.MaxDnsTime, time));
            _ = desk.AskAsync(question, _asked, ending);
            return desk._handOver.Take(ending);
        }
    }
}
