namespace Platform.Grains.Deliveries;

/// <summary>The recipient as the sender first named it (RFC 3461, 4.2), decoded: <c>rfc822;info@example.test</c>.</summary>
internal sealed record OriginalRecipient(string AddressType, string Address)
{
    private const int MaxLength = 500;

    /// <summary>Null when there is none or it cannot be passed on.</summary>
    public static OriginalRecipient? Parse(string? text)
    {
        if (text is null || text.Length > MaxLength || text.Any(char.IsControl))
            return null;
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        if (semicolon <= 0 || semicolon == text.Length - 1)
            return null;
        var type = text[..semicolon];
        return type.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new OriginalRecipient(type, text[(semicolon + 1)..]) : null;
    }
}
