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
        HashSet<(string, bool)> told = [];
        foreach (var place in OrganisationNames.In(mail.Mail).GroupBy(named => (named.Shown, named.IsGreeting)))
        {
            // A file that names a recipient is for that recipient, whatever else it names.
            if (place.Any(named => IsOfRecipient(named.Name, recipients, facts)))
                continue;
            if (place.Where(named => !IsOwn(named.Name, mail)).Select(named => DomainOf(named.Name, facts)).OfType<string>().FirstOrDefault(domain => !mail.IsOwn("@" + domain)) is { } known
                && told.Add((known, place.Key.IsGreeting)))
            {
                yield return SendFindings.Of(
                    place.Key.IsGreeting ? SendFindingKind.MisnamedGreeting : SendFindingKind.MisnamedFile, null, (SendFindings.Named, place.Key.Shown), ("known", known));
            }
        }
    }

    /// <summary>A recipient's domain bears the name, or was greeted by it.</summary>
    private static bool IsOfRecipient(string name, HashSet<string> recipients, CorrespondenceFacts facts) =>
        recipients.Any(recipient => IsNamed(recipient, name))
        || facts.Organisations.Any(organisation => organisation.Name == name && recipients.Contains(organisation.Domain))
        || facts.Domains.WithLabel(name).Any(host => recipients.Contains(host.Domain));

    /// <summary>The domain of the organisation of this name: the one greeted by it, or one that bears it; null: none, or none for sure.</summary>
    private static string? DomainOf(string name, CorrespondenceFacts facts)
    {
        List<OrganisationName> greeted = [.. facts.Organisations.Where(organisation => organisation.Name == name)];
        // By what several are greeted, that is the name of a department or a person.
        if (greeted.Select(organisation => organisation.Domain).Distinct(StringComparer.Ordinal).Count() > 1)
            return null;
        if (greeted is [{ Seen: >= OftenSeen } first])
            return first.Domain;
        return name.Length >= ShortestLabel && facts.Domains.WithLabel(name) is [var host, ..] && !MailProviders.IsProvider(host.Domain) ? host.Domain : null;
    }

    private static bool IsOwn(string name, OutgoingRecipients mail) => mail.OwnDomains.Any(own => own.StartsWith(name + ".", StringComparison.Ordinal));

    // mirai-holdings.example is as good as mirai.example.
    private static bool IsNamed(string domain, string name) => domain.Contains(name, StringComparison.Ordinal);
}
