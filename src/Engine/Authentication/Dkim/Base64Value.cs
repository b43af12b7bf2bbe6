namespace Platform.Engine.Authentication.Dkim;

/// <summary>Base64 with white space anywhere in it (RFC 6376, 2.10).</summary>
internal static class Base64Value
{
    /// <summary>Null when it is no base64. <paramref name="compact"/> is without white space.</summary>
    public static byte[]? Decode(string compact)
    {
        var buffer = new byte[(compact.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(compact, buffer, out var written) ? buffer[..written] : null;
    }
}
