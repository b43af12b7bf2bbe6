using System.Text;

namespace Platform.Smtp.Commands;

/// <summary>AUTH (RFC 4954, 4).</summary>
/// <param name="Mechanism">Empty: none was named.</param>
/// <param name="Initial">Initial response in base64, <c>=</c> for an empty one; null: none was sent.</param>
internal readonly record struct AuthCommand(string Mechanism, string? Initial)
{
    public static AuthCommand Parse(ReadOnlySpan<byte> arguments)
    {
        var end = arguments.IndexOf((byte)' ');
        return end < 0
            ? new AuthCommand(Encoding.Latin1.GetString(arguments), null)
            : new AuthCommand(Encoding.Latin1.GetString(arguments[..end]), Encoding.Latin1.GetString(arguments[(end + 1)..].Trim((byte)' ')));
    }
}
