namespace Platform.Grains.Push.Syslog;

/// <summary>Hostile text made fit for a line of a log.</summary>
internal static class OneLine
{
    /// <summary>Cut, never inside of a character; control characters become spaces.</summary>
    /// <param name="keepBreaks">CR and LF stay, for a format that escapes them.</param>
    public static string Bounded(string text, int max, bool keepBreaks = false)
    {
        var length = Math.Min(text.Length, max);
        if (length < text.Length && length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Create(length, (text, keepBreaks), static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var c = source.text[i];
                target[i] = IsBreak(c) && !(source.keepBreaks && c is '\r' or '\n') ? ' ' : c;
            }
        });
    }

    /// <summary>Also what Unicode takes for a line break.</summary>
    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
