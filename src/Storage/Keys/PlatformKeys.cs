using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Bodies;
using Platform.Storage.Setup;

namespace Platform.Storage.Keys;

/// <summary>
/// The platform's key and what is derived from it. Hierarchy: the platform key wraps each tenant's key, a tenant's key
/// wraps the key of each of its bodies. Only wrapped keys are stored, so deleting a wrapped key destroys what it opens.
/// Keys for other purposes (file names, cursors) come from the platform key by HKDF (RFC 5869), one label each.
/// </summary>
internal sealed class PlatformKeys(StorageSettings settings)
{
    public const int KeySize = 32;

    private readonly Lazy<byte[]> _key = new(() => Load(settings));

    /// <exception cref="StorageSetupException">The key is missing, malformed or readable by others.</exception>
    public void Check() => _ = _key.Value;

    public byte[] Derive(string label) => HKDF.Expand(HashAlgorithmName.SHA256, _key.Value, KeySize, Encoding.UTF8.GetBytes(label));

    public byte[] WrapTenantKey(Guid tenantId, ReadOnlySpan<byte> tenantKey) => KeyWrap.Wrap(_key.Value, TenantLabel(tenantId), tenantKey);

    /// <exception cref="CryptographicException">Not wrapped by this platform key for this tenant.</exception>
    public byte[] UnwrapTenantKey(Guid tenantId, ReadOnlySpan<byte> wrapped) => KeyWrap.Unwrap(_key.Value, TenantLabel(tenantId), wrapped);

    private static string TenantLabel(Guid tenantId) => $"tenant-key:{tenantId:N}";

    private static byte[] Load(StorageSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.PlatformKey))
            return Parse(settings.PlatformKey, "Storage:PlatformKey");

        var file = settings.PlatformKeyFile ?? settings.DefaultKeyFile;
        if (!File.Exists(file))
        {
            if (!settings.MayCreateKey)
            {
                throw new StorageSetupException(
                    settings.PlatformKeyFile is null
                        ? "The platform key is missing: set Storage__PlatformKey to 32 random bytes in base64, or Storage__PlatformKeyFile to a file that holds them (openssl rand -base64 32)."
                        : $"The platform key is missing: Storage:PlatformKeyFile names '{file}', which does not exist.");
            }

            Create(file);
        }

        RefuseIfReadableByOthers(file);
        return Parse(File.ReadAllText(file), file);
    }

    private static void Create(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(folder);
        }
        else
        {
            System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(file, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        // A key that a power cut takes back would take all mail with it.
        FolderFlush.Flush(folder);
        FolderFlush.Flush(Path.GetDirectoryName(folder)!);
    }

    private static void RefuseIfReadableByOthers(string file)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != 0)
            throw new StorageSetupException($"The platform key file '{file}' can be read by other users; set its mode to 0600 (chmod 600).");
    }

    private static byte[] Parse(string text, string source)
    {
        var key = new byte[KeySize + 1];
        if (!Convert.TryFromBase64String(text.Trim(), key, out var length) || length != KeySize)
            throw new StorageSetupException($"The platform key in {source} is not 32 bytes in base64.");
        return key[..KeySize];
    }
}
