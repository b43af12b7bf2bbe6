namespace Platform.Engine.Misdirection;

/// <summary>All that is found of whom a mail goes to. Pure: the same mail and facts give the same findings.</summary>
public static class MisdirectionFinder
{
    /// <summary>Findings of one mail that ask; what is beyond tells nothing new. Whoever is held is so however many recipients there are.</summary>
    public const int MaxFindings = 300;

    /// <param name="mostVisible">As many addresses in To and Cc, or more, are told of; null: no number is too many.</param>
    public static IReadOnlyList<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts, int? mostVisible)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. HeldRecipient.Find(mail, facts),
            .. VisibleRecipients.Find(mail, facts, mostVisible)
                .Concat(MisnamedContent.Find(mail, facts))
                .Concat(LookAlikeRecipient.Find(mail, facts))
                .Concat(UnusualRecipient.Find(mail, facts))
                .Take(MaxFindings),
        ];
    }
}
