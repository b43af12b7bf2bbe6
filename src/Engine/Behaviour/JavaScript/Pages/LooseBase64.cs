using System.Buffers;
using System.Text;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Base64 as <c>atob</c> takes it (WHATWG Infra 7): white space left out, padding may be missing.</summary>
internal static class LooseBase64
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly SearchValues<char> White = SearchValues.Create(" \t\r\n\f");

    /// <summary>Null when it is not base64.</summary>
    public static byte[]? Decode(string text)
    {
        var clean = text.AsSpan().ContainsAny(White) ? string.Concat(text.Where(letter => !White.Contains(letter))) : text;
        clean = clean.TrimEnd('=');
        if (clean.Length % 4 == 1 || clean.AsSpan().ContainsAnyExcept(Alphabet))
            return null;
        var padded = clean.Length % 4 == 0 ? clean : clean.PadRight(clean.Length + 4 - (clean.Length % 4), '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>A text whose characters are octets, as <c>atob</c> and <c>btoa</c> use them.</summary>
    public static string Binary(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
