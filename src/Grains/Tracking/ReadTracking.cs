using Platform.Engine.Tracking;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

internal sealed class ReadTracking(IReadTokens tokens, IOpenKeys keys, IReadStore store, IRecipientDirectory directory, IPolicyBook policies, OpenQueue queue, TimeProvider time) : IReadTracking
{
    /// <summary>Until then it is seen what else happens around an open.</summary>
    private static readonly TimeSpan s_gradedAfter = OpenCompany.Moment * 2;

    public void Note(string token, OpenTarget target, string part, OpenSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part.Length, IReadStore.MaxPart);
        if (tokens.Read(token) is { } delivery)
            queue.TryAdd(OpenOf(delivery, target, part, source, s_gradedAfter));
    }

    public async Task ReaderOpenedAsync(Guid tenantId, Guid deliveryId, OpenSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (await directory.FindTenantAsync(tenantId, cancellationToken) is not { } tenant || await store.FindAsync(tenantId, deliveryId, cancellationToken) is not { } delivery)
            return;
        var policy = (await policies.OfAsync(tenant, cancellationToken)).OfMailbox(delivery.SenderMailboxId);
        await store.TrackedAsync(new NewTracked(tenantId, deliveryId, policy.TrackedPlaceOf()) { IsReading = true }, cancellationToken);
        await store.NoteAsync([OpenOf(deliveryId, OpenTarget.Reader, "", source, TimeSpan.Zero)], cancellationToken);
    }

    private NewOpen OpenOf(Guid delivery, OpenTarget target, string part, OpenSource source, TimeSpan gradedAfter)
    {
        var facts = new OpenFacts(source.Request, NetworkKinds.Of(source.Address, source.Place), source.Place?.Country, source.Place?.Region, source.Place?.Network);
        return new NewOpen(delivery, time.GetUtcNow(), target, part, facts, keys.OfNetwork(source.Address), keys.OfAgent(source.Request.Agent), gradedAfter);
    }
}
