using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Load;

/// <summary>How a load is to be made.</summary>
/// <param name="Rate">Mails a second over all connections; null for as fast as the server takes them.</param>
internal sealed record LoadPlan(IPEndPoint Server, int Connections, bool KeepConnections = true, double? Rate = null)
{
    /// <summary>Null: as servers send to servers.</summary>
    public SmtpLogin? Login { get; init; }

    /// <summary>Called as each attempt ends, from many threads.</summary>
    public Action<SendRecord>? Ended { get; init; }
}

/// <summary>
/// Sends a stream of mails over N connections and keeps a record of every attempt. Commands are pipelined; a mail that was
/// refused for the moment (4xx, 421 at a session's limit) or that met a lost connection is sent again, as a mail server would.
/// </summary>
internal sealed class LoadGenerator(LoadPlan plan)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);
    private const int MaxAttempts = 200;

    private readonly ConcurrentQueue<SendRecord> records = new();
    private long next = -1;

    /// <summary>Mail number i is <paramref name="mails"/>(i). Ends after <paramref name="count"/> mails, or when <paramref name="stop"/> is cancelled:
    /// then each connection ends what it has under way.</summary>
    /// <returns>Every attempt, in the order in which they ended.</returns>
    public async Task<LoadResult> RunAsync(int count, Func<int, OutgoingMail> mails, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(_ => Task.Run(() => ConnectionAsync(start, count, mails, stop), CancellationToken.None)));
        return new LoadResult([.. records], TimeProvider.System.GetElapsedTime(start));
    }

    private async Task ConnectionAsync(long start, int count, Func<int, OutgoingMail> mails, CancellationToken stop)
    {
        await using var sender = new SmtpSender(plan.Server, plan.KeepConnections, login: plan.Login);
        while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < count)
        {
            if (plan.Rate is { } rate && !await WaitUntilAsync(start, TimeSpan.FromSeconds(i / rate), stop))
                return;
            await SendUntilDecidedAsync(sender, mails((int)i), stop);
        }
    }

    private async Task SendUntilDecidedAsync(SmtpSender sender, OutgoingMail mail, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A mail under way is always ended: whether it was answered must be known.
            var record = await sender.SendAsync(mail, CancellationToken.None);
            records.Enqueue(record);
            plan.Ended?.Invoke(record);
            var decided = record.Outcome == SendOutcome.Accepted || (record.Outcome == SendOutcome.Refused && record.Code >= 500);
            if (decided || attempt == MaxAttempts || stop.IsCancellationRequested)
                return;
            if (!(record.Outcome == SendOutcome.Refused && record.Code == 421) && !await WaitUntilAsync(TimeProvider.System.GetTimestamp(), AgainAfter, stop))
                return;
        }
    }

    private static async Task<bool> WaitUntilAsync(long start, TimeSpan due, CancellationToken stop)
    {
        var wait = due - TimeProvider.System.GetElapsedTime(start);
        if (wait <= TimeSpan.Zero)
            return true;
        try
        {
            await Task.Delay(wait, TimeProvider.System, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Whether anything listens there.</summary>
    public static async Task<bool> ListensAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            await using var wire = await SmtpWire.ConnectAsync(server, cancellationToken);
            return (await wire.ReadReplyAsync(cancellationToken)).Code == 220;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }
}

/// <summary>All attempts of one load.</summary>
internal sealed record LoadResult(IReadOnlyList<SendRecord> Records, TimeSpan Elapsed)
{
    public IEnumerable<OutgoingMail> Accepted => Records.Where(r => r.Outcome == SendOutcome.Accepted).Select(r => r.Mail);

    public int AcceptedCount => Records.Count(r => r.Outcome == SendOutcome.Accepted);

    public double AcceptedPerSecond => AcceptedCount / Elapsed.TotalSeconds;

    /// <summary>Replies by code, for a person to read: <c>250: 198, 452: 2</c>.</summary>
    public string Summary => string.Join(", ", Records
        .GroupBy(r => r.Code == 0 ? r.Outcome.ToString() : r.Code.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{g.Key}: {g.Count()}"));
}
