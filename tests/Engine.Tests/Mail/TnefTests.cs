using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Tests.Mail;

public sealed class TnefTests
{
    [Fact]
    public void A_file_inside_winmail_dat_is_an_attachment()
    {
        var message = Mails.WithAttachment("winmail.dat", Tnef("evil.txt", "inside"u8.ToArray()), "application/ms-tnef");
        var file = message.Attachments.Single(a => a.FileName == "evil.txt");
        Assert.Equal("inside", Encoding.ASCII.GetString(file.Content.Span));
    }

    [Fact]
    public void The_declared_type_does_not_matter() =>
        Assert.Contains(Mails.WithAttachment("x.bin", Tnef("evil.txt", "inside"u8.ToArray())).Attachments, a => a.FileName == "evil.txt");

    [Fact]
    public void A_file_of_a_message_inside_winmail_dat_is_an_attachment()
    {
        var message = Mails.WithAttachment("winmail.dat", Around(Around(Tnef("evil.txt", "inside"u8.ToArray()))), "application/ms-tnef");
        Assert.Equal("inside", Encoding.ASCII.GetString(message.Attachments.Single(a => a.FileName == "evil.txt").Content.Span));
    }

    [Fact]
    public void Messages_within_messages_without_end_are_told()
    {
        var tnef = Tnef("evil.txt", "inside"u8.ToArray());
        for (var depth = 0; depth < 500; depth++)
            tnef = Around(tnef);
        Assert.Contains(Mails.WithAttachment("winmail.dat", tnef).Notes, note => note is { Id: "limit-depth", Limit: true });
    }

    [Fact]
    public void A_damaged_container_is_kept_and_breaks_nothing()
    {
        var tnef = Tnef("evil.txt", "inside"u8.ToArray());
        for (var length = 4; length < tnef.Length; length += 3)
            Assert.Equal("winmail.dat", Mails.WithAttachment("winmail.dat", tnef[..length]).Attachments[0].FileName);
    }

    // [MS-OXTNEF] 2.1.3: signature, key, then attributes of level, id, length, data and checksum.
    private static byte[] Tnef(string name, byte[] content)
    {
        var stream = new MemoryStream();
        stream.Write([0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00]);
        Attribute(stream, 1, 0x00089006, [0, 0, 1, 0]);
        Attribute(stream, 2, 0x00069002, [1, 0, .. new byte[12]]);
        Attribute(stream, 2, 0x00018010, Encoding.ASCII.GetBytes(name + "\0"));
        Attribute(stream, 2, 0x0006800F, content);
        return stream.ToArray();
    }

    // An attached message: PidTagAttachMethod 5 and, behind the identifier of its interface, the message as PidTagAttachDataObject.
    private static byte[] Around(byte[] inner)
    {
        var properties = new MemoryStream();
        properties.Write([2, 0, 0, 0, 0x03, 0x00, 0x05, 0x37, 5, 0, 0, 0, 0x0D, 0x00, 0x01, 0x37, 1, 0, 0, 0]);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, 16 + inner.Length);
        properties.Write(length);
        properties.Write(Guid.Parse("00020307-0000-0000-c000-000000000046").ToByteArray());
        properties.Write(inner);
        properties.Write(new byte[(4 - (inner.Length % 4)) % 4]);
        var stream = new MemoryStream();
        stream.Write([0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00]);
        Attribute(stream, 1, 0x00089006, [0, 0, 1, 0]);
        Attribute(stream, 2, 0x00069002, [2, 0, .. new byte[12]]);
        Attribute(stream, 2, 0x00069005, properties.ToArray());
        return stream.ToArray();
    }

    private static void Attribute(Stream stream, byte level, int id, byte[] data)
    {
        Span<byte> numbers = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, id);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], data.Length);
        stream.WriteByte(level);
        stream.Write(numbers);
        stream.Write(data);
        Span<byte> checksum = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(checksum, (ushort)data.Sum(b => b));
        stream.Write(checksum);
    }
}
