using System.Globalization;
using System.Text;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>Makes lines of a mailbox list of entries of a directory.</summary>
internal static class LdapLines
{
    private const string MailPrefix = "smtp:";

    /// <param name="domains">Of the tenant: aliases elsewhere are left out.</param>
    /// <returns>Null: the entry has no address.</returns>
    public static MailboxLine? Of(LdapEntry entry, int line, NewLdapDirectory directory, IReadOnlySet<string> domains)
    {
        if (entry.Of(directory.AddressAttribute) is not [{ Length: > 0 } address, ..])
            return null;
        var aliases = directory.AliasAttribute.Length == 0 ? null : entry.Of(directory.AliasAttribute).Select(Address).OfType<string>()
            .Where(alias => domains.Contains(alias[(alias.LastIndexOf('@') + 1)..].ToLowerInvariant())).Take(MailboxImportLimits.MaxPerLine).ToList();
        var groups = directory.GroupAttribute.Length == 0 ? null : entry.Of(directory.GroupAttribute).Select(Group).OfType<string>().Take(MailboxImportLimits.MaxPerLine).ToList();
        return new MailboxLine(line, Address(address) ?? address, entry.Of(directory.NameAttribute) is [var name, ..] ? name : null, aliases, groups);
    }

    /// <summary>An address, also one written as <c>smtp:name@domain</c>; other kinds of addresses are none.</summary>
    private static string? Address(string value)
    {
        var text = value.StartsWith(MailPrefix, StringComparison.OrdinalIgnoreCase) ? value[MailPrefix.Length..] : value;
        return text.Contains('@', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) ? text : null;
    }

    /// <summary>The name of a group: of a distinguished name (RFC 4514) the value of its first part.</summary>
    private static string? Group(string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !value[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
            return value.Trim() is { Length: > 0 } plain ? plain : null;
        using var octets = new MemoryStream();
        for (var i = equals + 1; i < value.Length && value[i] is not (',' or '+'); i++)
        {
            if (value[i] == '\\' && i + 2 < value.Length && byte.TryParse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.WriteByte(octet);
                i += 2;
                continue;
            }

            if (value[i] == '\\' && i + 1 < value.Length)
                i++;
            octets.Write(Encoding.UTF8.GetBytes(value.AsSpan(i, 1).ToArray()));
        }

        return Encoding.UTF8.GetString(octets.ToArray()).Trim() is { Length: > 0 } name ? name : null;
    }
}
