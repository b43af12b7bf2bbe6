namespace Platform.Engine.Mail.Structure;

/// <summary>
/// A reading in which outer delimiters come before inner ones, as RFC 2046, 5.1.2 has it, under other choices: delimiters
/// by the beginning of their line, the last of doubled fields, multiparts that may be empty. So read JavaMail and mime4j.
/// </summary>
internal sealed class NestedReading(ReadingParts parts, int maxParts)
{
    public MailPart Read(ReadOnlyMemory<byte> message, string path) => ReadEntity(message, path, 0, isMessage: true, "text/plain");

    private MailPart ReadEntity(ReadOnlyMemory<byte> entity, string path, int depth, bool isMessage, string defaultType)
    {
        var (part, fields, body, _) = parts.Open(entity, path, isMessage, defaultType);
        if (!parts.Take(path) || parts.IsDeepest(depth))
            return ReadingParts.AsItStands(part, body);
        if (part.IsMultipart)
            return ReadMultipart(part, fields, body, depth);
        if (ReadingParts.IsMessage(part) && parts.Decode(part, body) is { } content)
            return part with { Children = [ReadEntity(content, path + ".1", depth + 1, isMessage: true, "text/plain")] };
        return parts.Leaf(part, body);
    }

    private MailPart ReadMultipart(MailPart part, EntityFields fields, ReadOnlyMemory<byte> body, int depth)
    {
        var mayBeEmpty = parts.Has(Interpretation.MayBeEmpty);
        if (fields.Boundaries is not [var boundary, ..])
            return parts.Leaf(mayBeEmpty ? part with { MediaType = "text/plain" } : part, body);
        var delimiters = parts.TakeWork(body.Length, part.Path) ? Delimiters(body.Span, boundary) : [];
        if (!delimiters.Exists(d => !d.Closes) && !mayBeEmpty)
            return parts.Leaf(part, body);

        var children = new List<MailPart>();
        var childType = part.MediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        for (var i = 0; i < delimiters.Count; i++)
        {
            if (delimiters[i].Closes || delimiters[i].Next >= body.Length)
                continue;
            var end = i + 1 < delimiters.Count ? BoundaryScan.WithoutLineEnd(body.Span, delimiters[i].Next, delimiters[i + 1].Start) : body.Length;
            children.Add(ReadEntity(body[delimiters[i].Next..end], $"{part.Path}.{children.Count + 1}", depth + 1, isMessage: false, childType));
        }

        return part with { Children = children };
    }

    private List<Delimiter> Delimiters(ReadOnlySpan<byte> body, string boundary)
    {
        var found = parts.Has(Interpretation.DelimiterByPrefix)
            ? ByPrefix(body, BoundaryScan.DashBoundary(boundary))
            : BoundaryScan.Find(body, boundary, maxParts + 1, out _);
        var close = parts.Has(Interpretation.EndsAtClose) ? found.FindIndex(d => d.Closes) : -1;
        return close < 0 ? found : found[..(close + 1)];
    }

    private List<Delimiter> ByPrefix(ReadOnlySpan<byte> body, ReadOnlySpan<byte> dashBoundary)
    {
        var found = new List<Delimiter>();
        if (dashBoundary.IsEmpty)
            return found;
        for (var position = 0; found.Count <= maxParts && BoundaryScan.NextByPrefix(body, position, dashBoundary) is { } delimiter; position = delimiter.Next)
        {
            found.Add(delimiter);
            if (delimiter.Next >= body.Length)
                break;
        }

        return found;
    }
}
