using System.Text;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Authentication.Author;

// The author of a mail stands in the From field (RFC 5322, 3.6.2): `Display Name <local@domain>`, a list of such mailboxes,
// or groups of them. DMARC asks for the one domain in it (RFC 9989, 5.3.1). Forgers write fields from which the checking
// server takes one domain and the reader's client shows another: two fields, two mailboxes, an address in quotes, in a
// comment, in an encoded word, behind a source route `<@a,@b:c@d>`, behind a NUL, or after the closing bracket.
// The answer here: where the syntax names one domain, that is the author's. Where a lenient reader could reasonably come to
// another, there is no single author and so no pass. Every address that any client might show is listed beside it.
// Encoded words are text and never syntax (RFC 2047, 5): they are decoded after the parsing, for the list alone.

/// <summary>Reads From fields (RFC 5322, 3.4 and 3.6.2; RFC 6532, 3.2; RFC 6854, 2.1).</summary>
public static class FromReader
{
    /// <summary>Octets of one field that are read.</summary>
    internal const int MaxLength = 64 * 1024;

    internal const int MaxAddresses = 100;

    /// <summary>The author by all From fields of a message (RFC 9989, 5.3.1). Never throws; linear in the length.</summary>
    /// <param name="values">The raw values after the colon, one char (U+0000 to U+00FF) an octet, folds included.</param>
    public static AuthorIdentity Read(IReadOnlyList<string> values) => Read(values, [], new HashSet<string>(StringComparer.Ordinal), isCut: false);

    internal static AuthorIdentity Read(IReadOnlyList<string> values, IReadOnlyList<ShownAddress> beside, HashSet<string> oddities, bool isCut)
    {
        var reading = new FromReading(oddities);
        var tooLong = isCut;
        foreach (var value in values)
        {
            tooLong |= value.Length > MaxLength;
            var text = Text(value.Length > MaxLength ? value[..MaxLength] : value, oddities);
            new FromParser(FromLexer.Split(text, oddities), reading).Run();
        }

        var fault = values.Count switch
        {
            > 1 => AuthorFault.SeveralFields,
            0 when !isCut => AuthorFault.NoField,
            _ when tooLong || reading.IsFull => AuthorFault.TooLong,
            _ => reading.Fault,
        };
        if (reading.Mailboxes > 1)
            oddities.Add(FromOddity.SeveralMailboxes);
        var domains = reading.CandidateDomains;
        return new AuthorIdentity(
            fault == AuthorFault.None ? domains[0] : "",
            fault,
            domains,
            [.. reading.Addresses.Concat(beside).Distinct().Take(MaxAddresses)],
            [.. oddities.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Unfolded text (RFC 5322, 2.2.3): UTF-8 where it is valid; controls are kept, so that the parser can see them.</summary>
    internal static string Text(string octets, HashSet<string> oddities)
    {
        var raw = Encoding.Latin1.GetBytes(octets);
        string text;
        if (Ascii.IsValid(raw))
        {
            text = octets;
        }
        else if (Charsets.IsValidUtf8(raw))
        {
            text = Encoding.UTF8.GetString(raw);
        }
        else
        {
            oddities.Add(FromOddity.Undeclared8Bit);
            text = octets;
        }

        var unfolded = new StringBuilder(text.Length);
        var trimmed = text.AsSpan().TrimEnd("\r\n");
        for (var i = 0; i < trimmed.Length; i++)
        {
            if (IsFold(trimmed, i, out var length))
            {
                i += length - 1;
                continue;
            }

            var c = trimmed[i];
            if (char.IsControl(c) && c != '\t')
                oddities.Add(FromOddity.Control);
            unfolded.Append(c is '\r' or '\n' ? ' ' : c);
        }

        return unfolded.ToString();
    }

    // A line end before white space; LF alone is how files on disk end their lines.
    private static bool IsFold(ReadOnlySpan<char> text, int i, out int length)
    {
        length = text[i..].StartsWith("\r\n") ? 2 : 1;
        return (length == 2 || text[i] == '\n') && i + length < text.Length && text[i + length] is ' ' or '\t';
    }

    internal static string Decoded(string text) => EncodedWords.Decode(text);
}
