using System.Globalization;
using System.Text;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>Values of DSN parameters on the wire (RFC 3461, 4): <c>+</c>, <c>=</c> and all but printable ASCII as <c>+XX</c>.</summary>
internal static class Xtext
{
    public static string Encode(string value)
    {
        var encoded = new StringBuilder(value.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is > 32 and < 127 and not ((byte)'+' or (byte)'='))
                encoded.Append((char)octet);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
        }
        return encoded.ToString();
    }
}
