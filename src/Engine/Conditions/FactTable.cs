using System.Collections.Frozen;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Conditions;

/// <summary>Every fact a condition may name. The one place for it; the docs are made of it.</summary>
internal static class FactTable
{
    /// <summary>The address of a delivery.</summary>
    public const string Recipient = "recipient";

    /// <summary>Kept encrypted apart from the verdict.</summary>
    public const string BodyText = "text";

    /// <summary>Kept with <see cref="BodyText"/>.</summary>
    public const string FilesText = "attachment.text";
    private const string FileName = "attachment.name";
    private const string RecipientDomain = "recipient.domain";
    private const string RecipientOutside = "recipient.outside";
    private const string OutsideCount = "recipients.outside";
    private const string LookAlike = "recipient.lookalike";
    private const string Unusual = "recipient.unusual";
    private const string VisibleCount = "recipients.visible";
    private const string Misnamed = "attachment.misnamed";
    private const string SenderGroup = "sender.group";
    private const string Hour = "time.hour";
    private const string Weekday = "time.weekday";

    /// <summary>What differs between the deliveries of one message.</summary>
    public static IReadOnlySet<string> OfRecipient { get; } = new HashSet<string>(StringComparer.Ordinal) { Recipient, RecipientDomain, RecipientOutside, LookAlike, Unusual };

    /// <summary>What is known of outgoing mail alone.</summary>
    public static IReadOnlySet<string> OfSending { get; } = new HashSet<string>(StringComparer.Ordinal) { RecipientOutside, OutsideCount, LookAlike, Unusual, VisibleCount, Misnamed, SenderGroup, Hour, Weekday };

