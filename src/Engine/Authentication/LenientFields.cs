using System.Text;

namespace Platform.Engine.Authentication;

/// <param name="Name">Without the white space, folds and controls that stood in or about it.</param>
/// <param name="IsNameOdd">There were such.</param>
/// <param name="Start">Offset in the message of its first octet.</param>
/// <param name="ValueStart">Offset of the octet after the colon.</param>
/// <param name="Length">In octets, line end included.</param>
internal readonly record struct LenientField(string Name, bool IsNameOdd, int Start, int ValueStart, int Length)
{
    /// <summary>After the colon, folds included.</summary>
    public ReadOnlySpan<byte> Octets(ReadOnlySpan<byte> message) => message[ValueStart..(Start + Length)];

    /// <summary>The same, one char (U+0000 to U+00FF) an octet.</summary>
    public string Value(ReadOnlySpan<byte> message) => Encoding.Latin1.GetString(Octets(message));

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The fields of a header as the most lenient reader would see them (RFC 5322, 2.2 and 4.5): so that nothing that some client
/// takes for a field escapes. Lines end in CRLF or LF; a bare CR begins a new field, as it ends the line to some readers. An empty
/// line ends the header only where those agree who take a bare CR for a line end and those who do not.
/// </summary>
internal static class LenientFields
{
    private const int MaxHeaderLength = 1024 * 1024;
    private const int MaxFields = 2_000;

    /// <param name="isCut">There is more of a header than the 1 MiB and 2,000 fields that are read.</param>
    public static IReadOnlyList<LenientField> Read(ReadOnlySpan<byte> message, out bool isCut) => Read(message, MaxFields, out isCut);

    /// <summary>All in the first MiB, however many.</summary>
    public static IReadOnlyList<LenientField> ReadAll(ReadOnlySpan<byte> message) => Read(message, MaxHeaderLength, out _);

    private static List<LenientField> Read(ReadOnlySpan<byte> message, int maxFields, out bool isCut)
    {
        var header = message[..Math.Min(message.Length, MaxHeaderLength)];
        var fields = new List<LenientField>();
        var start = AfterMark(header, 0);
        var count = 0;
        var followsFeed = true;
        for (var position = start; position < header.Length;)
        {
            var length = header[position..].IndexOfAny((byte)'\r', (byte)'\n');
            var end = length < 0 ? header.Length : position + length;
            var next = Math.Min(header.Length, end + (header[end..].StartsWith("\r\n"u8) ? 2 : 1));
            var endsInFeed = header[next - 1] == '\n';
            if (length == 0 && count > 0 && followsFeed && endsInFeed)
            {
                isCut = false;
                return fields;
            }

            followsFeed = endsInFeed;
            if (length == 0)
            {
                next = count == 0 ? AfterMark(header, next) : next;
                start = next;
            }
            else if (next >= header.Length || header[next] is not ((byte)' ' or (byte)'\t'))
            {
                if (count++ == maxFields)
                {
                    isCut = true;
                    return fields;
                }

                Add(fields, header[start..next], start);
                start = next;
            }

            position = next;
        }

        isCut = message.Length > MaxHeaderLength;
        return fields;
    }

    private static int AfterMark(ReadOnlySpan<byte> header, int position) => header[position..].StartsWith("\uFEFF"u8) ? position + 3 : position;

    private static void Add(List<LenientField> fields, ReadOnlySpan<byte> octets, int start)
    {
        var colon = octets.IndexOf((byte)':');
        if (colon < 0)
            return;
        var written = Encoding.Latin1.GetString(octets[..colon]);
        var name = written.AsSpan().ContainsAnyExceptInRange('!', '~') ? string.Concat(written.Where(c => c > ' ' && c != '\x7F')) : written;
        fields.Add(new LenientField(name, name.Length != written.Length, start, start + colon + 1, octets.Length));
    }
}
