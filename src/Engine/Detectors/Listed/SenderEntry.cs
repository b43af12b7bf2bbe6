using System.Net;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Feeds;
using Platform.Engine.Links;
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
        new("block-listed-sender", "The sender stands on a block list of the tenant or its MSP.", "DET8", "sender", "source", "entry"),
        new("block-listed-network", "The network whence the message came stands on a block list of the tenant or its MSP.", "DET8", "network", "source", "entry"),
        new("allow-listed-sender", "The sender stands on an allow list: unwanted mail is delivered all the same (it changes no score).", "DET10", "sender", "source", "entry"),
        new("allow-listed-unproven", "The sender stands on an allow list that does not hold, since authentication failed (it changes no score).", "DET10", "sender", "source", "entry"),
        new("allow-listed-name-forged", "The name of an allowed sender, from elsewhere than the networks it is bound to or without proof of the sender.", "DET8, DET10; X.1236 7.2.1", "sender", "address", "entry"),
    ];

    private enum Belief
    {
        Believed,

        /// <summary>From where the entry says, but authentication fails.</summary>
        Unproven,

        /// <summary>Nothing but the name speaks for it.</summary>
        Forged,
    }

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var allowed = input.Feeds.Entries
            .Where(entry => entry.Action == ListAction.Allow && IsSender(entry) && NamesAuthor(entry, input))
            .Order(ListOrder.Deciding)
            .Select(entry => (Entry: entry, Belief: BeliefIn(entry, input)))
            .ToList();
        var believed = allowed.Where(item => item.Belief == Belief.Believed).Select(item => item.Entry).ToList();
        var blocked = input.Feeds.Entries
            .Where(entry => entry.Action == ListAction.Block && IsSender(entry))
            .Where(block => !believed.Exists(allow => ListOrder.IsOverruled(block, allow, sameSender: NamesAuthor(block, input))))
            .Order(ListOrder.Deciding)
            .FirstOrDefault();
        if (blocked is { Kind: ListEntryKind.Network })
            yield return new Sign("block-listed-network", Evidences.Of(blocked, EvidenceKind.Network, ""), ("network", blocked.Value), ("source", blocked.Owner), ("entry", blocked.Id));
        else if (blocked is not null)
            yield return Make("block-listed-sender", blocked);

        if (believed is [var first, ..])
        {
            if (blocked is null)
                yield return Make("allow-listed-sender", first);
        }
        else if (allowed.Find(item => item.Belief == Belief.Unproven).Entry is { } unproven)
            yield return Make("allow-listed-unproven", unproven);
        else if (allowed is [var forged, ..])
            yield return new Sign("allow-listed-name-forged", Evidences.Of(forged.Entry, EvidenceKind.Header, "From"), ("sender", forged.Entry.Value), ("address", input.Origin.Address ?? "?"), ("entry", forged.Entry.Id));
    }

    private static Sign Make(string id, ListEntry entry) => new(
        id,
        Evidences.Of(entry, entry.Kind == ListEntryKind.Network ? EvidenceKind.Network : EvidenceKind.Header, entry.Kind == ListEntryKind.Network ? "" : "From"),
        ("sender", entry.Value),
        ("source", entry.Owner),
        ("entry", entry.Id));

    private static bool IsSender(ListEntry entry) => entry.Kind is ListEntryKind.Address or ListEntryKind.Domain or ListEntryKind.Network;

    // A list that allows a reply address, a reverse-path or whoever a mailing list says it speaks for would let anyone in who writes it there.
    private static bool NamesAuthor(ListEntry entry, DetectionInput input)
    {
        if (entry.Kind == ListEntryKind.Network)
            return true;
        // Nor would one field do where mail programs may show another.
        if (input.Message.From is not [{ Domain.Length: > 0 } author] || input.Message.HeadersNamed("From").Skip(1).Any() || input.Authentication?.Author.Fault is AuthorFault.SeveralFields or AuthorFault.SeveralDomains)
            return false;
        var domain = OrganisationalDomain.ToAscii(author.Domain);
        return entry.Kind == ListEntryKind.Address
            ? string.Equals($"{author.LocalPart}@{domain}", entry.Value, StringComparison.OrdinalIgnoreCase)
            : domain == entry.Value || (!entry.IsExact && ListEntries.SelfAndParents(domain).Contains(entry.Value, StringComparer.Ordinal));
    }

    private static Belief BeliefIn(ListEntry entry, DetectionInput input)
    {
        var bound = entry.Networks.Count > 0;
        if (bound && !IsFrom(entry.Networks, input.Origin.Address))
            return Belief.Forged;
        if (!FailsAuthentication(input))
            return Belief.Believed;
        return bound || entry.Kind == ListEntryKind.Network ? Belief.Unproven : Belief.Forged;
    }

    private static bool IsFrom(IReadOnlyList<string> networks, string? origin)
    {
        if (!IPAddress.TryParse(origin, out var address))
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => IPNetwork.TryParse(network, out var range) && range.Contains(plain));
    }

    // DMARC says no, or, where it cannot say, SPF does, or a signature in the author's name; and nothing in his name says yes.
    private static bool FailsAuthentication(DetectionInput input)
    {
        if (input.Authentication is not { } report)
            return false;
        if (report.Dmarc.Result == AuthenticationResult.Fail)
            return true;
        if (report.Dmarc.IsDkimAligned || report.Dmarc.IsSpfAligned)
            return false;
        return report.MailFrom?.Result == AuthenticationResult.Fail || report.Dkim.Signatures.Any(signature => signature.Result == AuthenticationResult.Fail && IsAuthors(signature.Domain, input));
    }

    private static bool IsAuthors(string domain, DetectionInput input) =>
        input.Message.From.Any(author => input.Domains.Of(author.Domain) is { Length: > 0 } organisation && input.Domains.Of(domain) == organisation);
}
