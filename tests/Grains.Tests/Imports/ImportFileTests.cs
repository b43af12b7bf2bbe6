using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Imports;

namespace Platform.Grains.Tests.Imports;

public sealed class ImportFileTests
{
    private const string Mbox = "From a@b.test Tue Nov 24 09:00:00 2026\nSubject: m1\n\nx\n\nFrom a@b.test Tue Nov 24 09:00:00 2026\nSubject: m2\n\nx\n";

    private static readonly ImportSettings Settings = new() { MaxMessageBytes = 10_000, MaxUnpackedBytes = 100_000 };

    [Fact]
    public async Task An_eml_file_is_one_mail_byte_for_byte()
    {
        Assert.Equal(["Subject: x\r\n\r\nbody"], await ReadAsync("mail.eml", "Subject: x\r\n\r\nbody"u8.ToArray()));
    }

    [Fact]
    public async Task Line_ends_of_a_file_become_those_of_mail()
    {
        Assert.Equal(["Subject: x\r\n\r\nbody\r\n"], await ReadAsync("mail.eml", "Subject: x\n\nbody\n"u8.ToArray()));
    }

    [Theory]
    [InlineData("mails.mbox")]
    [InlineData("mails.txt")]
    public async Task An_mbox_is_known_by_its_first_line(string name)
    {
        Assert.Equal(2, (await ReadAsync(name, Encoding.ASCII.GetBytes(Mbox))).Count);
    }

    [Theory]
    [InlineData("a.eml", 1)]
    [InlineData("folder/A.EML", 1)]
    [InlineData("mails.mbox", 2)]
    [InlineData("Maildir/new/17.abc.host", 1)]
    [InlineData("Maildir/cur/17.abc.host:2,S", 1)]
    [InlineData("Maildir/tmp/17.abc.host", 0)]
    [InlineData("../../new/evil", 1)]
    [InlineData("new", 0)]
    [InlineData("readme.txt", 0)]
    [InlineData("__MACOSX/._a.eml", 0)]
    [InlineData("Maildir/new/", 0)]
    public async Task Of_an_archive_only_mails_count(string member, int mails)
    {
        Assert.Equal(mails, (await ReadAsync("upload.zip", Zip((member, Mbox)))).Count);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public async Task Members_are_unpacked_in_order(CompressionLevel level)
    {
        var archive = Zip(level, [.. Enumerable.Range(1, 50).Select(i => ($"{i:00}.eml", $"Subject: {i}\r\n"))]);

        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"Subject: {i}\r\n"), await ReadAsync("x.zip", archive));
    }

    [Fact]
    public async Task A_member_that_unpacks_beyond_the_limit_is_told_and_the_next_one_read()
    {
        var archive = Zip(("bomb.eml", new string('x', 1_000_000)), ("b.eml", "Subject: b\r\n"));

        Assert.Equal(["too-large", "Subject: b\r\n"], await ReadAsync("x.zip", archive));
    }

    [Fact]
    public async Task An_archive_that_unpacks_beyond_all_limits_ends_the_job()
    {
        var archive = Zip([.. Enumerable.Range(1, 30).Select(i => ($"{i}.eml", new string('x', 9_000)))]);

        await Assert.ThrowsAsync<ImportFormatException>(() => ReadAsync("x.zip", archive));
    }

    [Fact]
    public async Task A_member_with_broken_data_is_told_and_the_next_one_read()
    {
        var archive = Zip(("a.eml", new string('y', 500)), ("b.eml", "Subject: b\r\n"));
        archive.AsSpan(30 + "a.eml".Length, 4).Fill(0xFF);

        Assert.Equal(["unreadable", "Subject: b\r\n"], await ReadAsync("x.zip", archive));
    }

    [Fact]
    public async Task An_encrypted_member_is_told()
    {
        var archive = Zip(("a.eml", "Subject: a\r\n"));
        var entry = archive.AsSpan().IndexOf("PK\x01\x02"u8);
        archive[entry + 8] |= 1;

        Assert.Equal(["unreadable"], await ReadAsync("x.zip", archive));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task A_truncated_archive_is_refused(int length)
    {
        var archive = Zip(("a.eml", "Subject: a\r\n"))[..length];

        await Assert.ThrowsAsync<ImportFormatException>(() => ReadAsync("x.zip", archive));
    }

    [Fact]
    public void No_change_of_an_archive_breaks_more_than_the_job()
    {
        var archive = Zip(("a.eml", "Subject: a\r\n"), ("b.mbox", Mbox));
        var change = Gen.Choose(0, archive.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, (byte)value)));
        Prop.ForAll(change.NonEmptyListOf().ToArbitrary(), changes =>
        {
            var broken = archive.ToArray();
            foreach (var (at, value) in changes)
                broken[at] = value;
            return EndsInOrderAsync(broken);
        }).QuickCheckThrowOnFailure();
    }

    private static async Task<bool> EndsInOrderAsync(byte[] archive)
    {
        try
        {
            return (await ReadAsync("x.zip", archive)).Count <= 10;
        }
        catch (ImportFormatException)
        {
            return true;
        }
    }

    private static byte[] Zip(params (string Name, string Content)[] members) => Zip(CompressionLevel.Optimal, members);

    private static byte[] Zip(CompressionLevel level, (string Name, string Content)[] members)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var member = archive.CreateEntry(name, level).Open();
                member.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return file.ToArray();
    }

    private static async Task<List<string>> ReadAsync(string name, byte[] file)
    {
        List<string> mails = [];
        await foreach (var mail in ImportFile.ReadAsync(new MemoryStream(file), name, Settings, TestContext.Current.CancellationToken))
            mails.Add(mail.Content is { } content ? Encoding.UTF8.GetString(content.Span) : mail.Error!);
        return mails;
    }
}
