using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>
/// What ConvertFrom-SecureString writes under a key: a fixed beginning, then base64 of UTF-16 <c>version|vector|hexadecimal</c>,
/// encrypted by AES-CBC. Attackers keep code in it beside its key.
/// </summary>
internal static class PsSecureText
{
    private const string Beginning = "76492d1116743f0423413b16050a5345";

    /// <summary>Null when it is not such text, or the key does not fit.</summary>
    public static string? Read(string text, byte[]? key, BehaviourLog log)
    {
        if (!text.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase) || !log.Budget.TakeOutput(text.Length * 2L) || Decoded.Base64(text[Beginning.Length..]) is not { } octets)
            return null;
        var cells = Encoding.Unicode.GetString(octets).Split('|');
        if (cells.Length < 3)
            return null;
        var transform = new PsObject("decryptor");
        transform.Fields["key"] = key;
        transform.Fields["iv"] = Decoded.Base64(cells[1]);
        return PsObjects.Transform(transform, Decoded.Hex(cells[2]), log) is { } plain ? Encoding.Unicode.GetString(plain) : null;
    }
}
