using Platform.Engine.Attachments;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// The structure of a message (RFC 2045, 2046): an entity is a header and a body; a multipart body is entities between
/// delimiter lines; message/rfc822 holds a message; everything else is a leaf with content. Read over the bytes in
/// place, outer delimiters first, so an inner part never runs past its container. Recursion is bounded by
/// <see cref="ScanLimits.MaxMimeDepth"/>, the number of parts, and the work of searching. Fields that can be read in two
/// ways are read in both; what only the second reading shows becomes an alternative leaf.
/// </summary>
/// <remarks>
/// Notes: header-missing, missing-blank-line, junk-in-header, nul-in-header, leading-blank-lines, bom-before-header,
/// mbox-from-line, space-before-colon, bare-cr-in-header, raw-8bit-header, hidden-mime-header, duplicate-content-type,
/// duplicate-transfer-encoding, duplicate-content-disposition, bad-content-type, malformed-content-type,
/// malformed-content-disposition, ambiguous-boundary, ambiguous-file-name, no-boundary, boundary-not-found, guessed-boundary,
/// odd-boundary-line, boundary-without-multipart, undeclared-multipart, header-in-body, missing-end-boundary, part-after-end, bad-transfer-encoding, obsolete-transfer-encoding,
/// undeclared-base64, base64-junk, base64-padding-inside, base64-truncated, broken-quoted-printable, broken-gzip,
/// encoded-message, encoded-multipart, uuencoded-text, incomplete-uuencode, yencoded-text, incomplete-yenc, message-partial, message-external-body,
/// broken-tnef, read-differently, readings-differ; with Limit: limit-depth, limit-parts, limit-headers, limit-header-length,
/// limit-parameters, limit-bytes, limit-work, limit-time, limit-line-length, limit-html, limit-text, limit-links.
/// </remarks>
internal sealed class MimeTreeReader(ReadBudget budget)
{
    private const int MaxAlternatives = 4;

    private readonly List<MailPart> _leaves = [];

    /// <summary>Leaves in document order, alternative readings and files inside leaves beside them.</summary>
    public IReadOnlyList<MailPart> Leaves => _leaves;

    /// <summary>Something in order by the standard was met that other programs are known to read otherwise.</summary>
    public bool IsDoubtful { get; private set; }

    public MailPart ReadMessage(ReadOnlyMemory<byte> message) => ReadEntity(message, "1", 0, isMessage: true, "text/plain", alternative: false);

    private MailPart ReadEntity(ReadOnlyMemory<byte> entity, string path, int depth, bool isMessage, string defaultType, bool alternative)
    {
        var block = HeaderSplitter.Split(entity.Span, 0, entity.Length, isMessage, path, budget);
        var fields = EntityFields.Read(block, defaultType, path, budget);
        var body = entity[block.BodyOffset..];
        IsDoubtful |= depth > 0 && !block.EndsByEmptyLine;
        var part = new MailPart(path, fields.MediaType, fields.Charset, fields.FileName, fields.Disposition, fields.ContentId, LeafContent.Name(fields.TransferEncodings), ReadOnlyMemory<byte>.Empty, [])
        {
            Headers = block.Fields,
            Raw = entity,
            Body = body,
            FileNames = fields.FileNames,
            IsAlternative = alternative,
        };
        if (!budget.TakePart(path) || !budget.HasTime(path))
            return Leaf(part with { Content = body });

        var multipart = part.IsMultipart;
        if (multipart || fields.MediaType is "message/rfc822" or "message/global" or "message/news")
        {
            if (depth >= budget.Limits.MaxMimeDepth)
            {
                budget.Cut("limit-depth", path, $"nested deeper than {budget.Limits.MaxMimeDepth}");
                return Leaf(part with { Content = body });
            }

            return multipart
                ? ReadMultipart(part, fields, body, depth, alternative)
                : ReadNested(part, fields, body, depth, alternative);
        }

        if (!alternative && fields.OtherTypes.FirstOrDefault(t => t.StartsWith("multipart/", StringComparison.Ordinal)) is { } other && depth < budget.Limits.MaxMimeDepth)
        {
            var tree = ReadLeaf(part, fields, body, alternative);
            ReadMultipart(part with { Path = path + "~1", MediaType = other }, fields, body, depth, alternative: true);
            return tree;
        }

        if (!alternative && depth < budget.Limits.MaxMimeDepth)
            ReadUndeclared(part, fields, body, depth);
        if (MayBeMessageFile(part.FileName, part.MediaType) && depth < budget.Limits.MaxMimeDepth)
            return ReadMessageFile(part, fields, body, depth, alternative);
        if (fields.MediaType is "message/partial")
            budget.Note("message-partial", path, "one piece of a message; the others are elsewhere");
        else if (fields.MediaType is "message/external-body")
            budget.Note("message-external-body", path, fields.TypeParameter("url") ?? fields.TypeParameter("site") ?? "the content is elsewhere");
        return ReadLeaf(part, fields, body, alternative);
    }

