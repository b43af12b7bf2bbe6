using System.Buffers;

namespace Platform.Smtp.Addresses;

/// <summary>
/// What HELO and EHLO may carry. RFC 5321 wants a domain or an address literal; clients in the field send machine names
/// with underscores, names with a trailing dot and bare addresses, and section 4.1.4 forbids to refuse mail for a name
/// that does not verify. So: one word of harmless characters, never anything that could break a trace field.
/// </summary>
internal static class HelloName
{
    private static readonly SearchValues<char> Word =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > DomainName.MaxLength)
            return false;
        if (name[0] == '[')
        {
            if (name.Length < 3 || name[^1] != ']')
                return false;
            name = name[1..^1];
        }

        return !name.ContainsAnyExcept(Word);
    }
}
