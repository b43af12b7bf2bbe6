using System.Text;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>What stands in a <c>data:</c> address (RFC 2397).</summary>
internal static class DataAddress
{
    /// <summary>Null when it is none.</summary>
    public static (string Type, byte[] Content)? Read(string address)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || address.IndexOf(',', StringComparison.Ordinal) is var comma && comma < 0)
            return null;
        var type = address[5..comma];
        var data = address[(comma + 1)..];
        if (!type.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return (type, Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data)));
        return (type[..^7], LooseBase64.Decode(Uri.UnescapeDataString(data)) ?? []);
    }
}