    private MailPart ReadMultipart(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, int depth, bool alternative)
    {
        var path = part.Path;
        if (fields.TransferEncodings is [var encoding, ..] && encoding is not ("7bit" or "8bit" or "binary"))
        {
            // RFC 2045, 6.4: not allowed on a multipart; some clients decode it all the same.
            budget.Note("encoded-multipart", path, encoding);
        }

        var readings = BoundaryReadings(part, fields, body);
        if (readings.Count == 0)
            return ReadLeaf(part, fields, body, alternative);

        var childType = part.MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        var children = ReadChildren(body, readings[0], path, depth, childType, alternative);
        if (!alternative)
        {
            for (var i = 1; i < readings.Count && i <= MaxAlternatives; i++)
                ReadChildren(body, readings[i], $"{path}~{i}", depth, childType, alternative: true);
            if (fields.OtherTypes.Any(t => !t.StartsWith("multipart/", StringComparison.Ordinal)))
                ReadLeaf(part with { Path = path + "~0", MediaType = fields.OtherTypes.First(), IsAlternative = true, Children = [] }, fields, body, alternative: true);
        }

        return part with { Children = children };
    }

    // Entities that no field declares, and that some clients read all the same.
    private void ReadUndeclared(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, int depth)
    {
        if (fields.Boundaries.Count > 0)
        {
            budget.Note("boundary-without-multipart", part.Path, part.MediaType);
            ReadMultipart(part with { Path = part.Path + "~1", MediaType = "multipart/mixed" }, fields, body, depth, alternative: true);
        }
        else if (!fields.HasContentType && BoundaryScan.StartsWithDelimiter(body.Span) is { } boundary)
        {
            budget.Note("undeclared-multipart", part.Path, boundary);
            var delimiters = BoundaryScan.Find(body.Span, boundary, budget.Limits.MaxParts + 1, out _);
            ReadChildren(body, delimiters, part.Path + "~1", depth, "text/plain", alternative: true);
        }
        else if (part.MediaType is "message/partial" && fields.TypeParameter("number")?.Trim() == "1")
        {
            // RFC 2046, 5.2.2: the first piece begins with the header of the enclosed message.
            ReadEntity(body, part.Path + "~1", depth + 1, isMessage: true, "text/plain", alternative: true);
        }
        else if (part.Headers.Count == 0 && depth > 0 && BoundaryScan.StartsWithMimeField(body.Span))
        {
            budget.Note("header-in-body", part.Path, "an empty line stands before the header of a part");
            ReadEntity(body, part.Path + "~1", depth + 1, isMessage: false, "text/plain", alternative: true);
        }
    }

    // The delimiters of each boundary that occurs in the body, the likeliest first.
    private List<List<Delimiter>> BoundaryReadings(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body)
    {
        var readings = new List<List<Delimiter>>();
        var chosen = new List<string>();
        var odd = false;
        foreach (var boundary in fields.Boundaries)
        {
            if (!budget.TakeWork(body.Length, part.Path))
                break;
            var delimiters = BoundaryScan.Find(body.Span, boundary, budget.Limits.MaxParts + 1, out var doubts);
            odd |= doubts.Odd && boundary == fields.Boundaries[0];
            IsDoubtful |= doubts.Loose;
            if (!delimiters.Exists(d => !d.Closes) || readings.Exists(r => r.SequenceEqual(delimiters)))
                continue;
            readings.Add(delimiters);
            chosen.Add(boundary);
        }

        if (odd)
            budget.Note("odd-boundary-line", part.Path, "a line that only some clients take for a delimiter");
        if (readings.Count > 1)
            budget.Note("ambiguous-boundary", part.Path, string.Join(" | ", chosen));
        if (readings.Count > 0)
            return readings;

        budget.Note(fields.Boundaries.Count == 0 ? "no-boundary" : "boundary-not-found", part.Path, fields.Boundaries is [var first, ..] ? first : "");
        if (budget.TakeWork(body.Length, part.Path) && BoundaryScan.Guess(body.Span, 0, body.Length) is { } guess)
        {
            budget.Note("guessed-boundary", part.Path, guess);
            var delimiters = BoundaryScan.Find(body.Span, guess, budget.Limits.MaxParts + 1, out _);
            if (delimiters.Count > 0)
                readings.Add(delimiters);
        }

        return readings;
    }

    private List<MailPart> ReadChildren(ReadOnlyMemory<byte> body, List<Delimiter> delimiters, string path, int depth, string childType, bool alternative)
    {
        var children = new List<MailPart>();
        var closed = false;
        for (var i = 0; i < delimiters.Count; i++)
        {
            var delimiter = delimiters[i];
            if (delimiter.Closes)
            {
                closed = true;
                continue;
            }

            if (closed)
            {
                budget.Note("part-after-end", path, "a part stands after the last delimiter");
                closed = false;
            }

            var end = i + 1 < delimiters.Count ? BoundaryScan.WithoutLineEnd(body.Span, delimiter.Next, delimiters[i + 1].Start) : body.Length;
            if (!budget.HasTime(path))
                break;
            children.Add(ReadEntity(body[delimiter.Next..end], $"{path}.{children.Count + 1}", depth + 1, isMessage: false, childType, alternative));
            if (budget.Notes.Any(n => n.Id == "limit-parts"))
                break;
        }

        if (!closed)
            budget.Note("missing-end-boundary", path, "the last delimiter is missing");
        return children;
    }