    public static IReadOnlyList<Fact> All { get; } =
    [
        Text("subject", facts => facts.Verdict.Facts.Subject),
        Text(BodyText, facts => facts.Verdict.Facts.Text),
        Text("message_id", facts => facts.Verdict.Facts.MessageIdHeader),
        Text("from.address", facts => facts.Verdict.Facts.FromAddress),
        Text("from.domain", facts => DomainOf(facts.Verdict.Facts.FromAddress)),
        Text("from.name", facts => facts.Verdict.Facts.FromName),
        Texts("reply_to", facts => facts.Verdict.Facts.ReplyTo),
        Texts("to", facts => facts.Verdict.Facts.To),
        Texts("cc", facts => facts.Verdict.Facts.Cc),
        Text("sender", facts => facts.Envelope.MailFrom),
        Texts(Recipient, facts => facts.Envelope.Recipients),
        Text("direction", facts => facts.Envelope.Direction.ToString()),
        Text("origin.address", facts => facts.Verdict.Origin.Address),
        Text("origin.country", facts => facts.Verdict.Origin.Country),
        Number("origin.asn", facts => facts.Verdict.Origin.Asn ?? 0),
        Number("size", facts => facts.Size),
        AllTexts(FileName, facts => facts.Verdict.Facts.Attachments.Select(file => file.Name).Concat(facts.Verdict.Facts.MoreNames)),
        Texts("attachment.type", facts => facts.Verdict.Facts.Attachments.Select(file => file.Type)),
        Texts("attachment.sha256", facts => facts.Verdict.Facts.Attachments.Select(file => file.Sha256)),
        LongText(FilesText, facts => facts.Verdict.Facts.FilesText),
        Number("attachment.count", facts => facts.Verdict.Facts.Attachments.Count + facts.Verdict.Facts.MoreNames.Count),
        Number("attachment.largest", facts => facts.Verdict.Facts.Attachments.Select(file => file.Size).DefaultIfEmpty().Max()),
        Texts("link", facts => facts.Verdict.Facts.Links),
        Texts("link.host", facts => facts.Verdict.Facts.Links.Select(HostOf).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal)),
        Number("link.count", facts => facts.Verdict.Facts.Links.Count),
        Number("score", facts => facts.Verdict.Score),
        Text("verdict", facts => facts.Verdict.Kind.ToString()),
        Text("type", facts => facts.Verdict.Type is { } type ? AttackTypes.WireName(type) : ""),
        Texts("reason", facts => facts.Verdict.Reasons.Select(reason => reason.Id)),
        Text("spf", facts => facts.Verdict.Authentication?.Spf?.Result.ToString()),
        Texts("dkim", facts => facts.Verdict.Authentication?.Dkim.Select(signature => signature.Result.ToString()) ?? []),
        Text("dmarc", facts => facts.Verdict.Authentication?.Dmarc.Result.ToString()),
        Text("dmarc.policy", facts => facts.Verdict.Authentication?.Dmarc.Policy?.ToString()),
        Texts(RecipientDomain, facts => facts.Envelope.Recipients.Select(DomainOf)),
        Number("recipients.count", facts => facts.RecipientCount),
        Flag(RecipientOutside, facts => facts.Envelope.Recipients.Any(facts.Sending.Outside.Contains)),
        Number(OutsideCount, facts => facts.Sending.Outside.Count),
        Flag(LookAlike, facts => facts.Sending.HasLookAlike(facts.Envelope.Recipients)),
        Flag(Unusual, facts => facts.Sending.HasUnusual(facts.Envelope.Recipients)),
        Number(VisibleCount, facts => facts.Sending.Visible),
        Flag(Misnamed, facts => facts.Sending.IsMisnamed),
        Texts(SenderGroup, facts => facts.Sending.Groups),
        Number(Hour, facts => facts.Sending.Time.Hour),
        Text(Weekday, facts => facts.Sending.Time.DayOfWeek.ToString()),
        Flag("attack", facts => facts.Verdict.Kind.IsAttack()),
        Texts("data", facts => facts.Verdict.PersonalData.Select(finding => PersonalDataClasses.WireName(finding.Class))),
        .. PersonalDataClasses.All.Select(CountOf),
        Flag("data.incomplete", facts => ScanGaps.OfData(facts.Verdict)),
    ];

    /// <summary>Of which there may be more than was seen, where a scan was cut.</summary>
    private static readonly FrozenSet<string> OfData = PersonalDataClasses.All.Select(NameOf).Append("data").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Fact> ByName = All.ToFrozenDictionary(fact => fact.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether more of it may be in the mail than was seen.</summary>
    public static bool IsOpen(Fact fact, Verdict verdict) => fact.Name == FileName ? ScanGaps.OfNames(verdict) : OfData.Contains(fact.Name) && ScanGaps.OfData(verdict);

    public static Fact? Find(string name) => ByName.GetValueOrDefault(name);

    // data.my_number, data.card: how many distinct values.
    private static Fact CountOf(PersonalDataClass dataClass) =>
        Number(NameOf(dataClass), facts => facts.Verdict.PersonalData.FirstOrDefault(finding => finding.Class == dataClass)?.Count ?? 0);

    private static string NameOf(PersonalDataClass dataClass) => $"data.{PersonalDataClasses.WireName(dataClass).Replace('-', '_')}";

    private static Fact LongText(string name, Func<ConditionFacts, string> read) => new(name, ConditionType.Text, facts => ConditionFacts.LongText(read(facts)));

    private static Fact Text(string name, Func<ConditionFacts, string?> read) => new(name, ConditionType.Text, facts => ConditionFacts.Text(read(facts)));

    private static Fact Texts(string name, Func<ConditionFacts, IEnumerable<string>> read) => new(name, ConditionType.Texts, facts => ConditionFacts.Texts(read(facts)));

    private static Fact AllTexts(string name, Func<ConditionFacts, IEnumerable<string>> read) => new(name, ConditionType.Texts, facts => ConditionFacts.AllTexts(read(facts)));

    private static Fact Number(string name, Func<ConditionFacts, decimal> read) => new(name, ConditionType.Number, facts => new ConditionValue.Number(read(facts)));

    private static Fact Flag(string name, Func<ConditionFacts, bool> read) => new(name, ConditionType.Flag, facts => new ConditionValue.Flag(read(facts)));

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
