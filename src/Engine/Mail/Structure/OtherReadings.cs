using System.Text;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// Reads a doubtful message again as other programs do, and keeps each tree that differs. An ordinary message is not read again:
/// every choice matters only where the standard's reading met something off the standard, or a line that begins as a
/// delimiter and goes on.
/// </summary>
internal sealed class OtherReadings(ReadBudget budget)
{
    private const string StandardName = "standard";

    // What a first reading tells that lets others come to another tree.
    private static readonly string[] Reasons =
    [
        "ambiguous-boundary", "bad-content-type", "bare-cr-in-header", "base64-junk", "boundary-not-found", "boundary-without-multipart", "duplicate-content-type",
        "duplicate-transfer-encoding", "encoded-message", "encoded-multipart", "guessed-boundary", "header-in-body", "header-missing", "hidden-mime-header", "junk-in-header",
        "malformed-content-type", "missing-blank-line", "missing-end-boundary", "no-boundary", "obsolete-transfer-encoding", "odd-boundary-line", "part-after-end", "undeclared-multipart",
    ];

    private static readonly string[] Exhaustion = ["limit-time", "limit-work", "limit-parts", "limit-bytes"];

    private readonly Dictionary<ReadOnlyMemory<byte>, string> _fingerprints = [];
    private readonly List<Reading> _readings = [];

    /// <summary>The standard's first.</summary>
    public IReadOnlyList<Reading> Readings => _readings;

    public void Read(ReadOnlyMemory<byte> message, MailPart root, MimeTreeReader tree)
    {
        _readings.Add(new Reading(StandardName, Interpretation.Standard, root));
        var reasons = budget.Notes.Select(note => note.Id).ToHashSet(StringComparer.Ordinal);
        if ((!tree.IsDoubtful && !reasons.Overlaps(Reasons)) || reasons.Overlaps(Exhaustion))
            return;

        var known = new Dictionary<ReadOnlyMemory<byte>, MailPart>();
        foreach (var leaf in tree.Leaves.Where(leaf => !leaf.Body.IsEmpty && !leaf.IsAlternative))
            known.TryAdd(leaf.Body, leaf);
        var shapes = new HashSet<string>(StringComparer.Ordinal) { Shape(root) };
        var seen = tree.Leaves.Select(Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, letter, choices) in Choices(reasons))
        {
            if (!budget.HasTime("1"))
                return;
            budget.IsQuiet = true;
            var parts = new ReadingParts(budget, choices, known);
            var other = new Reading(name, choices, ReadAs(message, $"1~{letter}", choices, parts));
            budget.IsQuiet = false;
            if (!shapes.Add(Shape(other.Root)))
                continue;
            _readings.Add(other);
            TakeIn(other, parts.Leaves, seen, tree);
        }
    }

    private static IEnumerable<(string Name, char Letter, Interpretation Choices)> Choices(HashSet<string> reasons)
    {
        yield return ("delimiters by prefix", 'p', Interpretation.DelimiterByPrefix | Interpretation.EndsAtClose | Interpretation.MayBeEmpty | Interpretation.HeaderToEmptyLine);
        yield return ("innermost delimiter only", 'i', Interpretation.InnermostDelimiterOnly | Interpretation.DelimiterByPrefix | Interpretation.EndsAtClose | Interpretation.LastField | Interpretation.HeaderToEmptyLine | Interpretation.StrictBase64);
        if (reasons.Contains("duplicate-content-type") || reasons.Contains("duplicate-transfer-encoding"))
            yield return ("last of doubled fields", 'l', Interpretation.LastField);
        if (reasons.Contains("bare-cr-in-header") || reasons.Contains("odd-boundary-line"))
            yield return ("bare CR ends a line", 'r', Interpretation.BareReturnEndsLine);
    }

    private MailPart ReadAs(ReadOnlyMemory<byte> message, string path, Interpretation choices, ReadingParts parts)
    {
        if (parts.Has(Interpretation.InnermostDelimiterOnly))
            return new SequentialReading(parts, message).Read(path);
        var text = parts.Has(Interpretation.BareReturnEndsLine) ? WithLineFeeds(message.Span) : message;
        return new NestedReading(parts, budget.Limits.MaxParts).Read(text, path);
    }

    // A bare CR becomes LF, one octet for one, so that offsets stay true.
    private static byte[] WithLineFeeds(ReadOnlySpan<byte> message)
    {
        var text = message.ToArray();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))
                text[i] = (byte)'\n';
        return text;
    }

    private void TakeIn(Reading reading, IReadOnlyList<MailPart> leaves, HashSet<string> seen, MimeTreeReader tree)
    {
        foreach (var leaf in leaves)
        {
            if (leaf.Content.Span.Trim(" \t\r\n"u8).IsEmpty || !seen.Add(Key(leaf)))
                continue;
            var isPlain = leaf is { MediaType: "text/plain", FileName: null };
            if ((isPlain && SwallowsParts(leaf.Content.Span)) || MimeTreeReader.IsMessageFile(leaf.FileName, leaf.MediaType, leaf.Content.Span))
                continue;
            if (!budget.TakePart(leaf.Path))
                return;
            tree.Add(leaf);
            if (!isPlain)
                budget.Note("readings-differ", leaf.Path, $"{leaf.MediaType} {leaf.FileName}".TrimEnd() + $" is shown by one reading only: {reading.Name}");
        }
    }

    // Text that goes over the header of a part shows what the parts themselves show, less well.
    private static bool SwallowsParts(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("\n--"u8) is var hit and >= 0)
        {
            text = text[(hit + 3)..];
            var feed = text.IndexOf((byte)'\n');
            if (feed >= 0 && BoundaryScan.StartsWithMimeField(text[(feed + 1)..]))
                return true;
        }

        return false;
    }

    // The same octets are two things when one program shows markup and another its source.
    private string Key(MailPart leaf) => Fingerprint(leaf.Content) + (leaf.MediaType is "text/html" ? "h" : "");

    private string Shape(MailPart part)
    {
        var shape = new StringBuilder();
        Append(part);
        return shape.ToString();

        void Append(MailPart node)
        {
            shape.Append('(').Append(node.MediaType).Append(' ').Append(node.FileName).Append(' ').Append(node.Content.IsEmpty ? "" : Fingerprint(node.Content));
            foreach (var child in node.Children)
                Append(child);
            shape.Append(')');
        }
    }

    private string Fingerprint(ReadOnlyMemory<byte> content) =>
        _fingerprints.TryGetValue(content, out var known) ? known : _fingerprints[content] = ContentFingerprint.Of(content.Span);
}
