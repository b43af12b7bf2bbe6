using System.Threading.Channels;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>
/// Opens between the answer and the rows. Whoever has a token, or many, fills neither memory nor tables: of one delivery, and of one network,
/// so many a minute are taken, and of the same asked for again within the minute one.
/// </summary>
internal sealed class OpenQueue(TimeProvider time)
{
    public const int PerDelivery = 20;

    /// <summary>A proxy asks for many people.</summary>
    public const int PerNetwork = 3_000;

    private const int Room = 5_000;
    private const int MaxCounted = 50_000;

    private readonly Channel<NewOpen> _opens = Channel.CreateBounded<NewOpen>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly Lock _lock = new();
    private readonly HashSet<(Guid Delivery, string Part, string Network, string Agent, bool IsHead)> _seen = [];
    private readonly Dictionary<Guid, int> _deliveries = [];
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);
    private long _minute;

    public ChannelReader<NewOpen> Reader => _opens.Reader;

    /// <returns>False: it is passed over.</returns>
    public bool TryAdd(NewOpen open) => IsWithinBounds(open) && _opens.Writer.TryWrite(open);

    private bool IsWithinBounds(NewOpen open)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_lock)
        {
            if (minute != _minute)
            {
                _minute = minute;
                _seen.Clear();
                _deliveries.Clear();
                _networks.Clear();
            }

            var deliveries = _deliveries.GetValueOrDefault(open.DeliveryId);
            var networks = _networks.GetValueOrDefault(open.NetworkKey);
            if (deliveries >= PerDelivery || networks >= PerNetwork || _seen.Count >= MaxCounted || !_seen.Add((open.DeliveryId, open.Part, open.NetworkKey, open.AgentKey, open.Facts.Request.IsHead)))
                return false;
            _deliveries[open.DeliveryId] = deliveries + 1;
            _networks[open.NetworkKey] = networks + 1;
            return true;
        }
    }
}
