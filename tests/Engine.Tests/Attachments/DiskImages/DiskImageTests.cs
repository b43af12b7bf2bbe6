using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments.DiskImages;

public sealed class DiskImageTests
{
    [Theory]
    [InlineData("joliet.iso", "setup.exe", "dir/notes.txt")]
    [InlineData("plain.iso", "SETUP.EXE", "DIR/NOTES.TXT")]
    [InlineData("udf.iso", "setup.exe", "dir/notes.txt")]
    [InlineData("fat12.img", "SETUP.EXE", "DIR/NOTES.TXT")]
    [InlineData("fat16.img", "SETUP.EXE", "DIR/NOTES.TXT")]
    [InlineData("ntfs.img", "setup.exe", "notes.txt")]
    [InlineData("fixed.vhd", "SETUP.EXE", "DIR/NOTES.TXT")]
    [InlineData("dynamic.vhd", "SETUP.EXE", "DIR/NOTES.TXT")]
    [InlineData("fat.vhdx", "SETUP.EXE", "DIR/NOTES.TXT")]
    public void Files_of_an_image_are_its_members(string name, params string[] members)
    {
        var message = Mails.WithAttachment(name, MadeFile.Read(name));

        MadeFile.AssertWhole(message);
        Assert.Equal(members.Select(member => $"{name}/{member}").Order(StringComparer.Ordinal), message.Attachments.Skip(1).Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_holds_itself_ends()
    {
        var image = MadeFile.Read("plain.iso");
        var folder = image.AsSpan().LastIndexOf("DIR"u8) - 33;
        var root = image.AsSpan(16 * 2_048 + 156 + 2, 8).ToArray();
        root.CopyTo(image.AsSpan(folder + 2));

        Assert.Equal(["plain.iso", "plain.iso/SETUP.EXE"], Mails.WithAttachment("plain.iso", image).Attachments.Select(file => file.Path));
    }

    [Fact]
    public void A_disk_without_a_file_system_is_told()
    {
        var disk = new byte[4_096];
        (disk[510], disk[511], disk[450], disk[454]) = (0x55, 0xAA, 0x83, 2);

        Assert.Contains(Mails.WithAttachment("x.img", disk).FileFacts, fact => fact.Id == "file-unread");
    }

    [Theory]
    [InlineData("joliet.iso")]
    [InlineData("udf.iso")]
    [InlineData("fat12.img")]
    [InlineData("dynamic.vhd")]
    public void Octets_gone_wrong_never_throw(string name)
    {
        var image = MadeFile.Read(name);
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var broken = image.ToArray();
            for (var change = 0; change < 400; change++)
                broken[random.Next(Math.Min(broken.Length, 600_000))] = (byte)random.Next(256);
            Assert.NotEmpty(Mails.WithAttachment(name, broken).Attachments);
        }
    }
}
