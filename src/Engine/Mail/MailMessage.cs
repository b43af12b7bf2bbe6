using Platform.Engine.Attachments;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail.Structure;

namespace Platform.Engine.Mail;

/// <summary>
/// A message as the engine reads it: tolerant, bounded, and independent of the library that parsed it.
/// Detectors see this and nothing else.
/// </summary>
public sealed record MailMessage
{
    /// <summary>The raw message; ranges in <see cref="MailHeader"/> index into it.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Top-level header fields in the order they stand.</summary>
    public required IReadOnlyList<MailHeader> Headers { get; init; }

    public required IReadOnlyList<MailAddress> From { get; init; }
    public required IReadOnlyList<MailAddress> Sender { get; init; }
    public required IReadOnlyList<MailAddress> ReplyTo { get; init; }
    public required IReadOnlyList<MailAddress> To { get; init; }
    public required IReadOnlyList<MailAddress> Cc { get; init; }
    public required string Subject { get; init; }

    /// <summary>Without angle brackets; empty when absent.</summary>
    public required string MessageId { get; init; }
    public required IReadOnlyList<string> InReplyTo { get; init; }
    public required IReadOnlyList<string> References { get; init; }
    public required DateTimeOffset? Date { get; init; }

    /// <summary>The tree of the top-level entity.</summary>
    public required MailPart Root { get; init; }

    /// <summary>
    /// The distinct trees that mail programs may see, at most eight; <see cref="Root"/> by the standard first. More than one
    /// only where the message leaves room for it.
    /// </summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>All leaves in document order, those of nested messages and of every reading too.</summary>
    public required IReadOnlyList<MailPart> Leaves { get; init; }

    /// <summary>What a person sees: text of the body parts, HTML rendered to text, hidden text left out.</summary>
    public required string VisibleText { get; init; }

    /// <summary>Text in HTML parts that a person does not see (display:none, zero size, same colour).</summary>
    public required string HiddenText { get; init; }

    /// <summary>HTML body parts, parsed.</summary>
    public required IReadOnlyList<HtmlBody> Html { get; init; }

    /// <summary>Links of the body: HTML anchors and forms, and bare URLs of text parts.</summary>
    public required IReadOnlyList<MailLink> Links { get; init; }

    /// <summary>Attachments and archive members, in depth order.</summary>
    public required IReadOnlyList<MailAttachment> Attachments { get; init; }

    /// <summary>What readers of files saw in them, in depth order.</summary>
    public IReadOnlyList<FileFact> FileFacts { get; init; } = [];

    /// <summary>What a person reads in files that are documents.</summary>
    public IReadOnlyList<FileText> FileTexts { get; init; } = [];

    /// <summary>All text of files, for what counts in it; cells parted by tabs.</summary>
    internal IReadOnlyList<FileText> WholeTexts { get; init; } = [];

    /// <summary>Text of body parts that stands in <see cref="VisibleText"/> in other words: of alternatives a client shows one.</summary>
    internal string AlternativeText { get; init; } = "";

    /// <summary>What scripts, macros and shortcuts among the files would do.</summary>
    public IReadOnlyList<ObservedBehaviour> Behaviours { get; init; } = [];

    /// <summary>What was malformed, ambiguous or cut off by a limit.</summary>
    public required IReadOnlyList<StructureNote> Notes { get; init; }

    public MailHeader? Header(string name)
    {
        foreach (var header in Headers)
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header;
        return null;
    }

