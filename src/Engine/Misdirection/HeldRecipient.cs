namespace Platform.Engine.Misdirection;

/// <summary>Recipients to whom nothing goes before an administrator says so: attacks came from them, or a block list names them (OUT10).</summary>
internal static class HeldRecipient
{
    public static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts)
    {
        foreach (var recipient in mail.Outside)
        {
            var address = recipient.ToLowerInvariant();
            var domain = OutgoingRecipients.DomainOf(recipient);
            if (facts.Attackers.GetValueOrDefault(address) is { } attack)
                yield return SendFindings.OfAttacker(recipient, address, attack);
            else if (facts.Attackers.GetValueOrDefault(domain) is { } ofDomain)
                yield return SendFindings.OfAttacker(recipient, domain, ofDomain);
            if (facts.Blocked.TryGetValue(address, out var entry))
                yield return SendFindings.Of(SendFindingKind.BlockListed, recipient, ("entry", entry));
        }
    }
}
