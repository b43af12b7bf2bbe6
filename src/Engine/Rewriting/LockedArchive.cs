using ICSharpCode.SharpZipLib.Zip;

namespace Platform.Engine.Rewriting;

/// <summary>A ZIP archive of one file, encrypted with AES-256 (WinZip AE-2), which every common program opens.</summary>
internal static class LockedArchive
{
    /// <summary>The same for all: when it was made is nobody's business.</summary>
    private static readonly DateTime s_made = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static byte[] Of(string name, ReadOnlySpan<byte> content, string password)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipOutputStream(archive) { IsStreamOwner = false, Password = password, UseZip64 = UseZip64.Off })
        {
            zip.PutNextEntry(new ZipEntry(name) { AESKeySize = 256, DateTime = s_made, IsUnicodeText = true });
            zip.Write(content);
            zip.CloseEntry();
        }

        return archive.ToArray();
    }
}
