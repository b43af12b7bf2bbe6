using System.IO.Compression;
using System.Security.Cryptography;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Attachments;

/// <summary>
/// Files written by other people's programs (7-Zip, GNU tar, xz, lzip, zstd, bzip2, gzip, gcab, genisoimage, mkfs.fat, mkntfs, qemu-img), from the
/// same two files of ours: a text in a folder and something that begins like a program. Kept gzipped in <c>Made</c>.
/// </summary>
internal static class MadeFile
{
    public const string Password = "Tanuki-77";

    private static readonly string[] Sums = [
        "6E83086E3977525C3BC5A10C7F496F74DA4810AD9678CEBD3521E77C75F58235",
        "E9D9F88A8A4CA649F366C489E5EC91D870B2431777E1B0814EF4A8F6B6EF7EDB",
    ];

    public static byte[] Read(string name)
    {
        using var stream = typeof(MadeFile).Assembly.GetManifestResourceStream($"Made/{name}.gz") ?? throw new ArgumentException($"no made file {name}", nameof(name));
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        unpacked.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Both files are there, each octet right.</summary>
    public static void AssertWhole(MailMessage message)
    {
        var sums = message.Attachments.Select(file => Convert.ToHexString(SHA256.HashData(file.Content.Span)));
        Assert.Empty(Sums.Except(sums));
    }
}
