namespace Platform.Engine.Authentication;

// A message is a header section and a body (RFC 5322, 2.1): fields `Name: value`, each ended by CRLF and continued by
// lines that begin with white space; then an empty line; then the body, to the end. Signatures are made over these very
// octets, so that nothing here is decoded, trimmed or put in order. What is no field stands in the list without a name:
// it can be neither signed nor found, and does not end the header, as an empty line alone does. Lines end in CRLF;
// a LF alone ends a line too, since readers of mail take it so. A message whose first line ends in LF alone comes from
// a file that keeps lines so, and is read as if every LF were CRLF.

/// <summary>Header fields and body of a message by their exact octets (RFC 5322, 2.2). Any octets give a message.</summary>
public sealed class RawMessage
{
    /// <summary>The longest header section that is read, in octets; RFC 5322, 2.1.1 bounds lines alone.</summary>
    public const int MaxHeaderLength = 1024 * 1024;

    /// <summary>The most fields that are read; RFC 5322, 3.6 gives no bound.</summary>
    public const int MaxFields = 4096;

    private readonly Dictionary<string, List<int>> _named = new(StringComparer.OrdinalIgnoreCase);

    private RawMessage(ReadOnlyMemory<byte> octets, IReadOnlyList<RawField> fields, ReadOnlyMemory<byte> body, bool isCut)
    {
        Octets = octets;
        Fields = fields;
        Body = body;
        IsCut = isCut;
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Name.Length == 0)
                continue;
            if (!_named.TryGetValue(fields[index].Name, out var indices))
                _named.Add(fields[index].Name, indices = []);
            indices.Add(index);
        }
    }

    /// <summary>The whole message with its lines ended as this class reads them (RFC 5322, 2.1).</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>From the top down, those that are no field too: they have no name (RFC 5322, 2.2).</summary>
    public IReadOnlyList<RawField> Fields { get; }

    /// <summary>What follows the first empty line; empty without one (RFC 5322, 2.1).</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// The header section is longer than <see cref="MaxHeaderLength"/> or has more fields than <see cref="MaxFields"/>: the rest was
    /// not read, and nothing that depends on all of the header (RFC 6376, 5.4.2) can be said of it.
    /// </summary>
    public bool IsCut { get; }

    /// <summary>Indices into <see cref="Fields"/> of the fields of a name, without regard to case (RFC 5322, 1.2.2), from the top down.</summary>
    public IReadOnlyList<int> IndicesOf(string name) => _named.TryGetValue(name, out var indices) ? indices : [];

    /// <summary>The fields of a name, without regard to case (RFC 5322, 1.2.2), from the top down.</summary>
    public IEnumerable<RawField> Named(string name) => IndicesOf(name).Select(index => Fields[index]);

    /// <summary>Reads a message (RFC 5322, 2.1). The octets are not copied when their lines end in CRLF, and must not change afterwards.</summary>
    public static RawMessage Read(ReadOnlyMemory<byte> octets)
    {
        var firstFeed = octets.Span.IndexOf((byte)'\n');
        if (firstFeed >= 0 && (firstFeed == 0 || octets.Span[firstFeed - 1] != '\r'))
            octets = WithCrLf(octets.Span);
        var span = octets.Span;
        var fields = new List<RawField>();
        int position = 0, start = -1, body = span.Length;
        var isCut = false;
        while (position < span.Length)
        {
            var next = LineEnd(span, position, out var length);
            var first = span[position];
            if (length == 0)
            {
                body = next;
                break;
            }

            if (first is not ((byte)' ' or (byte)'\t') || start < 0)
            {
                if (start >= 0)
                    fields.Add(new RawField(octets[start..position]));
                start = position;
            }

            position = next;
            if (fields.Count < MaxFields && position <= MaxHeaderLength)
                continue;
            isCut = true;
            body = span.Length;
            break;
        }

        if (start >= 0 && !isCut)
            fields.Add(new RawField(octets[start..Math.Min(position, span.Length)]));
        return new RawMessage(octets, fields, octets[body..], isCut);
    }

    private static int LineEnd(ReadOnlySpan<byte> span, int position, out int length)
    {
        var feed = span[position..].IndexOf((byte)'\n');
        length = feed < 0 ? span.Length - position : feed;
        if (feed > 0 && span[position + feed - 1] == '\r')
            length--;
        return feed < 0 ? span.Length : position + feed + 1;
    }

    private static byte[] WithCrLf(ReadOnlySpan<byte> lines)
    {
        var output = new byte[lines.Length + lines.Count((byte)'\n')];
        var length = 0;
        while (lines.IndexOf((byte)'\n') is var feed and >= 0)
        {
            var line = lines[..feed];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            line.CopyTo(output.AsSpan(length));
            length += line.Length;
            output[length++] = (byte)'\r';
            output[length++] = (byte)'\n';
            lines = lines[(feed + 1)..];
        }

        lines.CopyTo(output.AsSpan(length));
        return output[..(length + lines.Length)];
    }
}
