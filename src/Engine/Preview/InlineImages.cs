using Platform.Engine.Attachments;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Preview;

/// <summary>
/// Images that the mail itself carries (RFC 2392 <c>cid:</c>, RFC 2397 <c>data:</c>) as data: URLs. Only pictures by content, never SVG,
/// and no more than a bound together.
/// </summary>
internal sealed class InlineImages
{
    private const int MaxTotal = 4 * 1024 * 1024;
    private const int MaxOne = 2 * 1024 * 1024;

    private readonly Dictionary<string, MailPart> _byId = new(StringComparer.OrdinalIgnoreCase);
    private int _left = MaxTotal;

    public InlineImages(IEnumerable<MailPart> leaves)
    {
        foreach (var leaf in leaves)
            if (leaf.ContentId is { Length: > 0 } id)
                _byId.TryAdd(id, leaf);
    }

    /// <summary>A type that is shown as a picture.</summary>
    public static bool IsPicture(FileType type) => type.Id is "png" or "jpeg" or "gif" or "bmp" or "webp";

    /// <summary>A data: URL made anew from the picture's bytes; null when it is not one of the mail's own.</summary>
    public string? Find(string source)
    {
        var content = Content(source);
        if (content.IsEmpty || content.Length > Math.Min(MaxOne, _left))
            return null;
        var type = FileTypes.Detect(content.Span);
        if (!IsPicture(type))
            return null;
        _left -= content.Length;
        return $"data:{type.MediaType};base64,{Convert.ToBase64String(content.Span)}";
    }

    private ReadOnlyMemory<byte> Content(string source)
    {
        if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            return _byId.TryGetValue(Uri.UnescapeDataString(source[4..]), out var leaf) ? leaf.Content : default;
        var comma = source.IndexOf(',', StringComparison.Ordinal);
        if (!source.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || comma is < 0 or > 100 || !source[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return default;
        return Base64.Decode(System.Text.Encoding.Latin1.GetBytes(source[(comma + 1)..]), MaxOne + 1, out _);
    }
}
