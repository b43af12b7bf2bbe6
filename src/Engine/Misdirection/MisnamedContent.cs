namespace Platform.Engine.Misdirection;

/// <summary>Files and greetings that name a correspondent to whom the mail does not go.</summary>
internal static class MisnamedContent
{
    /// <summary>A name that was seen once may have been a mistake itself.</summary>
    private const int OftenSeen = 2;
    private const int ShortestLabel = 5;

    public static IEnumerable<SendFinding> Find(OutgoingRecipients mail, CorrespondenceFacts facts)
    {
        if (mail.Outside.Count == 0)
            yield break;
        HashSet<string> recipients = [.. mail.Outside.Concat(mail.Mail.To).Concat(mail.Mail.Cc).Select(OutgoingRecipients.OrganisationOf)];
        foreach (var named in OrganisationNames.In(mail.Mail))
        {
            if (DomainOf(named.Name, facts) is not { } domain || recipients.Overlaps(domain.All) || mail.IsOwn("@" + domain.First) || recipients.Any(recipient => IsNamed(recipient, named.Name)))
                continue;
            yield return SendFindings.Of(
                named.IsGreeting ? SendFindingKind.MisnamedGreeting : SendFindingKind.MisnamedFile, null, ("named", named.Shown), ("known", domain.First));
        }
    }

    /// <summary>The domains of an organisation of this name: those greeted by it, or one that bears it.</summary>
    private static (string First, IReadOnlyList<string> All)? DomainOf(string name, CorrespondenceFacts facts)
    {
        List<OrganisationName> greeted = [.. facts.Organisations.Where(organisation => organisation.Name == name).OrderByDescending(organisation => organisation.Seen)];
        if (greeted is [{ Seen: >= OftenSeen } first, ..])
            return (first.Domain, [.. greeted.Select(organisation => organisation.Domain)]);
        if (name.Length < ShortestLabel || facts.Domains.WithLabel(name) is not [var host, ..] all || MailProviders.IsProvider(host.Domain))
            return null;
        return (host.Domain, [.. all.Select(one => one.Domain).Concat(greeted.Select(organisation => organisation.Domain))]);
    }

    // mirai-holdings.example is as good as mirai.example.
    private static bool IsNamed(string domain, string name) => domain.Contains(name, StringComparison.Ordinal);
}
