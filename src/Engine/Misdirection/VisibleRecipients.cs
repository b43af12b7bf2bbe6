using System.Globalization;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Misdirection;

/// <summary>Addresses outside of the organisation that all recipients of a mail see (To and Cc).</summary>
public static class VisibleRecipients
{
    public static int Count(MessageFacts mail, IReadOnlyList<string> ownDomains)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return Of(new OutgoingRecipients(mail, [], ownDomains)).Count;
    }

    /// <param name="most">As many or more are told of; null: no number is too many.</param>
    internal static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts, int? most)
    {
        var visible = Of(mail);
        // An answer to all tells nobody an address that they did not see before.
        if (facts.Thread is { } thread && visible.TrueForAll(address => thread.Participants.Contains(address.ToLowerInvariant())))
            yield break;
        var organisations = visible.Select(OutgoingRecipients.OrganisationOf).Distinct(StringComparer.Ordinal).Count();
        if (most is { } limit && visible.Count >= limit && organisations > 1)
        {
            yield return SendFindings.Of(
                SendFindingKind.ManyVisible, null, ("count", visible.Count.ToString(CultureInfo.InvariantCulture)), ("domains", organisations.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static List<string> Of(OutgoingRecipients mail) =>
        [.. mail.Mail.To.Concat(mail.Mail.Cc).Where(address => address.Contains('@', StringComparison.Ordinal) && !mail.IsOwn(address)).Distinct(StringComparer.OrdinalIgnoreCase)];
}
