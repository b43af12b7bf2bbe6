using System.Text.Json;

namespace Platform.Benchmarks.Tenants.Feed;

/// <summary>What a puller has, against what was told.</summary>
internal sealed record FeedVerdict(long Told, long Taken, long Gaps, long Doubles, long OutOfOrder)
{
    public long Faults => Gaps + Doubles + OutOfOrder;

    public string Summary => $"{Taken} of {Told} events, gaps {Gaps}, doubles {Doubles}, out of order {OutOfOrder}";

    /// <summary>Reads a file of events, one a line.</summary>
    public static async Task<FeedVerdict> OfAsync(string file, long told, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            using var json = JsonDocument.Parse(line);
            tally.Add(json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("sequence").GetInt64());
        }

        return tally.Judge(told);
    }

    /// <summary>Numbers and ids as they come.</summary>
    internal sealed class Tally
    {
        private readonly HashSet<string> ids = [];
        private readonly HashSet<long> numbers = [];
        private long last;
        private long taken;
        private long doubles;
        private long outOfOrder;

        public void Add(string id, long sequence)
        {
            taken++;
            if (!ids.Add(id))
                doubles++;
            numbers.Add(sequence);
            if (sequence <= last)
                outOfOrder++;
            last = sequence;
        }

        /// <summary>Whatever number from 1 to the last told is not there is a gap; a number beyond it was never told, and counts as one too.</summary>
        public FeedVerdict Judge(long told) => new(told, taken, told - numbers.Count(n => n <= told) + numbers.Count(n => n > told), doubles, outOfOrder);
    }
}
