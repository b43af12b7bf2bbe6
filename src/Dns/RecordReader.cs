using System.Buffers.Binary;
using System.Text;
using DnsClient;
using DnsClient.Protocol;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns;

/// <summary>Makes our records of those of DnsClient.</summary>
internal static class RecordReader
{
    public static DnsRecord Read(DnsResourceRecord record) => record switch
    {
        AddressRecord address => new DnsRecord.Address(address.Address),
        MxRecord mx => new DnsRecord.Exchanger(mx.Preference, HostName.Of(mx.Exchange)),
        PtrRecord ptr => new DnsRecord.Name(HostName.Of(ptr.PtrDomainName)),
        NsRecord ns => new DnsRecord.Name(HostName.Of(ns.NSDName)),
        CNameRecord alias => new DnsRecord.Name(HostName.Of(alias.CanonicalName)),
        TxtRecord text => new DnsRecord.Text(string.Concat(text.EscapedText.Zip(text.Text, CharacterString.Octets))),
        TlsaRecord tlsa => new DnsRecord.Other((byte[])[(byte)tlsa.CertificateUsage, (byte)tlsa.Selector, (byte)tlsa.MatchingType, .. tlsa.CertificateAssociationData]),
        CaaRecord caa => new DnsRecord.Other((byte[])[caa.Flags, (byte)caa.Tag.Length, .. Encoding.ASCII.GetBytes(caa.Tag), .. Encoding.UTF8.GetBytes(caa.Value)]),
        SoaRecord soa => new DnsRecord.Other(Data(soa)),
        UnknownRecord unknown => new DnsRecord.Other(unknown.Data.ToArray()),
        _ => new DnsRecord.Other(default),
    };

    private static byte[] Data(SoaRecord soa)
    {
        List<byte> data = [.. Wire(soa.MName), .. Wire(soa.RName)];
        Span<byte> number = stackalloc byte[4];
        foreach (var value in (ReadOnlySpan<uint>)[soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum])
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
            data.AddRange(number);
        }

        return [.. data];
    }

    private static IEnumerable<byte> Wire(DnsString name)
    {
        foreach (var label in HostName.Of(name).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return (byte)label.Length;
            foreach (var octet in Encoding.ASCII.GetBytes(label))
                yield return octet;
        }

        yield return 0;
    }
}
