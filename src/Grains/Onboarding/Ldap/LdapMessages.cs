using System.Formats.Asn1;
using System.Text;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>A thing that a directory holds.</summary>
/// <param name="Values">By name of the attribute, case not regarded.</param>
internal sealed record LdapEntry(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public IReadOnlyList<string> Of(string attribute) => Values.GetValueOrDefault(attribute, []);
}

/// <summary>How a request ended (RFC 4511, 4.1.9).</summary>
internal sealed record LdapResult(int Code, string Message);

/// <summary>What came, by the number of its application tag.</summary>
internal sealed record LdapReply(int Id, int Operation, LdapEntry? Entry, LdapResult? Result, byte[] Cookie);

/// <summary>
/// Messages of LDAP (RFC 4511): each a BER sequence of a number, an operation and controls. Bind signs in; a search asks for entries
/// below a base, which come one by one and end with a result; with the control of RFC 2696 they come in pages, each with a cookie to go on
/// with; the extended operation StartTLS turns the connection to TLS.
/// </summary>
internal static class LdapMessages
{
    public const int BindResponse = 1;
    public const int SearchEntry = 4;
    public const int SearchDone = 5;
    public const int ExtendedResponse = 24;

    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";
    private const string PagedResults = "1.2.840.113556.1.4.319";
    private const int Version = 3;
    private const int WholeSubtree = 2;
    private const int MaxMessage = 300;

    public static byte[] Bind(int id, string name, string secret) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(0)))
        {
            writer.WriteInteger(Version);
            writer.WriteOctetString(Encoding.UTF8.GetBytes(name));
            writer.WriteOctetString(Encoding.UTF8.GetBytes(secret), new Asn1Tag(TagClass.ContextSpecific, 0));
        }
    });

    public static byte[] StartTls(int id) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(23)))
            writer.WriteOctetString(Encoding.ASCII.GetBytes(StartTlsName), new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    /// <exception cref="FormatException">The filter is none.</exception>
    public static byte[] Search(int id, string @base, string filter, IReadOnlyList<string> attributes, int page, byte[] cookie) => Message(
        id,
        writer =>
        {
            using (writer.PushSequence(Application(3)))
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(@base));
                Enumerated(writer, WholeSubtree);
                Enumerated(writer, 0);
                writer.WriteInteger(0);
                writer.WriteInteger(0);
                writer.WriteBoolean(false);
                LdapFilter.Write(filter, writer);
                using (writer.PushSequence())
                {
                    foreach (var attribute in attributes)
                        writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute));
                }
            }
        },
        writer =>
        {
            var value = new AsnWriter(AsnEncodingRules.BER);
            using (value.PushSequence())
            {
                value.WriteInteger(page);
                value.WriteOctetString(cookie);
            }

            using (writer.PushSequence())
            {
                writer.WriteOctetString(Encoding.ASCII.GetBytes(PagedResults));
                writer.WriteBoolean(true);
                writer.WriteOctetString(value.Encode());
            }
        });

    /// <exception cref="AsnContentException">It is no message.</exception>
    public static LdapReply Read(ReadOnlyMemory<byte> message)
    {
        var reader = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        if (!reader.TryReadInt32(out var id))
            throw new AsnContentException("The number of the message is too large.");
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.Application)
            throw new AsnContentException("The message holds no operation.");
        if (tag.TagValue == SearchEntry)
            return new LdapReply(id, SearchEntry, Entry(reader.ReadSequence(tag)), null, []);
        if (tag.TagValue is not (BindResponse or SearchDone or ExtendedResponse))
            return new LdapReply(id, tag.TagValue, null, null, []);
        var result = Result(reader.ReadSequence(tag));
        return new LdapReply(id, tag.TagValue, null, result, tag.TagValue == SearchDone ? Cookie(reader) : []);
    }

    private static LdapEntry Entry(AsnReader reader)
    {
        var name = Text(reader.ReadOctetString());
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var attributes = reader.ReadSequence();
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var type = Text(attribute.ReadOctetString());
            var set = attribute.ReadSetOf(skipSortOrderValidation: true);
            var read = new List<string>();
            while (set.HasData)
                read.Add(Text(set.ReadOctetString()));
            values[type] = read;
        }

        return new LdapEntry(name, values);
    }

    private static LdapResult Result(AsnReader reader)
    {
        var code = reader.ReadEnumeratedBytes();
        _ = reader.ReadOctetString();
        var message = Text(reader.ReadOctetString());
        return new LdapResult(code.Length == 1 ? code.Span[0] : -1, message.Length <= MaxMessage ? message : message[..MaxMessage]);
    }

    private static byte[] Cookie(AsnReader reader)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (!reader.HasData || reader.PeekTag() != tag)
            return [];
        var controls = reader.ReadSequence(tag);
        while (controls.HasData)
        {
            var control = controls.ReadSequence();
            if (Text(control.ReadOctetString()) != PagedResults)
                continue;
            if (control.HasData && control.PeekTag() == Asn1Tag.Boolean)
                control.ReadBoolean();
            var value = new AsnReader(control.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
            value.ReadInteger();
            return value.ReadOctetString();
        }

        return [];
    }

    private static byte[] Message(int id, Action<AsnWriter> operation, Action<AsnWriter>? control = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (control is not null)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
                    control(writer);
            }
        }

        return writer.Encode();
    }

    /// <summary>As octets: the writer takes enumerated values of enums alone.</summary>
    private static void Enumerated(AsnWriter writer, byte value) => writer.WriteEncodedValue([(byte)UniversalTagNumber.Enumerated, 1, value]);

    private static Asn1Tag Application(int number) => new(TagClass.Application, number, isConstructed: true);

    private static string Text(byte[] octets) => Encoding.UTF8.GetString(octets);
}
