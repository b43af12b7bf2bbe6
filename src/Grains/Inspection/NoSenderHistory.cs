using Platform.Engine;

namespace Platform.Grains.Inspection;

/// <summary>Where no history is kept: first contact is then never a sign.</summary>
internal sealed class NoSenderHistory : ISenderHistory
{
    public Task<History> OfAsync(Guid tenantId, Guid? mailboxId, string sender, CancellationToken cancellationToken) =>
        Task.FromResult(History.Unknown);

    public Task RecordAsync(SenderSighting sighting, CancellationToken cancellationToken) => Task.CompletedTask;
}
