using System.Text;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Expands macro-strings (RFC 7208, 7.3). What is built is bounded, whatever a record asks for.</summary>
internal sealed class MacroExpander(MacroValues values)
{
    private const int MaxName = 253;

    /// <summary>
    /// A name for a look-up without the last dot. One that is too long loses labels on its left, and what is left may be
    /// empty (RFC 7208, 7.3).
    /// </summary>
    public string Name(MacroString text, string domain, string validatedName)
    {
        // From the right, since only the right end of a long name is kept.
        List<string> pieces = [];
        var length = 0;
        for (var i = text.Parts.Count - 1; i >= 0 && length <= MaxName + 1; i--)
        {
            pieces.Add(Expand(text.Parts[i], domain, validatedName));
            length += pieces[^1].Length;
        }

        pieces.Reverse();
        var name = string.Concat(pieces);
        if (name.EndsWith('.'))
            name = name[..^1];
        if (name.Length <= MaxName)
            return name;
        var cut = name.IndexOf('.', name.Length - MaxName - 1);
        return cut < 0 ? "" : name[(cut + 1)..];
    }

    /// <summary>Text of at most <paramref name="maxLength"/> characters.</summary>
    public string Text(MacroString text, string domain, string validatedName, int maxLength)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Parts.Count && result.Length < maxLength; i++)
            result.Append(Expand(text.Parts[i], domain, validatedName));
        return result.ToString(0, Math.Min(result.Length, maxLength));
    }

    private string Expand(MacroPart part, string domain, string validatedName)
    {
        if (part.Literal.Length > 0)
            return part.Literal;
        var value = Transform(values.Of(part.Letter, domain, validatedName), part);
        return part.IsEscaped ? Escape(value) : value;
    }

    private static string Transform(string value, MacroPart part)
    {
        if (part is { Keep: 0, IsReversed: false, Delimiters.Length: 0 })
            return value;
        var pieces = part.Delimiters.Length == 0 ? value.Split('.') : value.Split(part.Delimiters.ToCharArray());
        if (part.IsReversed)
            Array.Reverse(pieces);
        var from = part.Keep == 0 ? 0 : Math.Max(0, pieces.Length - part.Keep);
        return string.Join('.', pieces, from, pieces.Length - from);
    }

    // All but the unreserved characters of RFC 3986, 2.3.
    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~')
                escaped.Append((char)octet);
            else
                escaped.Append('%').Append(Convert.ToHexString([octet]));
        }

        return escaped.ToString();
    }
}
