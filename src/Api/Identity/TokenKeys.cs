using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Platform.Api.Edge;

namespace Platform.Api.Identity;

/// <summary>
/// The keys behind tokens, kept in <c>DATA/keys</c> with mode 0600 so that tokens outlive a restart: <c>token-signing.pem</c>
/// (ECDSA P-256, PKCS#8) and <c>token-encryption.key</c> (256 bits, base64; seals codes and refresh tokens). <see cref="Rotate"/>
/// keeps the ones before as <c>token-signing-previous.pem</c> and <c>token-encryption-previous.key</c>: what they made stays valid,
/// the new ones make what comes next. The one before that is gone, so rotate no oftener than refresh tokens live (14 days).
/// </summary>
internal sealed class TokenKeys(ApiSettings settings) : IConfigureOptions<OpenIddictServerOptions>
{
    public const string SigningFile = "token-signing.pem";
    public const string PreviousSigningFile = "token-signing-previous.pem";
    public const string EncryptionFile = "token-encryption.key";
    public const string PreviousEncryptionFile = "token-encryption-previous.key";

    private readonly string _folder = Path.Combine(settings.DataDirectory, "keys");

    /// <exception cref="MissingKeyException">A key is missing and may not be made.</exception>
    public void Ensure()
    {
        Ensure(SigningFile, MakeSigningKey);
        Ensure(EncryptionFile, MakeEncryptionKey);
    }

    /// <summary>Makes new keys and keeps the present ones beside them. Servers take them at their next start.</summary>
    /// <exception cref="MissingKeyException">There is no key yet to follow.</exception>
    public void Rotate()
    {
        foreach (var (file, previous, make) in (ReadOnlySpan<(string, string, Func<string>)>)[
            (SigningFile, PreviousSigningFile, MakeSigningKey), (EncryptionFile, PreviousEncryptionFile, MakeEncryptionKey)])
        {
            var path = Path.Combine(_folder, file);
            if (!File.Exists(path))
                throw new MissingKeyException(path);
            // A copy and then one rename: whatever stops it in between, there is a key to start with.
            File.Copy(path, Path.Combine(_folder, previous), overwrite: true);
            var made = path + ".new";
            File.Delete(made);
            Write(made, make());
            File.Move(made, path, overwrite: true);
        }
    }

    public void Configure(OpenIddictServerOptions options)
    {
        Ensure();
        foreach (var file in Existing(SigningFile, PreviousSigningFile))
            options.SigningCredentials.Add(new SigningCredentials(ReadSigningKey(file), SecurityAlgorithms.EcdsaSha256));
        foreach (var file in Existing(EncryptionFile, PreviousEncryptionFile))
            options.EncryptionCredentials.Add(new EncryptingCredentials(
                new SymmetricSecurityKey(Convert.FromBase64String(File.ReadAllText(Path.Combine(_folder, file)))),
                SecurityAlgorithms.Aes256KW,
                SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    private IEnumerable<string> Existing(params string[] files) => files.Where(file => File.Exists(Path.Combine(_folder, file)));

    private ECDsaSecurityKey ReadSigningKey(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(_folder, file)));
        return new ECDsaSecurityKey(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16] };
    }

    private void Ensure(string file, Func<string> make)
    {
        var path = Path.Combine(_folder, file);
        if (File.Exists(path))
            return;
        if (!settings.CreateMissingKeys)
            throw new MissingKeyException(path);
        Directory.CreateDirectory(_folder);
        Write(path, make());
    }

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }

    private static string MakeSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string MakeEncryptionKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Stops the start in Production, with a sentence that says which key and what to do.</summary>
public sealed class MissingKeyException(string path)
    : Exception($"The key file '{path}' is missing. Restore it from its back-up, or make new keys with the verb 'admin make-keys'; without it no token can be issued or checked.");
