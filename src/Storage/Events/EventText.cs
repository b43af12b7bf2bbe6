using System.Text.Encodings.Web;
using Platform.Storage.Messages;

namespace Platform.Storage.Events;

/// <summary>Text of hostile origin as it may stand in an event: bounded by what it takes as JSON in UTF-8, since a letter may take one byte or six.</summary>
internal static class EventText
{
    private const int MaxCharacters = 300;
    private const int MaxBytes = 900;
    private const int Escaped = 6;

    public static string Cut(string text)
    {
        var clean = SafeText.Clean(text, MaxCharacters);
        var bytes = 0;
        for (var i = 0; i < clean.Length; i++)
        {
            bytes += BytesOf(clean[i]);
            if (bytes > MaxBytes)
                return clean[..(char.IsLowSurrogate(clean[i]) ? i - 1 : i)];
        }

        return clean;
    }

    // The encoder writes control and format characters and the halves of surrogate pairs as \uXXXX.
    private static int BytesOf(char letter) => letter switch
    {
        '"' or '\\' => 2,
        _ when char.IsSurrogate(letter) || JavaScriptEncoder.UnsafeRelaxedJsonEscaping.WillEncode(letter) => Escaped,
        < '\u0080' => 1,
        < '\u0800' => 2,
        _ => 3,
    };
}
