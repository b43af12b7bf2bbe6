using System.IO.Compression;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments.Archives;

public sealed class ZipTrickTests
{
    private static readonly byte[] Program = [.. "MZ"u8, .. new byte[200]];

    [Fact]
    public void A_member_with_two_names_is_listed_by_the_dangerous_one_too()
    {
        var zip = Zip(("invoice.pdf", Program));
        "invoice.exe"u8.CopyTo(zip.AsSpan(zip.AsSpan().IndexOf("invoice.pdf"u8)));

        var message = Mails.WithAttachment("a.zip", zip);

        Assert.Contains(message.FileFacts, fact => fact is { Id: "archive-name-disagrees", Value: "invoice.exe" });
        Assert.Contains(message.Attachments, file => file.FileName == "invoice.exe");
    }

    [Fact]
    public void The_first_of_two_archives_in_one_file_is_read_too()
    {
        byte[] both = [.. Zip(("setup.exe", Program)), .. Zip(("readme.txt", "hello"u8.ToArray()))];

        var message = Mails.WithAttachment("a.zip", both);

        Assert.Equal(["readme.txt", "setup.exe"], message.Attachments.Skip(1).Select(file => file.FileName).Order(StringComparer.Ordinal));
        Assert.Contains(message.FileFacts, fact => fact is { Id: "archive-hidden-entry", Value: "setup.exe" });
    }

    [Fact]
    public void A_member_that_only_the_directory_calls_encrypted_is_read()
    {
        var zip = Zip(("setup.exe", Program));
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        Assert.Equal(Program, Mails.WithAttachment("a.zip", zip).Attachments[^1].Content.ToArray());
    }

    [Fact]
    public void An_honest_archive_has_no_trick() =>
        Assert.Empty(Mails.WithAttachment("a.zip", Zip(("a.txt", "hello"u8.ToArray()), ("b.zip", Zip(("c.txt", "inside"u8.ToArray()))))).FileFacts);

    private static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
