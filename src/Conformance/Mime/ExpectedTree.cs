using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Conformance.Mime;

/// <summary>
/// Compares a tree of ours with the one a suite expects: shape, media types and multipart marks where given, and the
/// hashes of leaves. Says the first difference, by the path of our part.
/// </summary>
internal static class ExpectedTree
{
    /// <summary>Null when they agree.</summary>
    public static string? Difference(JsonElement expected, MailPart part)
    {
        if (expected.TryGetProperty("type", out var type) && !type.GetString()!.Equals(part.MediaType, StringComparison.OrdinalIgnoreCase))
            return $"{part.Path} is {part.MediaType} in place of {type.GetString()}";
        if (expected.TryGetProperty("node", out _) && IsMarkedMultipart(expected) != part.IsMultipart)
            return $"{part.Path} is {part.MediaType} where {(part.IsMultipart ? "no" : "a")} multipart is expected";
        var children = expected.TryGetProperty("children", out var list) ? [.. list.EnumerateArray()] : new List<JsonElement>();
        if (children.Count != part.Children.Count)
            return $"{part.Path} ({part.MediaType}) has {part.Children.Count} parts in place of {children.Count}";
        for (var i = 0; i < children.Count; i++)
            if (Difference(children[i], part.Children[i]) is { } difference)
                return difference;
        return children.Count == 0 ? ContentDifference(expected, part) : null;
    }

    private static bool IsMarkedMultipart(JsonElement expected) =>
        expected.TryGetProperty("multipart", out var mark) && mark.ValueKind == JsonValueKind.True;

    private static string? ContentDifference(JsonElement expected, MailPart part)
    {
        if (expected.TryGetProperty("text_sha256", out var text))
            return TextForms(part).Any(form => Hash(Encoding.UTF8.GetBytes(form)) == text.GetString()) ? null : $"{part.Path} has another text, {part.Content.Length} octets in place of {Length(expected, "text_len")}";
        if (expected.TryGetProperty("bytes_sha256", out var bytes))
            return ByteForms(part).Any(form => Hash(form) == bytes.GetString()) ? null : $"{part.Path} has another content, {part.Content.Length} octets in place of {Length(expected, "bytes_len")}";
        return null;
    }

    private static string Length(JsonElement expected, string member) => expected.TryGetProperty(member, out var length) ? length.ToString() : "?";

    // Which line ends a text has in memory is a matter of taste of the library, and of the store the message came from.
    private static IEnumerable<string> TextForms(MailPart part)
    {
        // RFC 2045, 5.2 makes text that declares no charset US-ASCII; others show what is none, and no UTF-8, as U+FFFD.
        string[] readings = [Charsets.Decode(part.Content.Span, part.Charset), Encoding.UTF8.GetString(part.Content.Span)];
        foreach (var text in readings)
        {
            yield return text;
            yield return text.Replace("\r\n", "\n", StringComparison.Ordinal);
            yield return text.Replace("\r", "", StringComparison.Ordinal);
            yield return text.ReplaceLineEndings("\r\n");
            yield return text.TrimEnd('\r', '\n');
        }
    }

    // Content that was never encoded has the line ends of the store.
    private static IEnumerable<byte[]> ByteForms(MailPart part)
    {
        yield return part.Content.ToArray();
        if (part.Content.Span.SequenceEqual(part.Body.Span))
            yield return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(part.Content.Span).Replace("\r", "", StringComparison.Ordinal));
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
