using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Links;

/// <param name="MediaType">Lower case; <c>text/plain</c> when none is given.</param>
internal sealed record DataAddress(string MediaType, ReadOnlyMemory<byte> Content)
{
    private const int MaxLength = 16 * 1024 * 1024;

    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>A <c>data:</c> URL (RFC 2397); null when it is none or does not decode.</summary>
    public static DataAddress? Read(string address)
    {
        var text = address.AsSpan().TrimStart();
        if (!text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || text.Length > MaxLength)
            return null;
        var comma = text.IndexOf(',');
        if (comma < 0)
            return null;
        var header = text[5..comma].ToString().ToLowerInvariant();
        var type = header.Split(';', 2)[0].Trim();
        var body = text[(comma + 1)..].ToString();
        if (!header.Contains("base64", StringComparison.Ordinal))
            return new DataAddress(type.Length == 0 ? "text/plain" : type, Encoding.UTF8.GetBytes(Uri.UnescapeDataString(body)));
        return Base64Text.Decode(body.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(body) : body) is { } content ? new DataAddress(type, content) : null;
    }
}
