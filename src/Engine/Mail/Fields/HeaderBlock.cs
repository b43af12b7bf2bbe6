using System.Text;

namespace Platform.Engine.Mail.Fields;

/// <param name="BodyOffset">Offset of the first octet of the body.</param>
/// <param name="EndsByEmptyLine">False when the text ended, or a line that is no field began the body.</param>
internal sealed record HeaderBlock(IReadOnlyList<MailHeader> Fields, int BodyOffset, bool EndsByEmptyLine)
{
    public IEnumerable<MailHeader> Named(string name) => Fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Splits a header section (RFC 5322, 2.2) into fields with exact offsets: <c>Name: value</c>, continued by lines that begin
/// with white space, ended by an empty line. Lines end in CRLF, or LF alone. Unlike a strict parser it goes on after
/// what is not a field: an mbox line, leading empty lines, NULs, junk, a missing empty line, or no header at all.
/// </summary>
internal static class HeaderSplitter
{
    private const int MaxJunkLines = 16;
    private const int MaxBlockLength = 4 * 1024 * 1024;

    /// <param name="toEmptyLine">Passes over every line that is no field, in place of taking it for the body's first when no field follows soon.</param>
    public static HeaderBlock Split(ReadOnlySpan<byte> raw, int start, int end, bool isMessage, string where, ReadBudget budget, bool toEmptyLine = false)
    {
        var fields = new List<Span>();
        var position = start;
        if (isMessage)
            position = SkipPrologue(raw, position, end, where, budget);
        int junk = 0, body = end;
        var ended = false;
        var first = position;
        while (position < end)
        {
            var next = LineEnd(raw, position, end, out var length);
            var line = raw.Slice(position, length);
            if (line.IsEmpty)
            {
                body = next;
                ended = true;
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t' && fields.Count > 0)
            {
                fields[^1] = fields[^1] with { End = next };
            }
            else if (NameLength(line) is var name and > 0)
            {
                fields.Add(new Span(position, name, line.IndexOf((byte)':') + 1, next));
                if (fields.Count > budget.Limits.MaxHeaders || position - start > MaxBlockLength)
                {
                    fields.RemoveAt(fields.Count - 1);
                    budget.Cut("limit-headers", where, $"more than {budget.Limits.MaxHeaders} header fields, or {MaxBlockLength} bytes of them");
                    body = SkipToBody(raw, position, end);
                    ended = body < end;
                    break;
                }
            }
            else
            {
                if (!toEmptyLine && (++junk > MaxJunkLines || !FieldsFollow(raw, next, end)))
                {
                    budget.Note(position == first ? "header-missing" : "missing-blank-line", where, Shown(line));
                    body = position;
                    break;
                }

                budget.Note("junk-in-header", where, Shown(line));
            }

            position = next;
            body = next;
        }

        if (position >= end)
            body = end;
        var header = raw[first..Math.Max(first, Math.Min(body, end))];
        if (header.IndexOf((byte)0) >= 0)
            budget.Note("nul-in-header", where, "a NUL octet stands in the header");
        return new HeaderBlock(Build(raw, fields, where, budget), body, ended);
    }

    /// <summary>The start of the next line; <paramref name="length"/> is without the line end.</summary>
    public static int LineEnd(ReadOnlySpan<byte> raw, int position, int end, out int length)
    {
        var feed = raw[position..end].IndexOf((byte)'\n');
        var next = feed < 0 ? end : position + feed + 1;
        length = feed < 0 ? end - position : feed;
        if (length > 0 && raw[position + length - 1] == '\r')
            length--;
        return next;
    }

    private readonly record struct Span(int Start, int NameLength, int ValueStart, int End);

    private static int SkipPrologue(ReadOnlySpan<byte> raw, int position, int end, string where, ReadBudget budget)
    {
        var first = position;
        while (position < end && raw[position] is (byte)'\r' or (byte)'\n')
            position++;
        if (position > first && position < end)
        {
            if (!FieldsFollow(raw, position, end))
                return first;
            budget.Note("leading-blank-lines", where, $"{position - first} octets before the header");
        }

        if (raw[position..end].StartsWith("\uFEFF"u8))
        {
            budget.Note("bom-before-header", where, "a byte order mark stands before the header");
            position += 3;
        }

        while (raw[position..end].StartsWith("From "u8) || raw[position..end].StartsWith(">From "u8))
        {
            budget.Note("mbox-from-line", where, "an mbox line stands before the header");
            position = LineEnd(raw, position, end, out _);
        }

        return position;
    }

    // The length of the field name, 0 when the line is no field. White space before the colon is allowed for.
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return 0;
        var name = line[..colon].TrimEnd(" \t\0"u8);
        foreach (var b in name)
            if (b is < 33 and not 0 or 127)
                return 0;
        return name.Length;
    }

    // True when one of the next few lines is a field, before an empty line.
    private static bool FieldsFollow(ReadOnlySpan<byte> raw, int position, int end)
    {
        for (var lines = 0; lines < 8 && position < end; lines++)
        {
            var next = LineEnd(raw, position, end, out var length);
            if (length == 0)
                return false;
            if (NameLength(raw.Slice(position, length)) is > 0 and < 60)
                return true;
            position = next;
        }

        return false;
    }

    private static int SkipToBody(ReadOnlySpan<byte> raw, int position, int end)
    {
        while (position < end)
        {
            var next = LineEnd(raw, position, end, out var length);
            if (length == 0)
                return next;
            position = next;
        }

        return end;
    }

    private static List<MailHeader> Build(ReadOnlySpan<byte> raw, List<Span> spans, string where, ReadBudget budget)
    {
        var headers = new List<MailHeader>(spans.Count);
        foreach (var span in spans)
        {
            var name = Encoding.Latin1.GetString(raw.Slice(span.Start, span.NameLength)).Replace("\0", "", StringComparison.Ordinal);
            var value = raw[(span.Start + span.ValueStart)..span.End];
            var trimmed = value.TrimEnd("\r\n"u8);
            if (span.ValueStart != span.NameLength + 1)
                budget.Note("space-before-colon", where, name);
            if (HasBareCarriageReturn(trimmed))
                budget.Note("bare-cr-in-header", where, name);
            if (trimmed.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0 && !Content.Charsets.IsValidUtf8(trimmed))
                budget.Note("raw-8bit-header", where, name);
            if (trimmed.Length > HeaderText.MaxRawLength)
                budget.Cut("limit-header-length", where, name);
            var bounded = trimmed[..Math.Min(trimmed.Length, HeaderText.MaxRawLength)];
            headers.Add(new MailHeader(name, HeaderText.Decode(bounded), Encoding.Latin1.GetString(bounded), span.Start, span.End - span.Start));
        }

        return headers;
    }

    private static bool HasBareCarriageReturn(ReadOnlySpan<byte> value)
    {
        for (var i = value.IndexOf((byte)'\r'); i >= 0;)
        {
            if (i + 1 >= value.Length || value[i + 1] != '\n')
                return true;
            var next = value[(i + 1)..].IndexOf((byte)'\r');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return false;
    }

    private static string Shown(ReadOnlySpan<byte> line) => Encoding.Latin1.GetString(line[..Math.Min(line.Length, 80)]);
}
