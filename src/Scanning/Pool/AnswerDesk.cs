using System.Collections.Concurrent;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Pool;

/// <summary>
/// Answers the questions to DNS of one scanner process. Who asks is the thread that owns the process and has nothing else to do:
/// it sleeps until the answer is handed over by whichever thread the resolver ended on.
/// </summary>
internal sealed class AnswerDesk(IDnsResolver? resolver, TimeProvider time) : IDisposable
{
    private readonly BlockingCollection<DnsExchange> _handOver = new(1);

    /// <summary>For one scan.</summary>
    /// <returns>Null when there is nobody to ask: then the child must not.</returns>
    public Session? Open(ScanLimits limits) => resolver is null ? null : new Session(this, resolver, limits, time);

    public void Dispose() => _handOver.Dispose();

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
