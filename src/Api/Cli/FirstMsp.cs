using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Api.Hosting;
using Platform.Api.Identity;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.Cli;

/// <summary>The way in to an installation that holds nothing yet: an MSP and the API client that makes its tenants.</summary>
internal static class FirstMsp
{
    private const int Refused = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static Task<int> CreateAsync(string[] settings, string slug, string name, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        PlatformHost.RunPreparedAsync(
            settings,
            async (services, token) =>
            {
                var made = await services.GetRequiredService<IDirectoryCommands>().CreateMspAsync(slug, name, token);
                if (!made.Succeeded)
                {
                    await error.WriteLineAsync(made.Message);
                    return Refused;
                }

                var id = slug + "-api";
                var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                await services.GetRequiredService<IClientRegistry>().EnsureAsync(new ApiClient(id, name, [], made.Value, Permissions.All, null), secret, token);
                await output.WriteLineAsync($"client_id {id}");
                await output.WriteLineAsync($"client_secret {secret}");
                await output.WriteLineAsync("The secret is kept only as a hash and shown this once. With it, make tenants by the mutation createTenant or by POST /v1/tenants.");
                return 0;
            },
            error,
            cancellationToken);
}
