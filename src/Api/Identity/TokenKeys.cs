using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Platform.Api.Edge;

namespace Platform.Api.Identity;

/// <summary>
/// The keys behind access tokens, kept in <c>DATA/keys</c> with mode 0600 so that tokens outlive a restart:
/// <c>token-signing.pem</c> (ECDSA P-256, PKCS#8) and <c>token-encryption.key</c> (256 bits, base64).
/// To rotate, rename the signing key to <c>token-signing-previous.pem</c> and start: old tokens stay valid, new ones use the new key.
/// </summary>
internal sealed class TokenKeys(ApiSettings settings) : IConfigureOptions<OpenIddictServerOptions>
{
    public const string SigningFile = "token-signing.pem";
    public const string PreviousSigningFile = "token-signing-previous.pem";
    public const string EncryptionFile = "token-encryption.key";

    private readonly string _folder = Path.Combine(settings.DataDirectory, "keys");

    /// <exception cref="MissingKeyException">A key is missing and may not be made.</exception>
    public void Ensure()
    {
        Ensure(SigningFile, () =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return key.ExportPkcs8PrivateKeyPem();
        });
        Ensure(EncryptionFile, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public void Configure(OpenIddictServerOptions options)
    {
        Ensure();
        options.SigningCredentials.Add(new SigningCredentials(ReadSigningKey(SigningFile), SecurityAlgorithms.EcdsaSha256));
        if (File.Exists(Path.Combine(_folder, PreviousSigningFile)))
            options.SigningCredentials.Add(new SigningCredentials(ReadSigningKey(PreviousSigningFile), SecurityAlgorithms.EcdsaSha256));
        options.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(Convert.FromBase64String(File.ReadAllText(Path.Combine(_folder, EncryptionFile)))),
            SecurityAlgorithms.Aes256KW,
            SecurityAlgorithms.Aes256CbcHmacSha512));
    }

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
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(make());
    }
}

/// <summary>Stops the start in Production, with a sentence that says which key and what to do.</summary>
public sealed class MissingKeyException(string path)
    : Exception($"The key file '{path}' is missing. Restore it from its back-up, or make new keys with the verb 'admin make-keys'; without it no token can be issued or checked.");
