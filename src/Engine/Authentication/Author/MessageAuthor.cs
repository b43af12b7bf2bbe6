using System.Text;

namespace Platform.Engine.Authentication.Author;

/// <summary>Finds the From fields of a message as the most lenient reader would, and reads them (RFC 5322, 2.2 and 3.6.2).</summary>
public static class MessageAuthor
{
    private const int MaxFromFields = 20;
    private const int MaxBeside = 100;
    private const int MaxName = 40;

    /// <summary>
    /// The author of a message (RFC 9989, 5.3.1), with the addresses of Sender and Resent-From beside it. A field counts as From
    /// also with white space, a fold or a NUL about its name (RFC 5322, 4.5), and after a bare CR.
    /// </summary>
    /// <param name="message">The raw message; lines end in CRLF, or LF alone. Of its header, 1 MiB and 2,000 fields are read.</param>
    public static AuthorIdentity Read(ReadOnlySpan<byte> message) => Read(message, LenientFields.Read(message, out var isCut), isCut);

    internal static AuthorIdentity Read(ReadOnlySpan<byte> message, IReadOnlyList<LenientField> fields, bool isCut)
    {
        var oddities = new HashSet<string>(StringComparer.Ordinal);
        var from = new List<string>();
        var beside = new List<ShownAddress>();
        var read = 0;
        foreach (var field in fields)
        {
            if (field.Is("From"))
            {
                if (field.IsNameOdd)
                    oddities.Add(FromOddity.BrokenFieldName);
                from.Add(field.Value(message));
            }
            else if (Place(field.Name) is { } place && read++ < MaxBeside)
            {
                beside.AddRange(Addresses(field.Value(message), place));
            }

            foreach (var hidden in Continued(field.Octets(message)))
            {
                oddities.Add(FromOddity.FromInContinuation);
                if (read++ < MaxBeside)
                    beside.AddRange(Addresses(hidden, AddressPlace.Continuation));
            }
        }

        return FromReader.Read(from.Count > MaxFromFields ? from[..MaxFromFields] : from, beside, oddities, isCut || read > MaxBeside);
    }

    private static IEnumerable<ShownAddress> Addresses(string value, AddressPlace place) =>
        FromReader.Read([value.Length > FromReader.MaxLength ? value[..FromReader.MaxLength] : value]).Addresses.Select(shown => shown with { Place = place });

    private static AddressPlace? Place(string name) =>
        name.Equals("Sender", StringComparison.OrdinalIgnoreCase) ? AddressPlace.Sender
        : name.Equals("Resent-From", StringComparison.OrdinalIgnoreCase) || name.Equals("Resent-Sender", StringComparison.OrdinalIgnoreCase) ? AddressPlace.Resent
        : null;

    // Lines of a folded value that would be a From field of their own to a reader that does not unfold.
    private static List<string> Continued(ReadOnlySpan<byte> value)
    {
        List<string> lines = [];
        for (var feed = value.IndexOf((byte)'\n'); feed >= 0 && lines.Count < MaxFromFields; feed = value.IndexOf((byte)'\n'))
        {
            value = value[(feed + 1)..];
            var colon = value[..Math.Min(value.Length, MaxName)].IndexOf((byte)':');
            if (colon < 0 || !Ascii.EqualsIgnoreCase(value[..colon].Trim(" \t"u8), "From"u8))
                continue;
            var end = value.IndexOf((byte)'\n');
            lines.Add(Encoding.Latin1.GetString(end < 0 ? value[(colon + 1)..] : value[(colon + 1)..end]));
        }

        return lines;
    }
}
