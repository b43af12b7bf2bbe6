using System.Buffers;

namespace Platform.Engine.Attachments;

/// <summary>Addresses with a scheme, as they stand in running text of files.</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \r\n\t<>\"'{}|\\^`");

    public static IEnumerable<string> In(string text)
    {
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0;)
        {
            var start = at;
            while (start > 0 && at - start < 20 && char.IsAsciiLetter(text[start - 1]))
                start--;
            var end = text.AsSpan(at).IndexOfAny(Ends) is var found and >= 0 ? at + found : text.Length;
            if (start < at && end > at + 4)
                yield return text[start..end].TrimEnd('.', ',', ')', ';', '。', '、');
            at = end >= text.Length ? -1 : text.IndexOf("://", end, StringComparison.Ordinal);
        }
    }
}
