using System.Security.Cryptography;
using Platform.Storage.Keys;
using Platform.Storage.Protection;
using Platform.Storage.Transactions;

namespace Platform.Storage.Bodies;

/// <summary>Bodies as files below the data folder.</summary>
internal sealed class FileBodyStore(BodyFolders folders, SealLanes lanes, PlatformKeys platform, TenantKeys tenants, ProtectionKeys protections) : IBodyStore
{
    private const int HashLength = 64;

    private readonly Lazy<byte[]> _nameKey = new(() => platform.Derive("body-names"));

    public static string KeyLabel(string hash) => "body-key:" + hash;

    public static string KeyLabelOf(BodyReference body) => KeyLabel(body.Name[(body.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    public async ValueTask<IBodyWriter> CreateAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var tenantKey = await tenants.GetAsync(tenantId, cancellationToken);
        return new FileBodyWriter(folders, lanes, NewHash(), tenantKey);
    }

    public async ValueTask<Stream> OpenReadAsync(Guid tenantId, BodyReference body, CancellationToken cancellationToken)
    {
        var key = await OpenKeyAsync(tenantId, body, cancellationToken);
        Microsoft.Win32.SafeHandles.SafeFileHandle file;
        try
        {
            file = File.OpenHandle(folders.PathOf(body.Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BodyMissingException(body.Name);
        }

        try
        {
            return await BodyReadStream.OpenAsync(file, key, cancellationToken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public ValueTask DeleteAsync(BodyReference body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            File.Delete(folders.PathOf(Checked(body.Name)));
        }
        catch (IOException exception)
        {
            return ValueTask.FromException(StorageErrors.Translate(exception));
        }

        return ValueTask.CompletedTask;
    }

    /// <exception cref="BodyMissingException">The key was deleted: purged.</exception>
    public async ValueTask<byte[]> OpenKeyAsync(Guid tenantId, BodyReference body, CancellationToken cancellationToken)
    {
        var name = Checked(body.Name);
        if (body.WrappedKey.Length == 0)
            throw new BodyMissingException(name);
        if (body.WrappedKey.Length == ProtectionKeys.BodyKeySize)
            return await protections.OpenBodyKeyAsync(name, KeyLabelOf(body), body.WrappedKey, cancellationToken);
        var tenantKey = await tenants.GetAsync(tenantId, cancellationToken);
        return KeyWrap.Unwrap(tenantKey, KeyLabelOf(body), body.WrappedKey);
    }

    /// <summary>A name comes from a row; one that is no name of ours must not become a path.</summary>
    private static string Checked(string name) =>
        name.Length == HashLength + 3 && name[2] == '/' && char.IsAsciiHexDigitLower(name[0]) && char.IsAsciiHexDigitLower(name[1]) && name.AsSpan(3).IndexOfAnyExceptInRange('0', 'f') < 0
            ? name
            : throw new BodyMissingException("malformed name");

    private string NewHash()
    {
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_nameKey.Value, id));
    }
}
