using System.IO.Compression;
using System.Text;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments;

public sealed class ArchiveTests
{
    private static readonly byte[] Hello = "hello from inside"u8.ToArray();

    [Fact]
    public void Members_follow_their_archive_with_paths_types_and_content()
    {
        var message = Mails.WithAttachment("a.zip", Zip(("dir/x.txt", Hello), ("y.js", "var x = new ActiveXObject('a'); eval(x); function f() { return x; }"u8.ToArray())));
        Assert.Equal(["a.zip zip 0", "a.zip/dir/x.txt text 1", "a.zip/y.js js 1"], message.Attachments.Select(a => $"{a.Path} {a.Type.Id} {a.Depth}"));
        Assert.Equal(Hello, message.Attachments[1].Content.ToArray());
    }

    [Fact]
    public void Archives_in_archives_are_opened()
    {
        var message = Mails.WithAttachment("a.zip", Zip(("b.zip", Zip(("c.tar.gz", GZip(Tar("d.txt", Hello)))))));
        Assert.Equal("a.zip/b.zip/c.tar.gz/c.tar/d.txt", message.Attachments[^1].Path);
        Assert.Equal(Hello, message.Attachments[^1].Content.ToArray());
    }

    [Fact]
    public void Seven_zip_archives_are_opened() =>
        Assert.Equal(Hello, Mails.WithAttachment("a.7z", SevenZipFile.Stored("x.txt", Hello)).Attachments.Single(a => a.Path == "a.7z/x.txt").Content.ToArray());

    [Fact]
    public void Bzip2_files_are_opened()
    {
        using var stream = new MemoryStream();
        using (var packer = SharpCompress.Compressors.BZip2.BZip2Stream.Create(stream, SharpCompress.Compressors.CompressionMode.Compress, false, true, false))
            packer.Write(Hello);
        Assert.Equal(Hello, Mails.WithAttachment("x.txt.bz2", stream.ToArray()).Attachments.Single(a => a.Path == "x.txt.bz2/x.txt").Content.ToArray());
    }

    [Fact]
    public void A_gzip_file_holds_one_file_named_without_the_extension() =>
        Assert.Equal("notes.txt.gz/notes.txt", Mails.WithAttachment("notes.txt.gz", GZip(Hello)).Attachments[^1].Path);

    [Fact]
    public void An_encrypted_member_is_listed_without_content()
    {
        var zip = Zip(("secret.exe", Hello));
        MarkEncrypted(zip);
        var member = Mails.WithAttachment("a.zip", zip).Attachments[^1];
        Assert.Equal(("secret.exe", true, 0), (member.FileName, member.Encrypted, member.Content.Length));
    }

