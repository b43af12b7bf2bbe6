using System.Net;
using Platform.Engine.Intelligence;
using Platform.Engine.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>Takes note of opens (OUT9). Grading and counting follow.</summary>
public interface IReadTracking
{
    /// <summary>
    /// Something was asked for by a token. Takes the same time whatever the token is, and returns at once; what is noted is durable within a
    /// second. A token that is none of ours, and what is more than the bounds allow, is passed over.
    /// </summary>
    /// <param name="part">Of a link, which one; empty: the picture.</param>
    void Note(string token, OpenTarget target, string part, OpenSource source);

    /// <summary>The secure reader showed a mail to the recipient of a delivery; durable when this returns. Tracks the delivery, by the sender's policy, if nothing did before.</summary>
    Task ReaderOpenedAsync(Guid tenantId, Guid deliveryId, OpenSource source, CancellationToken cancellationToken);
}

/// <param name="Place">Null: not known.</param>
public sealed record OpenSource(IPAddress Address, OpenRequest Request, NetworkPlace? Place);
