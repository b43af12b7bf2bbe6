using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Mail.Structure;

/// <summary>An entity with its header read and its body still to be read.</summary>
/// <param name="HasEnd">The header ends by an empty line.</param>
internal sealed record OpenEntity(MailPart Part, EntityFields Fields, ReadOnlyMemory<byte> Body, bool HasEnd);

/// <summary>
/// The parts of one other reading: entities opened by its choices and leaves decoded. What the standard's reading has
/// decoded is not decoded again. Transfer encodings but those of RFC 2045, 6.1 are left as they stand (RFC 2045, 6.4).
/// </summary>
/// <param name="known">Parts of the standard's reading by their undecoded body.</param>
internal sealed class ReadingParts(ReadBudget budget, Interpretation choices, IReadOnlyDictionary<ReadOnlyMemory<byte>, MailPart> known)
{
    private readonly List<MailPart> _leaves = [];
    private int _partsLeft = budget.Limits.MaxParts;

    /// <summary>Decoded leaves in order; those shown as they stand are left out, since they hold nothing new.</summary>
    public IReadOnlyList<MailPart> Leaves => _leaves;

    public bool Has(Interpretation choice) => (choices & choice) != 0;

    public bool IsDeepest(int depth) => depth >= budget.Limits.MaxMimeDepth;

    /// <summary>False when this reading may not go on.</summary>
    public bool Take(string path) => _partsLeft-- > 0 && budget.HasTime(path);

    public bool TakeWork(int octets, string path) => budget.TakeWork(octets, path);

    public OpenEntity Open(ReadOnlyMemory<byte> entity, string path, bool isMessage, string defaultType)
    {
        var block = HeaderSplitter.Split(entity.Span, 0, entity.Length, isMessage, path, budget, Has(Interpretation.HeaderToEmptyLine));
        var fields = EntityFields.Read(block, defaultType, path, budget, Has(Interpretation.LastField));
        var body = entity[block.BodyOffset..];
        var part = new MailPart(path, fields.MediaType, fields.Charset, fields.FileName, fields.Disposition, fields.ContentId, LeafContent.Name(fields.TransferEncodings), ReadOnlyMemory<byte>.Empty, [])
        {
            Headers = block.Fields,
            Raw = entity,
            Body = body,
            FileNames = fields.FileNames,
            IsAlternative = true,
        };
        return new OpenEntity(part, fields, body, block.EndsByEmptyLine);
    }

    public static bool IsMessage(MailPart part) => part.MediaType is "message/rfc822" or "message/global" or "message/news";

    public static bool IsEncoded(MailPart part) => part.TransferEncoding is "base64" or "quoted-printable";

    public MailPart Leaf(MailPart part, ReadOnlyMemory<byte> body)
    {
        var content = Decode(part, body);
        if (content is null || !(IsEncoded(part) || part.TransferEncoding is "7bit" or "8bit" or "binary"))
            return AsItStands(part, body);
        var leaf = part with { Body = body, Content = content.Value };
        _leaves.Add(leaf);
        return leaf;
    }

    public static MailPart AsItStands(MailPart part, ReadOnlyMemory<byte> body) => part with { Body = body, Content = body };

    /// <summary>Null when this reading gives up on the encoding.</summary>
    public ReadOnlyMemory<byte>? Decode(MailPart part, ReadOnlyMemory<byte> body)
    {
        if (!IsEncoded(part))
            return body;
        if (part.TransferEncoding == "base64" && Has(Interpretation.StrictBase64))
        {
            var decoded = Base64.Decode(body.Span, budget.TakeDecoded(body.Length, part.Path), out var defects);
            return defects.Junk ? null : decoded;
        }

        if (known.TryGetValue(body, out var same) && same.TransferEncoding == part.TransferEncoding && same.Children.Count == 0)
            return same.Content;
        return LeafContent.Decode(body, [part.TransferEncoding], alternatives: false, part.Path, budget)[0].Content;
    }
}
