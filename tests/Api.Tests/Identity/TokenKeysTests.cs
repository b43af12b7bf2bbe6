using OpenIddict.Server;
using Platform.Api.Edge;
using Platform.Api.Identity;

namespace Platform.Api.Tests.Identity;

public sealed class TokenKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("token-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void In_production_a_missing_key_stops_the_start_and_is_named()
    {
        var exception = Assert.Throws<MissingKeyException>(() => Keys(create: false).Ensure());

        Assert.Contains(TokenKeys.SigningFile, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_outlive_a_restart()
    {
        Assert.Equal(SigningKeyId(Keys(create: true)), SigningKeyId(Keys(create: false)));
    }

    [Fact]
    public void Key_files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no Unix file modes here.");
            return;
        }

        Keys(create: true).Ensure();

        foreach (var file in Directory.GetFiles(Path.Combine(_folder.FullName, "keys")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void After_a_rotation_the_new_key_signs_and_the_old_one_still_checks()
    {
        var old = SigningKeyId(Keys(create: true));
        Keys(create: false).Rotate();
        var options = new OpenIddictServerOptions();
        Keys(create: false).Configure(options);

        Assert.NotEqual(old, options.SigningCredentials[0].Key.KeyId);
        Assert.Equal(old, options.SigningCredentials[1].Key.KeyId);
    }

    private TokenKeys Keys(bool create) => new(new ApiSettings { DataDirectory = _folder.FullName, CreateMissingKeys = create });

    private static string SigningKeyId(TokenKeys keys)
    {
        var options = new OpenIddictServerOptions();
        keys.Configure(options);
        return Assert.Single(options.SigningCredentials).Key.KeyId;
    }
}
