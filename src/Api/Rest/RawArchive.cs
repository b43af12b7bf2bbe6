using ICSharpCode.SharpZipLib.Zip;
using Platform.Api.Edge;

namespace Platform.Api.Rest;

/// <summary>
/// A ZIP archive of one file, encrypted with AES-256 (WinZip AE-2), so that a hostile mail can be handed on without setting off
/// scanners on the way or being opened by mistake. The archive is made in memory: plain mail never touches the disk.
/// </summary>
internal static class RawArchive
{
    public const string PasswordHeader = "Archive-Password";

    /// <summary>What the trade uses for samples.</summary>
    public const string DefaultPassword = "infected";
    private const int MaxPasswordLength = 128;

    /// <exception cref="ApiException">The password asked for is no printable ASCII, or too long.</exception>
    public static string Password(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(PasswordHeader, out var values))
            return DefaultPassword;
        var password = values.ToString();
        return password.Length is > 0 and <= MaxPasswordLength && password.All(c => c is > ' ' and <= '~')
            ? password
            : throw ApiException.BadInput(PasswordHeader, $"The password has 1 to {MaxPasswordLength} printable ASCII characters.");
    }

    public static async Task<byte[]> MakeAsync(Stream content, string fileName, string password, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        await using (var zip = new ZipOutputStream(archive) { IsStreamOwner = false, Password = password, UseZip64 = UseZip64.Off })
        {
            zip.PutNextEntry(new ZipEntry(fileName) { AESKeySize = 256, DateTime = new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
            await content.CopyToAsync(zip, cancellationToken);
            zip.CloseEntry();
        }

        return archive.ToArray();
    }
}
