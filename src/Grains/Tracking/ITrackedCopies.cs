using Platform.Storage.Messages;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>Decides whether a recipient gets a copy that tells when it is opened (OUT9), and what stands in it.</summary>
public interface ITrackedCopies
{
    /// <returns>What to add to the copy, where the mail has HTML and is not signed; null: it goes out as it is.</returns>
    Task<TrackedCopy?> OfAsync(RelayLease lease, CancellationToken cancellationToken);

    /// <summary>The copy was made and is handed over next. Durable when this returns; opens of a copy that was not told of are passed over.</summary>
    Task MadeAsync(TrackedCopy copy, CancellationToken cancellationToken);
}

/// <param name="Html">To stand at the end of the last HTML body part; ASCII alone, so that the part's encoding does not matter.</param>
/// <param name="Notice">The line of it that tells its reader, as text; empty: the policy wants none.</param>
public sealed record TrackedCopy(string Html, string Notice, NewTracked Tracked);