    private MailPart ReadNested(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, int depth, bool alternative)
    {
        var content = body;
        if (fields.TransferEncodings is [var encoding, ..] && encoding is not ("7bit" or "8bit" or "binary"))
        {
            // RFC 2046, 5.2.1 forbids it for message/rfc822, RFC 6532 allows it for message/global.
            if (part.MediaType != "message/global")
                budget.Note("encoded-message", part.Path, encoding);
            content = LeafContent.Decode(body, fields.TransferEncodings, alternatives: false, part.Path, budget)[0].Content;
        }

        var nested = ReadEntity(content, part.Path + ".1", depth + 1, isMessage: true, "text/plain", alternative);
        return part with { Children = [nested] };
    }

    // Mail programs open a file called .eml as the message it is, whatever its declared type.
    public static bool IsMessageFile(string? name, string mediaType, ReadOnlySpan<byte> content) =>
        MayBeMessageFile(name, mediaType) && TextTypes.Detect(content, "eml") == "eml";

    private static bool MayBeMessageFile(string? name, string mediaType) =>
        FileTypes.Extension(name) == "eml" && mediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase);

    private MailPart ReadMessageFile(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, int depth, bool alternative)
    {
        var content = LeafContent.Decode(body, fields.TransferEncodings, alternatives: false, part.Path, budget)[0].Content;
        return IsMessageFile(part.FileName, part.MediaType, content.Span)
            ? part with { MediaType = "message/rfc822", Children = [ReadEntity(content, part.Path + ".1", depth + 1, isMessage: true, "text/plain", alternative)] }
            : ReadLeaf(part, fields, body, alternative);
    }

    private MailPart ReadLeaf(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, bool alternative)
    {
        var decodings = LeafContent.Decode(body, fields.TransferEncodings, alternatives: true, part.Path, budget);
        var leaf = Leaf(part with { Content = decodings[0].Content, FileName = part.FileName ?? decodings[0].FileName, IsAlternative = alternative });
        for (var i = 1; i < decodings.Count; i++)
            Leaf(leaf with { Path = $"{part.Path}~{i}", Content = decodings[i].Content, FileName = part.FileName ?? decodings[i].FileName, IsAlternative = true });
        ReadInside(leaf, decodings[0].Coding);
        return leaf;
    }

    /// <summary>Takes in a leaf that only another reading shows, with the files inside of it.</summary>
    public void Add(MailPart leaf) => ReadInside(Leaf(leaf), TransferCoding.Identity);

    private void ReadInside(MailPart leaf, TransferCoding coding)
    {
        if (coding is not TransferCoding.UuEncode && leaf.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            ReadUuEncoded(leaf);
            ReadYEncoded(leaf);
        }

        ReadTnef(leaf, 0);
    }

    // A message attached in one is another.
    private void ReadTnef(MailPart leaf, int depth)
    {
        if (depth > budget.Limits.MaxMimeDepth)
            budget.Cut("limit-depth", leaf.Path, $"nested deeper than {budget.Limits.MaxMimeDepth}");
        else
            TnefReader.Read(leaf, budget, found => ReadTnef(Leaf(found), depth + 1));
    }

    private void ReadUuEncoded(MailPart leaf)
    {
        var count = 0;
        foreach (var file in UuEncode.Find(leaf.Content, (int)Math.Min(int.MaxValue, budget.DecodedLeft)))
        {
            count++;
            budget.Note(file.Complete ? "uuencoded-text" : "incomplete-uuencode", leaf.Path, file.Name);
            var granted = budget.TakeDecoded(file.Content.Length, leaf.Path);
            if (!budget.TakePart(leaf.Path))
                return;
            Leaf(new MailPart($"{leaf.Path}.u{count}", "application/octet-stream", null, file.Name, "attachment", null, "x-uuencode", file.Content.AsMemory(0, granted), []) { FileNames = [file.Name] });
        }
    }

    private void ReadYEncoded(MailPart leaf)
    {
        var count = 0;
        foreach (var file in YEnc.Find(leaf.Content, (int)Math.Min(int.MaxValue, budget.DecodedLeft)))
        {
            count++;
            budget.Note(file.Complete ? "yencoded-text" : "incomplete-yenc", leaf.Path, file.Name);
            var granted = budget.TakeDecoded(file.Content.Length, leaf.Path);
            if (!budget.TakePart(leaf.Path))
                return;
            Leaf(new MailPart($"{leaf.Path}.y{count}", "application/octet-stream", null, file.Name, "attachment", null, "x-yenc", file.Content.AsMemory(0, granted), []) { FileNames = [file.Name] });
        }
    }

    private MailPart Leaf(MailPart part)
    {
        _leaves.Add(part);
        return part;
    }
}
