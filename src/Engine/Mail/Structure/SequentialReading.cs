namespace Platform.Engine.Mail.Structure;

/// <summary>
/// A reading from the first octet to the last that knows one delimiter at a time, that of the innermost multipart. Where an
/// inner multipart is never closed it takes in what stands behind it, delimiters of the outer one too. So read parsers
/// that work on a stream, mail-parser of Stalwart among them; RFC 2046, 5.1.2 has it otherwise.
/// </summary>
internal sealed class SequentialReading(ReadingParts parts, ReadOnlyMemory<byte> text)
{
    private int _position;
    private bool _hasEnded;
    private bool _isClosed;

    public MailPart Read(string path) => ReadEntity([], path, 0, "text/plain", isMessage: true) ?? throw new InvalidOperationException("The outermost entity is always there.");

    /// <summary>Reads to the next delimiter, or to the end. Null when the text ends in the entity's header.</summary>
    /// <param name="delimiter">Empty outside of every multipart.</param>
    private MailPart? ReadEntity(byte[] delimiter, string path, int depth, string defaultType, bool isMessage = false)
    {
        var entity = text[_position..];
        var (part, fields, body, hasEnd) = parts.Open(entity, path, isMessage, defaultType);
        if (!parts.Take(path) || !hasEnd)
        {
            (_hasEnded, _position) = (true, text.Length);
            return depth == 0 ? parts.Leaf(part, ReadOnlyMemory<byte>.Empty) : null;
        }

        _position = text.Length - body.Length;
        if (!parts.IsDeepest(depth))
        {
            if (part.IsMultipart && fields.Boundaries is [var boundary, ..] && BoundaryScan.DashBoundary(boundary) is { Length: > 0 } own && Seek(own, path))
                return ReadChildren(part, own, delimiter, depth);
            if (ReadingParts.IsMessage(part) && ReadMessage(part, delimiter, depth) is { } message)
                return message;
        }

        return ReadLeaf(part, delimiter);
    }

    private MailPart ReadChildren(MailPart part, byte[] own, byte[] outer, int depth)
    {
        var childType = part.MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        var children = new List<MailPart>();
        do
        {
            if (ReadEntity(own, $"{part.Path}.{children.Count + 1}", depth + 1, childType) is not { } child)
                break;
            children.Add(child);
        }
        while (!_hasEnded && !_isClosed);

        // What follows the end of the outermost multipart is its epilogue.
        if (!_hasEnded && (outer.Length == 0 || !Seek(outer, part.Path)))
            _hasEnded = true;
        return part with { Children = children };
    }

    // Null when what is attached has no header that ends: then it is a leaf, whatever it was called.
    private MailPart? ReadMessage(MailPart part, byte[] delimiter, int depth)
    {
        var start = _position;
        if (ReadingParts.IsEncoded(part))
        {
            var (body, isWhole) = TakeBody(delimiter, part.Path);
            if (!isWhole || parts.Decode(part, body) is not { } content)
                return ReadingParts.AsItStands(part, body);
            var inner = new SequentialReading(parts, content);
            return inner.ReadEntity([], part.Path + ".1", depth + 1, "text/plain") is { } decoded
                ? part with { Children = [decoded] }
                : parts.Leaf(part, body);
        }

        if (ReadEntity(delimiter, part.Path + ".1", depth + 1, "text/plain") is { } child)
            return part with { Children = [child] };
        (_hasEnded, _position) = (false, start);
        return null;
    }

    // Such a program knows where an encoded part ends only by its delimiter, and gives up on the encoding without one.
    private MailPart ReadLeaf(MailPart part, byte[] delimiter)
    {
        var (body, isWhole) = TakeBody(delimiter, part.Path);
        return isWhole ? parts.Leaf(part, body) : ReadingParts.AsItStands(part, body);
    }

    private (ReadOnlyMemory<byte> Body, bool IsWhole) TakeBody(byte[] delimiter, string path)
    {
        var start = _position;
        if (delimiter.Length > 0 && Seek(delimiter, path, out var end))
            return (text[start..end], true);
        (_hasEnded, _position) = (true, text.Length);
        return (text[start..], delimiter.Length == 0);
    }

    private bool Seek(byte[] delimiter, string path) => Seek(delimiter, path, out _);

    // Goes behind the next delimiter line; stays where it is when there is none.
    private bool Seek(byte[] delimiter, string path, out int contentEnd)
    {
        var rest = text.Span[_position..];
        contentEnd = _position;
        var found = BoundaryScan.NextByPrefix(rest, 0, delimiter);
        if (!parts.TakeWork(found?.Next ?? rest.Length, path) || found is not { } line)
            return false;
        contentEnd = _position + BoundaryScan.WithoutLineEnd(rest, 0, line.Start);
        _position += line.Next;
        _isClosed = line.Closes;
        return true;
    }
}
