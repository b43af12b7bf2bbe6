namespace Platform.Storage.Messages;

/// <summary>Text of hostile origin made fit for a text column: PostgreSQL stores neither NUL nor half a surrogate pair, and nothing is unbounded.</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    public static string Clean(string text, int maxLength)
    {
        var length = Math.Min(text.Length, maxLength);
        if (length < text.Length && length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        var first = FirstBad(text.AsSpan(0, length));
        if (first < 0)
            return length == text.Length ? text : text[..length];
        return string.Create(length, text, static (target, source) =>
        {
            source.AsSpan(0, target.Length).CopyTo(target);
            for (var bad = FirstBad(target); bad >= 0; bad = FirstBad(target))
                target[bad] = Replacement;
        });
    }

    private static int FirstBad(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return i;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
