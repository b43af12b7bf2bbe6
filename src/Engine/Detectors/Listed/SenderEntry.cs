using System.Net;
using Platform.Engine.Authentication;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Listed;

/// <summary>
/// Senders on the lists of the tenant or its MSP. An allowed sender is inspected like any other (DET10); an allowed name that
/// comes from elsewhere than its networks, or fails authentication, is no allowed sender but a sign.
/// </summary>
internal sealed class SenderEntry : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("block-listed-sender", "The sender stands on a block list of the tenant or its MSP.", "DET8", "sender", "source"),
        new("allow-listed-sender", "The sender stands on an allow list: unwanted mail is delivered all the same (it changes no score).", "DET10", "sender", "source"),
        new("allow-listed-name-forged", "The name of an allowed sender, from elsewhere than the networks it is bound to or without proof of the sender.", "DET8, DET10; X.1236 7.2.1", "sender", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Feeds.Entries.FirstOrDefault(entry => entry.Action == ListAction.Block && IsSender(entry)) is { } blocked)
            yield return new Sign("block-listed-sender", Evidence(blocked), ("sender", blocked.Value), ("source", blocked.Owner));
        var allowed = input.Feeds.Entries.Where(entry => entry.Action == ListAction.Allow && IsSender(entry) && NamesAuthor(entry, input)).ToList();
        if (allowed.Count == 0)
            yield break;
        if (allowed.Find(entry => IsBelieved(entry, input)) is { } believed)
            yield return new Sign("allow-listed-sender", Evidence(believed), ("sender", believed.Value), ("source", believed.Owner));
        else
            yield return new Sign("allow-listed-name-forged", Evidence(allowed[0]), ("sender", allowed[0].Value), ("address", input.Origin.Address ?? "?"));
    }

    private static bool IsSender(ListEntry entry) => entry.Kind is ListEntryKind.Address or ListEntryKind.Domain;

    // A list that allows a reply address or a reverse-path would let anyone in who writes it there.
    private static bool NamesAuthor(ListEntry entry, DetectionInput input)
    {
        if (input.Sender.Address is not { } author)
            return false;
        return entry.Kind == ListEntryKind.Address
            ? string.Equals($"{author.LocalPart}@{input.Sender.Domain}", entry.Value, StringComparison.OrdinalIgnoreCase)
            : ListEntries.SelfAndParents(input.Sender.Domain).Contains(entry.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsBelieved(ListEntry entry, DetectionInput input)
    {
        if (entry.Networks.Count > 0)
        {
            return IPAddress.TryParse(input.Origin.Address, out var address)
                && entry.Networks.Any(network => IPNetwork.TryParse(network, out var range) && range.Contains(address));
        }

        return input.Authentication is not { } report || report.Dmarc.Result is not AuthenticationResult.Fail && !(report.MailFrom?.Result is AuthenticationResult.Fail && !report.Dmarc.IsDkimAligned);
    }

    private static Evidence Evidence(ListEntry entry) =>
        Seen.Of(EvidenceKind.Header, "From", entry.Note.Length > 0 ? $"{entry.Value} ({entry.Owner}: {entry.Note})" : $"{entry.Value} ({entry.Owner})");
}
