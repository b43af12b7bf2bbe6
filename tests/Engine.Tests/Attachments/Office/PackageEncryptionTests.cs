using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments.Ole;

namespace Platform.Engine.Tests.Attachments.Office;

public sealed class PackageEncryptionTests
{
    private static readonly byte[] Package = new OoxmlWriter().Document(OoxmlWriter.Paragraph(new string('x', 9_000))).ToArray();

    [Theory]
    [InlineData("VelvetSweatshop")]
    [InlineData("日本2026")]
    public void A_package_opens_by_a_password_that_is_known(string password)
    {
        var contents = ReadFile.By(new OleReader(), "a.docx", AgileWriter.Encrypt(Package, password, new Random(1), 1_000), "other", "日本2026");

        Assert.False(contents.IsEncrypted);
        Assert.Equal(Package, Assert.Single(contents.Members).Content.ToArray());
    }

    [Fact]
    public void A_package_without_its_password_is_encrypted()
    {
        Assert.True(ReadFile.By(new OleReader(), "a.docx", AgileWriter.Encrypt(Package, "secret", new Random(1), 1_000), "other").IsEncrypted);
    }

    [Fact]
    public void Any_description_is_read() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], byte[]>((info, package) =>
        ReadFile.By(new OleReader(), "a.docx", new CompoundWriter().Stream("EncryptionInfo", [2, 0, 2, 0, 0, 0, 0, 0, 64, 0, 0, 0, .. info, .. new byte[200]]).Stream("EncryptedPackage", [.. package, .. new byte[64]]).ToArray()).IsEncrypted));
}