    [Fact]
    public void Names_of_old_Japanese_archives_are_readable()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.GetEncoding(932)))
        using (var entry = zip.CreateEntry("請求書について.txt").Open())
            entry.Write(Hello);
        var bytes = stream.ToArray();
        ClearUtf8Flag(bytes);
        Assert.Equal("請求書について.txt", Mails.WithAttachment("a.zip", bytes).Attachments[^1].FileName);
    }

    [Fact]
    public void A_bomb_is_cut_by_its_ratio()
    {
        var message = Mails.WithAttachment("bomb.zip", Zip(("zeros", new byte[100 * 1024 * 1024])));
        Assert.Contains(message.Notes, n => n is { Id: "limit-archive-ratio", Limit: true });
        Assert.InRange(message.Attachments[^1].Content.Length, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public void Bytes_of_all_members_together_are_bounded()
    {
        var random = new byte[50_000];
        new Random(1).NextBytes(random);
        var message = Mails.WithAttachment("a.zip", Zip(("1", random), ("2", random), ("3", random)), limits: ScanLimits.Default with { MaxDecodedBytes = 260_000 });
        Assert.Contains(message.Notes, n => n is { Id: "limit-bytes", Limit: true });
    }

    [Fact]
    public void The_number_of_members_is_bounded()
    {
        var message = Mails.WithAttachment("a.zip", Zip([.. Enumerable.Range(0, 50).Select(i => ($"{i}", Hello))]), limits: ScanLimits.Default with { MaxArchiveEntries = 10 });
        Assert.Equal(11, message.Attachments.Count);
        Assert.Contains(message.Notes, n => n is { Id: "limit-archive-entries", Limit: true });
    }

    [Fact]
    public void Past_the_bound_programs_are_still_seen_by_name()
    {
        var message = Mails.WithAttachment("a.zip", Zip([.. Enumerable.Range(0, 50).Select(i => ($"{i}", Hello)), ("invoice.exe", Hello)]), limits: ScanLimits.Default with { MaxArchiveEntries = 10 });
        Assert.Equal("a.zip/invoice.exe", message.Attachments[^1].Path);
    }

    [Fact]
    public void Past_the_bound_programs_in_a_tar_are_still_seen_by_name()
    {
        byte[] tar = [.. Enumerable.Range(0, 20).SelectMany(i => Tar($"{i}", Hello)[..1024]), .. Tar("invoice.exe", Hello)];
        var message = Mails.WithAttachment("a.tar", tar, limits: ScanLimits.Default with { MaxArchiveEntries = 10 });
        Assert.Equal("a.tar/invoice.exe", message.Attachments[^1].Path);
    }

    [Theory]
    [InlineData(97)]
    [InlineData(99)]
    [InlineData(20)]
    [InlineData(1)]
    public void A_member_that_cannot_be_unpacked_does_not_hide_the_next(byte method)
    {
        var zip = Zip(("a.txt", Hello), ("b.txt", Hello));
        zip[zip.AsSpan().IndexOf("PK\u0003\u0004"u8) + 8] = method;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10] = method;
        Assert.Equal(Hello, Mails.WithAttachment("a.zip", zip).Attachments.Single(a => a.FileName == "b.txt").Content.ToArray());
    }

    [Fact]
    public void A_member_without_its_local_header_does_not_hide_the_next()
    {
        var zip = Zip(("a.txt", Hello), ("b.txt", Hello));
        zip[0] = (byte)'X';
        byte[] prefixed = [.. "PK\u0003\u0004"u8, .. zip];
        Assert.Equal(Hello, Mails.WithAttachment("a.zip", prefixed).Attachments.Single(a => a.FileName == "b.txt").Content.ToArray());
    }

    [Fact]
    public void A_member_that_claims_more_than_the_archive_does_not_hide_the_next()
    {
        var zip = Zip(("a.txt", Hello), ("b.txt", Hello));
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 20), 1_000_000);
        Assert.Equal(Hello, Mails.WithAttachment("a.zip", zip).Attachments.Single(a => a.FileName == "b.txt").Content.ToArray());
    }

    [Fact]
    public void A_zip_behind_other_bytes_is_opened() =>
        Assert.Equal(Hello, Mails.WithAttachment("a.zip", [.. "GIF89a"u8, .. new byte[300], .. Zip(("x.txt", Hello))]).Attachments.Single(a => a.Path == "a.zip/x.txt").Content.ToArray());

    [Fact]
    public void What_archives_unpack_to_is_bounded_by_the_size_of_the_mail()
    {
        var member = new byte[15 * 1024 * 1024];
        var message = Mails.WithAttachment("a.zip", Zip([.. Enumerable.Range(0, 6).Select(i => ($"{i}", member))]));
        Assert.InRange(message.Attachments.Skip(1).Sum(a => (long)a.Content.Length), 1, 50L * 1024 * 1024);
    }

    [Fact]
    public void Texts_past_the_allowance_keep_the_kind_of_their_names()
    {
        var script = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("var x = 1;\n", 1_000)));
        var message = Mails.WithAttachment("a.zip", Zip([.. Enumerable.Range(0, 200).Select(i => ($"{i}.js", script))]));
        Assert.Equal(["js", "text"], message.Attachments.Skip(1).Select(a => a.Type.Id).Distinct());
    }

    [Fact]
    public void The_depth_of_archives_is_bounded()
    {
        var content = Hello;
        for (var i = 0; i < 10; i++)
            content = Zip(($"{i}.zip", content));
        var message = Mails.WithAttachment("a.zip", content);
        Assert.Contains(message.Notes, n => n is { Id: "limit-archive-depth", Limit: true });
        Assert.Equal(ScanLimits.Default.MaxArchiveDepth, message.Attachments.Max(a => a.Depth));
    }

    [Fact]
    public void Members_that_share_bytes_are_noted()
    {
        var zip = Zip(("a", RandomBytes(2_000)));
        Assert.Contains("overlapping-entries", Mails.WithAttachment("a.zip", RepeatDirectory(zip, 4)).NoteIds());
    }

    [Fact]
    public void A_zip_without_its_directory_is_read_by_its_local_headers()
    {
        var zip = Zip(("x.txt", Hello));
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var message = Mails.WithAttachment("a.zip", zip[..directory]);
        Assert.Contains("damaged-archive", message.NoteIds());
        Assert.Contains(message.Attachments, a => a.FileName == "x.txt");
    }

    [Theory]
    [InlineData("rar", "Rar!\u001a\u0007\0junk")]
    [InlineData("7z", "7z\u00bc\u00af'\u001cjunk")]
    [InlineData("gz", "\u001f\u008b\u0008junk")]
    [InlineData("bz2", "BZh9junk")]
    [InlineData("xz", "\u00fd7zXZ\0junk")]
    [InlineData("zip", "PK\u0003\u0004junk")]
    public void A_damaged_archive_is_noted_and_kept(string extension, string content)
    {
        var message = Mails.WithAttachment($"a.{extension}", Encoding.Latin1.GetBytes(content));
        Assert.Contains("damaged-archive", message.NoteIds());
        Assert.Equal($"a.{extension}", message.Attachments[0].Path);
    }

    [Fact]
    public void An_attached_message_and_its_attachments_are_attachments()
    {
        var message = Mails.Read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b

            text
            --b
            Content-Type: message/rfc822
            Content-Disposition: attachment; filename=fwd.eml

            Subject: x
            Content-Type: application/pdf; name=x.pdf

            %PDF-1.4
            --b--
            """);
        Assert.Equal(["fwd.eml eml 0", "fwd.eml/x.pdf pdf 1"], message.Attachments.Select(a => $"{a.Path} {a.Type.Id} {a.Depth}"));
    }

    [Fact]
    public void A_message_sent_as_a_plain_file_is_read_like_an_attached_one()
    {
        var inner = Encoding.ASCII.GetBytes("From: a@b.test\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=x.pdf\r\n\r\n%PDF-1.4\r\n");
        var message = Mails.WithAttachment("fwd.eml", inner);
        Assert.Equal(["fwd.eml eml 0", "fwd.eml/x.pdf pdf 1"], message.Attachments.Select(a => $"{a.Path} {a.Type.Id} {a.Depth}"));
        Assert.DoesNotContain("read-differently", message.NoteIds());
    }

    [Fact]
    public void An_inline_image_is_an_attachment() =>
        Assert.Equal("png", Mails.Read("Content-Type: image/png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=").Attachments.Single().Type.Id);

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] GZip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] Tar(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(stream, leaveOpen: true))
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return stream.ToArray();
    }

    private static void MarkEncrypted(byte[] zip)
    {
        zip[zip.AsSpan().IndexOf("PK\u0003\u0004"u8) + 6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
    }

    private static void ClearUtf8Flag(byte[] zip)
    {
        zip[zip.AsSpan().IndexOf("PK\u0003\u0004"u8) + 7] &= 0xF7;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 9] &= 0xF7;
    }

    // The same directory entry several times over: every copy points to the same bytes.
    private static byte[] RepeatDirectory(byte[] zip, int copies)
    {
        var start = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var entry = zip[start..end];
        byte[] result = [.. zip[..start], .. Enumerable.Repeat(entry, copies).SelectMany(e => e), .. zip[end..]];
        var trailer = result.AsSpan(result.Length - (zip.Length - end));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(trailer[8..], (ushort)copies);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(trailer[10..], (ushort)copies);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(trailer[12..], entry.Length * copies);
        return result;
    }
}