    public IEnumerable<MailHeader> HeadersNamed(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Value">Unfolded and decoded (RFC 2047), bounded to 16 KiB.</param>
/// <param name="RawValue">The octets after the colon as Latin-1, folding kept.</param>
/// <param name="Offset">Offset of the field in the raw message; <paramref name="Length"/> includes the line end.</param>
public sealed record MailHeader(string Name, string Value, string RawValue, int Offset, int Length);

/// <param name="Domain">Lower-case; U-labels kept as written, A-labels not decoded. Empty when there is none.</param>
public sealed record MailAddress(string Name, string Address, string LocalPart, string Domain);

/// <param name="Path">
/// Position in the tree: <c>1</c>, <c>1.2</c>; nested messages continue it. A file found inside a leaf has a letter
/// (<c>1.2.u1</c> uuencode, <c>1.2.y1</c> yEnc, <c>1.2.t1</c> TNEF), another reading of the same bytes a tilde (<c>1.2~1</c>).
/// </param>
/// <param name="MediaType">Declared media type, lower-case, without parameters.</param>
/// <param name="FileName">Decoded file name; null when none was given.</param>
/// <param name="Content">Decoded content of a leaf; empty for a container.</param>
public sealed record MailPart(
    string Path,
    string MediaType,
    string? Charset,
    string? FileName,
    string? Disposition,
    string? ContentId,
    string TransferEncoding,
    ReadOnlyMemory<byte> Content,
    IReadOnlyList<MailPart> Children)
{
    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Header fields of this entity; of a nested message, those of the message. Offsets index into <see cref="Raw"/>.</summary>
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>The entity as it stands, header and body, before any decoding.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The body as it stands, before any decoding; empty for what was found inside of a leaf.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Every name some client would show, the likeliest (<see cref="FileName"/>) first.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>True for a second reading of bytes that clients read differently; such leaves are not in the tree.</summary>
    public bool IsAlternative { get; init; }
}

/// <summary>One HTML body as a parsed document.</summary>
public sealed record HtmlBody(MailPart Part, AngleSharp.Html.Dom.IHtmlDocument Document);

public enum LinkKind
{
    Anchor,
    Form,
    Image,
    Text,
    Area,
    Script,
    Attachment,

    /// <summary>Read from a QR code; <see cref="MailLink.PartPath"/> names the picture, or <c>text</c> when it is drawn with characters.</summary>
    QrCode,
}

/// <param name="Target">The link as written, entities resolved, white space trimmed.</param>
/// <param name="Uri">The absolute http(s), ftp, mailto, data or javascript URI; null when it does not parse.</param>
/// <param name="Text">What a person reads on it; empty for images and bare URLs.</param>
/// <param name="PartPath">The part or attachment path it stands in.</param>
public sealed record MailLink(LinkKind Kind, string Target, Uri? Uri, string Text, string PartPath)
{
    /// <summary>
    /// Where it leads: the address within, when filters, click counters or redirectors stand around it that carry it along;
    /// otherwise <see cref="Uri"/>.
    /// </summary>
    public Uri? Destination
    {
        get => field ?? Uri;
        init;
    }

    /// <summary>Hosts that the click passes before <see cref="Destination"/>, as far as the link tells.</summary>
    public IReadOnlyList<string> Via { get; init; } = [];

    /// <summary>Host of <see cref="Destination"/>, in lower case; empty when there is none.</summary>
    public string Host => Destination is { IsAbsoluteUri: true } uri ? uri.IdnHost.ToLowerInvariant() : "";
}

/// <summary>A file in the mail: an attachment or a member of an archive in it.</summary>
/// <param name="Path">Attachment path, members after a slash: <c>invoice.zip/invoice.js</c>.</param>
/// <param name="Type">By content; <see cref="FileType.Unknown"/> when nothing matched.</param>
/// <param name="Encrypted">The content could not be read for want of a password.</param>
public sealed record MailAttachment(string Path, string FileName, string DeclaredType, FileType Type, ReadOnlyMemory<byte> Content, int Depth, bool Encrypted);

/// <summary>What the content is, whatever its name says.</summary>
/// <param name="Id">Short lower-case id: <c>exe</c>, <c>zip</c>, <c>ooxml-word</c>, <c>ole</c>, <c>pdf</c>, <c>html</c>, <c>lnk</c>, <c>text</c>.</param>
/// <param name="Extensions">Lower-case extensions (no dot) under which it is honestly found.</param>
public sealed record FileType(string Id, string MediaType, IReadOnlyList<string> Extensions)
{
    public static FileType Unknown { get; } = new("unknown", "application/octet-stream", []);
}

/// <param name="Id">Stable id: <c>nul-in-header</c>, <c>duplicate-content-type</c>, <c>limit-depth</c>.</param>
/// <param name="Limit">True when a bound cut reading short.</param>
public sealed record StructureNote(string Id, string Where, string Detail, bool Limit = false);

/// <summary>Reads raw bytes into a <see cref="MailMessage"/>. Never throws for any bytes.</summary>
public interface IMailReader
{
    MailMessage Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken);
}
