using System.Buffers.Binary;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments.Archives;

public sealed class RarFileTests
{
    private static readonly byte[] Hello = "hello from inside"u8.ToArray();

    [Fact]
    public void Files_of_an_archive_are_its_members()
    {
        var message = Mails.WithAttachment("a.rar", Rar(("x.txt", Hello), ("dir/y.exe", [.. "MZ"u8, .. Hello])));

        Assert.Equal(["a.rar", "a.rar/x.txt", "a.rar/dir/y.exe"], message.Attachments.Select(file => file.Path));
        Assert.Equal(Hello, message.Attachments[1].Content.ToArray());
    }

    [Fact]
    public void A_dictionary_that_is_too_large_is_told_and_names_are_listed()
    {
        var rar = Rar(("setup.exe", Hello));
        var at = rar.AsSpan().IndexOf("setup.exe"u8) - 4;
        // Version 0, method 0, dictionary 4 GiB.
        (rar[at], rar[at + 1]) = (0x80, 0x78);

        var message = Mails.WithAttachment("a.rar", rar);

        Assert.Contains(message.FileFacts, fact => fact.Id == "file-unread");
        Assert.Contains(message.Attachments, file => file.FileName == "setup.exe");
    }

    // The largest number that there is: added to a place it comes out before the beginning.
    [Theory]
    [InlineData("02 02 FFFFFFFFFFFFFFFF7F 04 01 20 00000000 00 00 01 61")]
    [InlineData("02 01 0B 04 01 20 00000000 00 00 01 61 FFFFFFFFFFFFFFFF7F 0202")]
    public void A_size_past_all_measure_ends_the_reading(string header)
    {
        byte[] rar = [.. "Rar!\u001A\u0007\u0001\0"u8, .. Block(Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal))), 1, 2, 3, 0xFF, 0xFF, 0x7F, 1, 2, 3];

        var message = Mails.WithAttachment("x.rar", rar);

        Assert.Contains(message.Attachments, file => file.FileName == "a");
    }

    // Numbers of two octets where one would do leave room for larger ones.
    private static byte[] Rar(params (string Name, byte[] Content)[] files)
    {
        List<byte> rar = [.. "Rar!\u001A\u0007\u0001\0"u8, .. Block([1, 0, 0])];
        foreach (var (name, content) in files)
        {
            rar.AddRange(Block([2, 2, (byte)content.Length, 4, (byte)content.Length, 0x20, .. Sum(content), 0x80, 0x00, 0, (byte)name.Length, .. System.Text.Encoding.UTF8.GetBytes(name)]));
            rar.AddRange(content);
        }

        return [.. rar, .. Block([5, 0, 0])];
    }

    private static byte[] Block(byte[] body)
    {
        byte[] block = [(byte)body.Length, .. body];
        return [.. Sum(block), .. block];
    }

    private static byte[] Sum(byte[] octets)
    {
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Engine.Attachments.Archives.Streams.Crc32.Of(octets));
        return sum;
    }
}
