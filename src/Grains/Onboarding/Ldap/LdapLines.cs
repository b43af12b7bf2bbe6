using System.Globalization;
using System.Text;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>Makes lines of a mailbox list of entries of a directory. No value is longer than what it could be good for.</summary>
internal static class LdapLines
{
    private const string MailPrefix = "smtp:";
    private const string Range = ";range=";
    private const int MaxAddress = 320;
    private const int MaxName = 200;
    private const int MaxValues = MailboxImportLimits.MaxPerEntry;

    /// <param name="domains">Of the tenant: aliases elsewhere are left out.</param>
    /// <returns>Null: the entry has no address. With what of the entry was not taken.</returns>
    public static (MailboxLine Line, IReadOnlyList<MailboxLineError> Faults)? Of(LdapEntry entry, int line, NewLdapDirectory directory, IReadOnlySet<string> domains)
    {
        if (entry.Of(directory.AddressAttribute) is not [{ Length: > 0 } address, ..])
            return null;
        var faults = new List<MailboxLineError>();
        var aliases = directory.AliasAttribute.Length == 0 ? null : Aliases(entry, directory.AliasAttribute, domains);
        // A part of them would take the rest from the mailbox.
        if (aliases is not null && (aliases.Count > MaxValues || IsPart(entry, directory.AliasAttribute)))
        {
            aliases = null;
            faults.Add(new MailboxLineError(line, MailboxLineCodes.TooManyValues, $"The entry has more than {MaxValues} aliases; the mailbox keeps those that it has.", "aliases"));
        }

        var groups = directory.GroupAttribute.Length == 0 ? null : Groups(entry, directory.GroupAttribute);
        if (groups is not null && (groups.Count > MaxValues || IsPart(entry, directory.GroupAttribute)))
        {
            faults.Add(new MailboxLineError(line, MailboxLineCodes.TooManyValues, $"The entry is in more than {MaxValues} groups; the mailbox is put into the first {MaxValues}.", "groups"));
            groups = [.. groups.Take(MaxValues)];
        }

        var name = entry.Of(directory.NameAttribute) is [var first, ..] ? Cut(first, MaxName) : null;
        return (new MailboxLine(line, Cut(Address(address) ?? address, MaxAddress), name, aliases, groups), faults);
    }

    private static List<string> Aliases(LdapEntry entry, string attribute, IReadOnlySet<string> domains) =>
        [.. entry.Of(attribute).Select(Address).OfType<string>().Where(alias => alias.Length <= MaxAddress && domains.Contains(alias[(alias.LastIndexOf('@') + 1)..].ToLowerInvariant()))];

    /// <summary>In one order, whatever that of the server is, so that the same ones are the first each time.</summary>
    private static List<string> Groups(LdapEntry entry, string attribute) =>
        [.. entry.Of(attribute).Select(Group).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Active Directory gives the values of an attribute in parts where there are very many.</summary>
    private static bool IsPart(LdapEntry entry, string attribute) => entry.Values.Keys.Any(name => name.StartsWith(attribute + Range, StringComparison.OrdinalIgnoreCase));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

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
            return Cut(value.Trim(), MaxName) is { Length: > 0 } plain ? plain : null;
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

        return Cut(Encoding.UTF8.GetString(octets.ToArray()).Trim(), MaxName) is { Length: > 0 } name ? name : null;
    }
}
