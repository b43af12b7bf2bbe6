namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// The questions of one message: so many, and so long (RFC 7208, 4.6.4, 11.1: what a sender may make us ask). Beyond it every
/// question ends as <see cref="DnsStatus.NotAsked"/>, and one under way when time is up as <see cref="DnsStatus.TimedOut"/>.
/// Time runs from when this is made. One a message.
/// </summary>
/// <param name="maxQuestions">From 0.</param>
/// <param name="time">For all of them together; RFC 7208, 4.6.4 asks for 20 seconds at least.</param>
public sealed class BudgetedResolver(IDnsResolver inner, int maxQuestions, TimeSpan time, TimeProvider clock) : IDnsResolver
{
    private readonly long _started = clock.GetTimestamp();
    private int _asked;

    /// <summary>Questions so far (RFC 7208, 4.6.4), those that were not asked included.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The answer of the resolver behind, within the budget (RFC 7208, 4.6.4).</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var left = time - clock.GetElapsedTime(_started);
        if (Interlocked.Increment(ref _asked) > maxQuestions || left <= TimeSpan.Zero)
            return DnsAnswer.NotAsked;
        using var end = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await inner.QueryAsync(name, type, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DnsAnswer(DnsStatus.TimedOut, []);
        }
    }
}
