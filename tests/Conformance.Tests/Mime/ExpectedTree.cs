using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Conformance.Tests.Mime;

/// <summary>Compares our tree with the one a suite expects: shape, types where given, and the hashes of leaves.</summary>
internal static class ExpectedTree
{
    public static bool Agrees(JsonElement expected, MailPart part)
    {
        var children = Children(expected);
        if (expected.TryGetProperty("type", out var type) && !type.GetString()!.Equals(part.MediaType, StringComparison.OrdinalIgnoreCase))
            return false;
        if (children.Count > 0)
            return children.Count == part.Children.Count && children.Zip(part.Children).All(pair => Agrees(pair.First, pair.Second));
        if (part.Children.Count > 0)
            return false;
        if (expected.TryGetProperty("text_sha256", out var text))
            return TextForms(part).Any(form => Hash(Encoding.UTF8.GetBytes(form)) == text.GetString());
        return !expected.TryGetProperty("bytes_sha256", out var bytes) || Hash(part.Content.Span) == bytes.GetString();
    }

    public static int Leaves(JsonElement expected)
    {
        var children = Children(expected);
        return children.Count == 0 ? 1 : children.Sum(Leaves);
    }

    public static int Leaves(MailPart part) => part.Children.Count == 0 ? 1 : part.Children.Sum(Leaves);

    // Line ends are a matter of taste of the library.
    private static IEnumerable<string> TextForms(MailPart part)
    {
        var text = Charsets.Decode(part.Content.Span, part.Charset);
        yield return text;
        yield return text.Replace("\r\n", "\n", StringComparison.Ordinal);
        yield return text.ReplaceLineEndings("\r\n");
        yield return text.TrimEnd('\r', '\n');
    }

    private static List<JsonElement> Children(JsonElement node) =>
        node.TryGetProperty("children", out var children) ? [.. children.EnumerateArray()] : [];

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
