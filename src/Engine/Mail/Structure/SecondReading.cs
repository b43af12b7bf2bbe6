using MimeKit;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// The same message as MimeKit reads it. Two independent parsers that find different content are the sign of a message
/// made to be read differently (DET2); what only the second one sees is inspected as an alternative leaf.
/// </summary>
internal static class SecondReading
{
    private const int MaxLength = 64 * 1024 * 1024;

    // MimeKit's time grows with the square of a line's length.
    private const int MaxLineLength = 256 * 1024;

    /// <summary>Leaves whose content the first reading does not have.</summary>
    public static IReadOnlyList<MailPart> Read(ReadOnlyMemory<byte> message, IReadOnlyList<MailPart> known, ReadBudget budget)
    {
        // What the first reading had to cut would cost the second one as much.
        if (message.IsEmpty || message.Length > MaxLength || budget.Notes.Any(n => n.Limit) || !budget.HasTime("1"))
            return [];
        if (HasLongLine(message.Span))
        {
            budget.Cut("limit-line-length", "1", $"a line longer than {MaxLineLength} octets");
            return [];
        }

        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var leaf in known)
            fingerprints.Add(ContentFingerprint.Of(leaf.Content.Span));
        var found = new List<MailPart>();
        try
        {
            using var stream = AsStream(message);
            var options = new ParserOptions { MaxMimeDepth = Math.Max(1, budget.Limits.MaxMimeDepth) };
            var parser = new MimeParser(options, stream, MimeFormat.Entity, persistent: true);
            Walk(parser.ParseMessage(budget.Cancellation), fingerprints, found, budget);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A message the library cannot read at all is no loss: the first reading has it.
            budget.Note("read-differently", "1", exception.GetType().Name);
        }

        return found;
    }

    private static void Walk(MimeMessage message, HashSet<string> fingerprints, List<MailPart> found, ReadBudget budget)
    {
        var pending = new Stack<MimeEntity>();
        if (message.Body is not null)
            pending.Push(message.Body);
        while (pending.TryPop(out var entity) && budget.HasTime("1"))
        {
            switch (entity)
            {
                case Multipart multipart:
                    for (var i = multipart.Count - 1; i >= 0; i--)
                        pending.Push(multipart[i]);
                    break;
                case MessagePart { Message.Body: { } body }:
                    pending.Push(body);
                    break;
                case MimePart { Content: { } content } part:
                    Compare(part, content, fingerprints, found, budget);
                    break;
            }
        }
    }

    private static void Compare(MimePart part, IMimeContent content, HashSet<string> fingerprints, List<MailPart> found, ReadBudget budget)
    {
        var bytes = BoundedContent.Read(content, "1", budget);
        if (MimeTreeReader.IsMessageFile(part.FileName, part.ContentType.MimeType, bytes.Span))
            return;
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty || !fingerprints.Add(ContentFingerprint.Of(bytes.Span)) || !budget.TakePart("1"))
            return;
        var path = $"1~m{found.Count + 1}";
        budget.Note("read-differently", path, part.ContentType.MimeType);
        var name = part.FileName;
        found.Add(new MailPart(path, part.ContentType.MimeType.ToLowerInvariant(), part.ContentType.Charset, name, part.ContentDisposition?.Disposition?.ToLowerInvariant(), part.ContentId, "binary", bytes, [])
        {
            FileNames = name is null ? [] : [name],
            IsAlternative = true,
        });
    }

    private static bool HasLongLine(ReadOnlySpan<byte> message)
    {
        while (message.Length > MaxLineLength)
        {
            var last = message[..MaxLineLength].LastIndexOf((byte)'\n');
            if (last < 0)
                return true;
            message = message[(last + 1)..];
        }

        return false;
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> message) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(message, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(message.ToArray(), writable: false);
}
