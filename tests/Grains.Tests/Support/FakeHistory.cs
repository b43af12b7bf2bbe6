using System.Threading.Channels;
using Platform.Engine;
using Platform.Grains.Inspection;

namespace Platform.Grains.Tests.Support;

internal sealed class FakeHistory : ISenderHistory
{
    public Func<Task<History>> Answer { get; set; } = () => Task.FromResult(History.Unknown with { Known = true, MessagesFromSender = 7 });

    public Channel<SenderSighting> Recorded { get; } = Channel.CreateUnbounded<SenderSighting>();

    public Task<History> OfAsync(Guid tenantId, Guid? mailboxId, string sender, CancellationToken cancellationToken) => Answer();

    public Task RecordAsync(SenderSighting sighting, CancellationToken cancellationToken) => Recorded.Writer.WriteAsync(sighting, cancellationToken).AsTask();
}
