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
        foreach (var text in Contents(part).SelectMany(content => Decoded(content, part.Charset)))
        {
            yield return text;
            yield return text.Replace("\r\n", "\n", StringComparison.Ordinal);
            yield return text.Replace("\r", "", StringComparison.Ordinal);
            yield return text.ReplaceLineEndings("\r\n");
            yield return text.TrimEnd('\r', '\n');
        }
    }

    // RFC 2045, 5.2 makes text that declares no charset US-ASCII; some show what is none, and no UTF-8, as U+FFFD. Most take
    // ISO-8859-1 for windows-1252, some do not.
    private static IEnumerable<string> Decoded(byte[] content, string? charset)
    {
        yield return Charsets.Decode(content, charset);
        yield return Encoding.UTF8.GetString(content);
        if (charset?.StartsWith("iso-8859-1", StringComparison.OrdinalIgnoreCase) == true)
            yield return Encoding.Latin1.GetString(content);
    }

    private static IEnumerable<byte[]> ByteForms(MailPart part)
    {
        foreach (var content in Contents(part))
        {
            yield return content;
            if (part.TransferEncoding != "base64")
                yield return [.. content.Where(octet => octet != '\r')];
        }
    }

    // RFC 2045, 6.7, rule 3: white space at the end of a quoted-printable line was added on the way and is deleted. Most keep it.
    private static IEnumerable<byte[]> Contents(MailPart part)
    {
        yield return part.Content.ToArray();
        if (part.TransferEncoding != "quoted-printable")
            yield break;
        var lines = Encoding.Latin1.GetString(part.Body.Span).Split('\n').Select(line => line.TrimEnd(' ', '\t', '\r') + (line.EndsWith('\r') ? "\r" : ""));
        yield return QuotedPrintable.Decode(Encoding.Latin1.GetBytes(string.Join('\n', lines)), part.Body.Length, out _);
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
