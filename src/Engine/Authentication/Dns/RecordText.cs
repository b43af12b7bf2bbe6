using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Platform.Engine.Authentication.Dns;

/// <summary>
/// Records as text after the manner of zone files (RFC 1035, 5.1): an address; <c>10 mx.example</c>; a host name; the joined text of
/// a TXT as it stands; anything else in the form of unknown types, <c>\# 4 0a000001</c> (RFC 3597, 5).
/// </summary>
internal static class RecordText
{
    private const string Unknown = @"\#";

    public static string Write(DnsRecord record) => record switch
    {
        DnsRecord.Address address => address.Value.ToString(),
        DnsRecord.Exchanger exchanger => string.Create(CultureInfo.InvariantCulture, $"{exchanger.Preference} {exchanger.Host}"),
        DnsRecord.Name name => name.Host,
        DnsRecord.Text text => text.Value,
        DnsRecord.Other other => string.Create(CultureInfo.InvariantCulture, $"{Unknown} {other.Data.Length} {Convert.ToHexStringLower(other.Data.Span)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record, "no such record"),
    };

    public static bool TryRead(DnsType type, string text, [NotNullWhen(true)] out DnsRecord? record)
    {
        record = type switch
        {
            DnsType.Txt => new DnsRecord.Text(text),
            _ when text.StartsWith(Unknown, StringComparison.Ordinal) => ReadUnknown(text),
            DnsType.A or DnsType.Aaaa => IPAddress.TryParse(text, out var address) ? new DnsRecord.Address(address) : null,
            DnsType.Mx => ReadExchanger(text),
            DnsType.Reverse or DnsType.Ns or DnsType.Cname => new DnsRecord.Name(text),
            _ => null,
        };
        return record is not null;
    }

    private static DnsRecord.Exchanger? ReadExchanger(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && ushort.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var preference)
            ? new DnsRecord.Exchanger(preference, text[(space + 1)..])
            : null;
    }

    private static DnsRecord.Other? ReadUnknown(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 3 || parts[2].Length % 2 != 0 || !parts[2].All(char.IsAsciiHexDigit))
            return null;
        return new DnsRecord.Other(Convert.FromHexString(parts[2]));
    }
}
