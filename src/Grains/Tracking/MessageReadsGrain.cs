using Microsoft.Extensions.DependencyInjection;
using Platform.Engine.Tracking;
using Platform.Grains.Hosting;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

[GrainType("message-reads")]
internal sealed class MessageReadsGrain(IReadLedger ledger, [FromKeyedServices(SiloHosting.GrainClock)] TimeProvider time) : Grain, IMessageReadsGrain
{
    /// <summary>The same is asked for again by proxies and by programs that draw a mail anew.</summary>
    private static readonly TimeSpan s_same = TimeSpan.FromMinutes(1);

    /// <summary>Opens are graded late when there are many; what is remembered outlasts that.</summary>
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    private const int MaxRemembered = 1_000;
    private const int MaxTries = 5;

    private List<CountedOpen> _counted = [];
    private long? _version;

    public async Task<bool> CountAsync(GradedRead read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var open = new CountedOpen(read.Id, read.DeliveryId, read.At, read.Part, read.NetworkKey, read.AgentKey);
        for (var attempt = 1; ; attempt++)
        {
            if (_version is null && !await ReadAsync())
                return false;
            try
            {
                return await CountAsync(read, open);
            }
            catch (StaleReadsException) when (attempt < MaxTries)
            {
                _version = null;
            }
            catch
            {
                // Whether it was written is not known: the rows say.
                _version = null;
                throw;
            }
        }
    }

    private async Task<bool> CountAsync(GradedRead read, CountedOpen open)
    {
        var (tenant, message) = MessageReadsKey.Parse(this.GetPrimaryKeyString());
        if (_counted.Exists(counted => counted.Id == open.Id))
            return true;
        if (_counted.Exists(counted => IsSame(counted, open)))
        {
            await ledger.DropAsync(tenant, message, _version!.Value, open.Id, CancellationToken.None);
            _version++;
            return false;
        }

        var agent = new Agent(AgentKind.Other, read.Family, read.System, read.Device);
        await ledger.CountAsync(tenant, message, _version!.Value, new OpenToCount(open, read.Grade, read.Reason, read.Country, read.Region, read.Network, agent), CancellationToken.None);
        _version++;
        _counted.Add(open);
        if (_counted.Count > MaxRemembered)
            _counted.RemoveRange(0, MaxRemembered / 2);
        return true;
    }

    /// <returns>False: nothing of the message is tracked any more.</returns>
    private async Task<bool> ReadAsync()
    {
        var (tenant, message) = MessageReadsKey.Parse(this.GetPrimaryKeyString());
        if (await ledger.OpenAsync(tenant, message, time.GetUtcNow() - s_remembered, CancellationToken.None) is not { } history)
            return false;
        (_version, _counted) = (history.Version, [.. history.Counted]);
        return true;
    }

    private static bool IsSame(CountedOpen one, CountedOpen other) =>
        one.DeliveryId == other.DeliveryId && one.Part == other.Part && one.NetworkKey == other.NetworkKey && one.AgentKey == other.AgentKey && (one.At - other.At).Duration() < s_same;
}
