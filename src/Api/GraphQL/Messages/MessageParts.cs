using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.Language;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("Origin")]
[Requires(Permissions.MessagesRead)]
[Description("The address that sent a message to the tenant.")]
internal sealed class OriginNode(MessageRow row, Origin? origin)
{
    [Description("IP address; null when only trusted hops were seen.")]
    public string? Address => row.OriginAddress;

    [Description("ISO 3166-1 alpha-2 country; null when unknown.")]
    public string? Country => row.OriginCountry;

    [Description("Autonomous system number; null when unknown.")]
    public long? Asn => origin?.Asn;

    [Description("Name of the network; null when unknown.")]
    public string? Network => origin?.Network;

    [Description("How it was found: 'connection', 'received', 'none'.")]
    public string? Source => origin?.Source;
}

[Named("InspectionSource")]
[Requires(Permissions.MessagesRead)]
[Description("How a source outside of the message fared: an antivirus, patterns, a feed, a list.")]
internal sealed class SourceNode(SourceStatus source)
{
    [Description("As the settings name it: 'clamd'.")]
    public string Name => source.Name;

    [Description("What kind of source it is.")]
    public SourceKind Kind => source.Kind;

    [Description("How asking it ended.")]
    public SourceOutcome Status => source.Outcome;

    [Description("Why it was not asked or failed, or how old its data is; empty when there is nothing to say.")]
    public string Detail => source.Detail;
}

[Named("Behaviour")]
[Requires(Permissions.MessagesRead)]
[Description("What a script, macro or shortcut in a message would do on the machine of its reader, as its emulation showed.")]
internal sealed class BehaviourNode(ObservedBehaviour seen)
{
    [Description("What it would do.")]
    public BehaviourKind Kind => seen.Kind;

    [Description("Technique of MITRE ATT&CK: 'T1059.001'.")]
    public string Technique => seen.Technique;

    [Description("Path of the file among the attachments. Hostile text.")]
    public string File => seen.FilePath;

    [Description("Which script of the file, with the layers that it unpacked. Hostile text.")]
    public string Where => seen.Where;

    [Description("The command, address or file name, cut to 512 characters. Hostile text.")]
    public string Value => seen.Value;

    [Description("What it would do, as a clause for people.")]
    public string Summary([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) =>
        VerdictText.Name(seen.Kind, ReasonSentences.CultureOf(language, caller));
}

[Named("Reason")]
[Requires(Permissions.MessagesRead)]
[Description("One weighed sign behind a verdict.")]
internal sealed class ReasonNode(Reason reason)
{
    [Description("Stable id of the sign: 'reply-to-mismatch'.")]
    public string Id => reason.Id;

    [Description("Points added to the score; negative where it speaks for the message.")]
    public int Weight => reason.Weight;

    [Description("A sentence for people. Holds text of the message: escape where shown.")]
    public string Summary([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) =>
        ReasonText.Render(reason, ReasonSentences.CultureOf(language, caller));

    [Description("Where it was seen and what stands there, in one line. Holds text of the message: escape where shown.")]
    public string Evidence => reason.Evidence.ToString();

    [Description("The evidence in parts.")]
    public EvidenceNode EvidenceDetail => new(reason.Evidence);

    [Id]
    [Description("Id of the allow or block entry behind it, which may be gone by now; null where it is none.")]
    public string? ListEntryId => ReasonEntry.Of(reason);

    [Requires(Permissions.ListsRead)]
    [Description("The allow or block entry behind it as it is now; null where it is none, or gone.")]
    public IDataLoaderResult<ListEntryNode?> ListEntry([FromServices] PolicyLoaders loaders) => loaders.Entry(ReasonEntry.KeyOf(reason));
}

[Named("Evidence")]
[Requires(Permissions.MessagesRead)]
[Description("The very place a reason rests on.")]
internal sealed class EvidenceNode(Evidence evidence)
{
    [Description("What kind of place.")]
    public EvidenceKind Kind => evidence.Kind;

    [Description("Header name, part or attachment path, or byte range.")]
    public string Where => evidence.Where;

    [Description("The text seen there, bounded.")]
    public string Value => evidence.Value;
}

[Named("Envelope")]
[Requires(Permissions.MessagesRead)]
[Description("The SMTP envelope and connection (RFC 5321). Recipients are the deliveries.")]
internal sealed class EnvelopeNode(MessageRow row)
{
    [Description("Reverse-path; empty for a null reverse-path.")]
    public string MailFrom => row.MailFrom;

    [Description("Address of the SMTP client; null when there was none.")]
    public string? ClientAddress => row.ClientAddress;

    [Description("Reverse DNS name of the SMTP client.")]
    public string? ClientName => row.ClientName;

    [Description("The name given with HELO or EHLO.")]
    public string? Helo => row.Helo;
}

[Named("Attachment")]
[Requires(Permissions.MessagesRead)]
[Description("A file in a message.")]
internal sealed class AttachmentNode(AttachmentFacts facts)
{
    [Description("File name as given. Hostile text.")]
    public string Name => facts.Name;

    [Description("Media type as declared.")]
    public string DeclaredType => facts.DeclaredType;

    [Description("Media type by content.")]
    public string Type => facts.Type;

    [Description("Decoded size in bytes.")]
    public long Size => facts.Size;

    [Description("SHA-256 of the content, lower-case hex.")]
    public string Sha256 => facts.Sha256;
}

[Named("Preview")]
[Requires(Permissions.MessagesContent)]
[Description("A message made safe to show: no remote content, no script, links inert.")]
internal sealed class PreviewNode(SafePreview preview)
{
    [Description("Sanitised HTML fragment; null when there is no HTML body.")]
    public string? Html => preview.Html;

    [Description("The body as plain text.")]
    public string Text => preview.Text;

    [Description("Header fields in the order they stand.")]
    public IReadOnlyList<HeaderNode> Headers { get; } = [.. preview.Headers.Select(header => new HeaderNode(header))];

    [Description("The tree of parts, in document order.")]
    public IReadOnlyList<PartNode> Structure { get; } = [.. preview.Structure.Select(part => new PartNode(part))];

    [Description("Attachments, by their content.")]
    public IReadOnlyList<AttachmentNode> Attachments => [.. preview.Attachments.Select(facts => new AttachmentNode(facts))];
}

[Named("Header")]
[Requires(Permissions.MessagesContent)]
[Description("A header field.")]
internal sealed class HeaderNode(PreviewHeader header)
{
    [Description("Name as it stands.")]
    public string Name => header.Name;

    [Description("Value, unfolded and decoded.")]
    public string Value => header.Value;
}

[Named("Part")]
[Requires(Permissions.MessagesContent)]
[Description("A part of the MIME tree.")]
internal sealed class PartNode(PreviewPart part)
{
    [Description("Place in the tree: '1.2'.")]
    public string Path => part.Path;

    [Description("Declared media type.")]
    public string MediaType => part.MediaType;

    [Description("File name as given; null when there is none.")]
    public string? FileName => part.FileName;

    [Description("Decoded size in bytes; 0 for containers.")]
    public long Size => part.Size;
}
