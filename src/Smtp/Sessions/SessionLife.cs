using Platform.Smtp.Connections;

namespace Platform.Smtp.Sessions;

/// <summary>How long a session may go on: its deadline, the wish to stop, and the token that ends the handler's calls.</summary>
/// <param name="interrupt">Wakes the session's reading, and its writing too when the argument is true.</param>
/// <param name="abort">Cuts the connection.</param>
internal sealed class SessionLife(TimeProvider time, Action<bool> interrupt, Action abort) : IDeadline, IDisposable
{
    private static readonly TimeSpan ClosingGrace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _cancellation = new();
    private long _deadline = long.MaxValue;
    private long _transactionEnd = long.MaxValue;
    private volatile bool _isExpired;
    private volatile bool _isStopping;

    /// <summary>Cancelled when the deadline passes and when the connection is cut while the host stops.</summary>
    public CancellationToken Token => _cancellation.Token;

    public bool IsExpired => _isExpired;

    public bool IsStopping => _isStopping;

    public long Deadline => Volatile.Read(ref _deadline);

    /// <summary>The next wait for the client may take this long, within what is left of the transaction.</summary>
    public void Arm(TimeSpan wait) => SetDeadline(Math.Min(In(wait), _transactionEnd));

    /// <summary>The next call of the handler may take this long; its time is not charged to the client.</summary>
    public void ArmForHandler(TimeSpan wait) => SetDeadline(In(wait));

    public void BeginTransaction(TimeSpan atMost) => _transactionEnd = In(atMost);

    public void EndTransaction() => _transactionEnd = long.MaxValue;

    /// <summary>The host stops: an idle session ends now, one with a message under way after it.</summary>
    public void RequestStop()
    {
        _isStopping = true;
        interrupt(false);
    }

    /// <summary>The connection is gone. A client may close its side early and still want its answers, so only a stopping host gives up its work.</summary>
    public void ConnectionClosed()
    {
        if (_isStopping)
            _ = _cancellation.CancelAsync();
    }

    public void Expire()
    {
        if (_isExpired)
        {
            abort();
            return;
        }

        SetDeadline(In(ClosingGrace));
        _isExpired = true;
        try
        {
            _ = _cancellation.CancelAsync();
            interrupt(true);
        }
        catch (ObjectDisposedException)
        {
            // The session ended between the sweep's look and this call: what should be stopped has stopped.
        }
    }

    public void Dispose() => _cancellation.Dispose();

    private long In(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);

    private void SetDeadline(long deadline)
    {
        if (!_isExpired)
            Volatile.Write(ref _deadline, deadline);
    }
}
