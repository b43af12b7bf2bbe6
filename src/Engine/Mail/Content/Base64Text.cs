using System.Buffers;

namespace Platform.Engine.Mail.Content;

/// <summary>Base64 (RFC 4648) as it stands in scripts: in either alphabet, padded or not.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_");

    /// <summary>Null when it is no base64.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var tight = new char[text.Length + 3];
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || character == '=')
                continue;
            if (!Letters.Contains(character))
                return null;
            tight[length++] = character switch { '-' => '+', '_' => '/', _ => character };
        }

        if (length % 4 == 1)
            length--;
        while (length % 4 != 0)
            tight[length++] = '=';
        var bytes = new byte[length / 4 * 3];
        return Convert.TryFromBase64Chars(tight.AsSpan(0, length), bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>Runs of at least this many characters of the alphabet, as ranges of the text.</summary>
    public static IEnumerable<(int Start, int Length)> Runs(string text, int least)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = text.AsSpan(at).IndexOfAny(Letters);
            if (start < 0)
                yield break;
            start += at;
            var length = text.AsSpan(start).IndexOfAnyExcept(Letters);
            length = length < 0 ? text.Length - start : length;
            if (length >= least)
                yield return (start, length);
            at = start + length;
        }
    }
}
