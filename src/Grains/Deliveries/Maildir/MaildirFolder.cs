using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Grains.Deliveries.Maildir;

/// <summary>
/// An address as the name of a folder. Ordinary addresses keep their look, in lower case; every other octet, and a dot in
/// front, becomes <c>%XX</c>; what is too long for a file system is cut and closed with a hash. Two addresses never share a folder.
/// </summary>
internal static class MaildirFolder
{
    private const int MaxBytes = 200;
    private const int HashChars = 32;

    public static string NameFor(string address)
    {
        var lower = address.ToLowerInvariant();
        var name = new StringBuilder(lower.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(lower))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '@' or '_' or '-' or '+' or '=' || (c == '.' && name.Length > 0))
                name.Append(c);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        if (name.Length == 0)
            return "%";
        if (name.Length <= MaxBytes)
            return name.ToString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lower)))[..HashChars];
        return $"{name.ToString(0, MaxBytes - HashChars - 1)}~{hash}";
    }
}
