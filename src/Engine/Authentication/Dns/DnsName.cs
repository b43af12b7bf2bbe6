using System.Text;

namespace Platform.Engine.Authentication.Dns;

/// <summary>What can be asked for (RFC 1035, 2.3.4).</summary>
public static class DnsName
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    /// <summary>
    /// True for labels of 1 to 63 printable ASCII characters or spaces, 253 characters in all (RFC 1035, 2.3.4), with or
    /// without the last dot. More than host names: DNS takes any octet (RFC 2181, 11), and macros of SPF make use of it.
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        name = WithoutLastDot(name);
        if (name.Length is 0 or > MaxLength || name.ContainsAnyExceptInRange(' ', '~'))
            return false;
        foreach (var label in name.Split('.'))
        {
            if (label.End.Value - label.Start.Value is 0 or > MaxLabel)
                return false;
        }

        return true;
    }

    /// <summary>Names that differ in case, or by the last dot, are one name (RFC 4343, 3).</summary>
    public static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => Ascii.EqualsIgnoreCase(WithoutLastDot(one), WithoutLastDot(other));

    /// <summary>The name without the dot of the root at its end (RFC 1034, 3.1).</summary>
    public static ReadOnlySpan<char> WithoutLastDot(ReadOnlySpan<char> name) => name.EndsWith(".") ? name[..^1] : name;
}
