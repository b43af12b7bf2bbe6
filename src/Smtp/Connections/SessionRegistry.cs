using System.Net;
using System.Net.Sockets;

namespace Platform.Smtp.Connections;

/// <summary>
/// The sessions of one listener: how many there are, in all and by client, and which have let their deadline pass.
/// One timer for all of them, since re-arming a timer for every line of every session costs more than the lines do.
/// </summary>
internal sealed class SessionRegistry : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly int _max;
    private readonly int _maxPerAddress;
    private readonly ITimer _sweep;
    private readonly Lock _lock = new();
    private readonly HashSet<IDeadline> _sessions = [];
    private readonly Dictionary<IPAddress, int> _byAddress = [];

    public SessionRegistry(TimeProvider time, int max, int maxPerAddress)
    {
        _time = time;
        _max = max;
        _maxPerAddress = maxPerAddress;
        _sweep = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _sessions.Count;
        }
    }

    /// <summary>False when the listener is full. Every session that entered must <see cref="Leave"/>.</summary>
    public bool TryEnter(IDeadline session)
    {
        lock (_lock)
        {
            if (_sessions.Count >= _max)
                return false;
            _sessions.Add(session);
            if (_sessions.Count == 1)
                _sweep.Change(SweepEvery, SweepEvery);
            return true;
        }
    }

    public void Leave(IDeadline session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
            if (_sessions.Count == 0)
                _sweep.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>False when that client has its share. Every claim that succeeded must be <see cref="Release"/>d.</summary>
    public bool TryClaim(IPAddress address)
    {
        var client = ClientOf(address);
        lock (_lock)
        {
            var count = _byAddress.GetValueOrDefault(client);
            if (count >= _maxPerAddress)
                return false;
            _byAddress[client] = count + 1;
            return true;
        }
    }

    public void Release(IPAddress address)
    {
        var client = ClientOf(address);
        lock (_lock)
        {
            var count = _byAddress.GetValueOrDefault(client);
            if (count > 1)
                _byAddress[client] = count - 1;
            else
                _byAddress.Remove(client);
        }
    }

    public void Dispose() => _sweep.Dispose();

    /// <summary>An IPv6 client commonly has a whole /64 to itself and would otherwise have 2^64 shares.</summary>
    private static IPAddress ClientOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        octets[8..].Clear();
        return new IPAddress(octets);
    }

    private void Sweep()
    {
        IDeadline[] sessions;
        lock (_lock)
            sessions = [.. _sessions];
        var now = _time.GetTimestamp();
        foreach (var session in sessions)
            if (session.Deadline < now)
                session.Expire();
    }
}

/// <summary>Something that must get on before its deadline.</summary>
internal interface IDeadline
{
    /// <summary>By <see cref="TimeProvider.GetTimestamp"/>; read from the timer's thread.</summary>
    long Deadline { get; }

    /// <summary>Called from the timer's thread, again on each sweep while the deadline stays in the past.</summary>
    void Expire();
}
