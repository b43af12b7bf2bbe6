using System.Text;

namespace Platform.Smtp.Authentication;

/// <summary>Text in a response: UTF-8, bounded, without NUL.</summary>
internal static class SaslText
{
    public const int MaxUserName = 255;
    public const int MaxSecret = 1_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(ReadOnlySpan<byte> octets, int most, out string text)
    {
        text = "";
        if (octets.Length > most * 3 || octets.Contains((byte)0))
            return false;
        try
        {
            text = Strict.GetString(octets);
            return text.Length <= most;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
