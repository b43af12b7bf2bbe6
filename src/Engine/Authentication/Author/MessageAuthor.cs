namespace Platform.Engine.Authentication.Author;

/// <summary>Finds the From fields of a message as the most lenient reader would, and reads them (RFC 5322, 2.2 and 3.6.2).</summary>
public static class MessageAuthor
{
    private const int MaxFromFields = 20;

    /// <summary>
    /// The author of a message (RFC 9989, 5.3.1), with the addresses of Sender and Resent-From beside it. A field counts as From
    /// also with white space, a fold or a NUL about its name (RFC 5322, 4.5), and after a bare CR.
    /// </summary>
    /// <param name="message">The raw message; lines end in CRLF, or LF alone. Of its header, 1 MiB and 2,000 fields are read.</param>
    public static AuthorIdentity Read(ReadOnlySpan<byte> message)
    {
        var oddities = new HashSet<string>(StringComparer.Ordinal);
        var from = new List<string>();
        var beside = new List<ShownAddress>();
        var fields = LenientFields.Read(message, out var isCut);
        foreach (var field in fields)
        {
            if (field.Is("From"))
            {
                if (field.IsNameOdd)
                    oddities.Add(FromOddity.BrokenFieldName);
                from.Add(field.Value);
            }
            else if (Place(field.Name) is { } place)
            {
                beside.AddRange(Addresses(field.Value, place));
            }

            foreach (var hidden in Continued(field.Value))
            {
                oddities.Add(FromOddity.FromInContinuation);
                beside.AddRange(Addresses(hidden, AddressPlace.Continuation));
            }
        }

        return FromReader.Read(from.Count > MaxFromFields ? from[..MaxFromFields] : from, beside, oddities, isCut);
    }

    private static IEnumerable<ShownAddress> Addresses(string value, AddressPlace place) =>
        FromReader.Read([value.Length > FromReader.MaxLength ? value[..FromReader.MaxLength] : value]).Addresses.Select(shown => shown with { Place = place });

    private static AddressPlace? Place(string name) => name.ToUpperInvariant() switch
    {
        "SENDER" => AddressPlace.Sender,
        "RESENT-FROM" or "RESENT-SENDER" => AddressPlace.Resent,
        _ => null,
    };

    // Lines of a folded value that would be a From field of their own to a reader that does not unfold.
    private static IEnumerable<string> Continued(string value)
    {
        for (var feed = value.IndexOf('\n', StringComparison.Ordinal); feed >= 0; feed = value.IndexOf('\n', feed + 1))
        {
            var rest = value.AsSpan(feed + 1);
            var colon = rest[..Math.Min(rest.Length, 40)].IndexOf(':');
            if (colon < 0 || !rest[..colon].Trim().Equals("From", StringComparison.OrdinalIgnoreCase))
                continue;
            var end = rest.IndexOf('\n');
            yield return (end < 0 ? rest[(colon + 1)..] : rest[(colon + 1)..end]).ToString();
        }
    }
}
