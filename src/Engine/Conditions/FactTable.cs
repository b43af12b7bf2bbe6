using System.Collections.Frozen;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>Every fact a condition may name. The one place for it; the docs are made of it.</summary>
internal static class FactTable
{
    public static IReadOnlyList<Fact> All { get; } =
    [
        Text("subject", "The subject, decoded.", facts => facts.Verdict.Facts.Subject),
        Text("text", "What a person reads in the body, the first 32,768 characters.", facts => facts.Verdict.Facts.Text),
        Text("message_id", "The Message-ID without angle brackets.", facts => facts.Verdict.Facts.MessageIdHeader),
        Text("from.address", "The author's address (From).", facts => facts.Verdict.Facts.FromAddress),
        Text("from.domain", "The domain of the author's address.", facts => DomainOf(facts.Verdict.Facts.FromAddress)),
        Text("from.name", "The author's display name.", facts => facts.Verdict.Facts.FromName),
        Texts("reply_to", "Addresses to which an answer would go (Reply-To).", facts => facts.Verdict.Facts.ReplyTo),
        Texts("to", "Addresses in To.", facts => facts.Verdict.Facts.To),
        Texts("cc", "Addresses in Cc.", facts => facts.Verdict.Facts.Cc),
        Text("sender", "The envelope's reverse-path; empty for a notification.", facts => facts.Envelope.MailFrom),
        Texts("recipient", "The envelope's recipients.", facts => facts.Envelope.Recipients),
        Text("direction", "inbound, outbound or internal.", facts => facts.Envelope.Direction.ToString()),
        Text("origin.address", "The IP address that sent it, outside of the tenant's own relays.", facts => facts.Verdict.Origin.Address),
        Text("origin.country", "Its country, two letters (ISO 3166-1).", facts => facts.Verdict.Origin.Country),
        Number("origin.asn", "Its autonomous system number; 0 when unknown.", facts => facts.Verdict.Origin.Asn ?? 0),
        Number("size", "Octets of the message; KB and MB may follow a number.", facts => facts.Size),
        Texts("attachment.name", "File names of attachments and of what is packed in them.", facts => facts.Verdict.Facts.Attachments.Select(file => file.Name)),
        Texts("attachment.type", "Media types of their contents, whatever the names say.", facts => facts.Verdict.Facts.Attachments.Select(file => file.Type)),
        Texts("attachment.sha256", "SHA-256 of their contents, hexadecimal.", facts => facts.Verdict.Facts.Attachments.Select(file => file.Sha256)),
        Number("attachment.count", "How many files there are.", facts => facts.Verdict.Facts.Attachments.Count),
        Number("attachment.largest", "Octets of the largest file.", facts => facts.Verdict.Facts.Attachments.Select(file => file.Size).DefaultIfEmpty().Max()),
        Texts("link", "Targets of the links.", facts => facts.Verdict.Facts.Links),
        Texts("link.host", "Hosts of the links.", facts => facts.Verdict.Facts.Links.Select(HostOf).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal)),
        Number("link.count", "How many different links there are.", facts => facts.Verdict.Facts.Links.Count),
        Number("score", "The score of the inspection, 0 to 100.", facts => facts.Verdict.Score),
        Text("verdict", "clean, bulk, spam, suspicious, phishing or malware.", facts => facts.Verdict.Kind.ToString()),
        Text("type", "The attack type, as in credential-phishing; empty when clean.", facts => facts.Verdict.Type is { } type ? AttackTypes.WireName(type) : ""),
        Texts("reason", "Ids of the reasons.", facts => facts.Verdict.Reasons.Select(reason => reason.Id)),
        Text("spf", "Result of SPF (pass, fail, softfail, neutral, none, temperror, permerror); empty when not checked.", facts => facts.Verdict.Authentication?.Spf?.Result.ToString()),
        Texts("dkim", "Results of DKIM, one a signature.", facts => facts.Verdict.Authentication?.Dkim.Select(signature => signature.Result.ToString()) ?? []),
        Text("dmarc", "Result of DMARC; empty when not checked.", facts => facts.Verdict.Authentication?.Dmarc.Result.ToString()),
        Text("dmarc.policy", "What the author domain's owner asks for: none, quarantine, reject; empty without a record.", facts => facts.Verdict.Authentication?.Dmarc.Policy?.ToString()),
        Flag("attack", "True for suspicious, phishing and malware.", facts => facts.Verdict.Kind.IsAttack()),
    ];

    private static readonly FrozenDictionary<string, Fact> ByName = All.ToFrozenDictionary(fact => fact.Name, StringComparer.OrdinalIgnoreCase);

    public static Fact? Find(string name) => ByName.GetValueOrDefault(name);

    private static Fact Text(string name, string says, Func<ConditionFacts, string?> read) => new(name, ConditionType.Text, says, facts => ConditionFacts.Text(read(facts)));

    private static Fact Texts(string name, string says, Func<ConditionFacts, IEnumerable<string>> read) => new(name, ConditionType.Texts, says, facts => ConditionFacts.Texts(read(facts)));

    private static Fact Number(string name, string says, Func<ConditionFacts, decimal> read) => new(name, ConditionType.Number, says, facts => new ConditionValue.Number(read(facts)));

    private static Fact Flag(string name, string says, Func<ConditionFacts, bool> read) => new(name, ConditionType.Flag, says, facts => new ConditionValue.Flag(read(facts)));

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static string HostOf(string link)
    {
        try
        {
            return Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.IdnHost : "";
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException)
        {
            // A host that IDNA cannot convert is the host of no link that opens.
            return "";
        }
    }
}
