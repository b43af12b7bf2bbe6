using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Api.Hosting;
using Platform.Api.Identity;

namespace Platform.Api.Cli;

/// <summary>Registers an application of another maker that people sign in to.</summary>
internal static class NewApp
{
    private const int Refused = 1;
    private const int MaxIdLength = 100;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static async Task<int> CreateAsync(string[] settings, App app, bool isPublic, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (FlawOf(app) is { } flaw)
        {
            await error.WriteLineAsync(flaw);
            return Refused;
        }

        return await PlatformHost.RunPreparedAsync(
            settings,
            async (services, token) =>
            {
                if (await services.GetRequiredService<IClientRegistry>().FindAsync(app.ClientId, token) is not null)
                {
                    await error.WriteLineAsync($"There is a client '{app.ClientId}' already. Take another id.");
                    return Refused;
                }

                var secret = isPublic ? null : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                await services.GetRequiredService<IAppRegistry>().EnsureAsync(app, secret, token);
                await output.WriteLineAsync($"client_id {app.ClientId}");
                if (secret is not null)
                    await output.WriteLineAsync($"client_secret {secret}");
                await output.WriteLineAsync(secret is null
                    ? "It has no secret: it proves itself by PKCE and its redirect addresses alone."
                    : "The secret is kept only as a hash and shown this once.");
                return 0;
            },
            error,
            cancellationToken);
    }

    private static string? FlawOf(App app)
    {
        if (app.ClientId.Length is 0 or > MaxIdLength || app.ClientId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            return $"--id is 1 to {MaxIdLength} letters, digits, '-', '_' or '.'.";
        if (app.RedirectUris.Count == 0 && !app.Device)
            return "Name at least one --redirect, or --device for what has no browser.";
        // RFC 9700, section 2.1: TLS but for what runs on the person's own machine; a fragment would be lost.
        return app.RedirectUris.FirstOrDefault(uri => !uri.IsAbsoluteUri || uri.Fragment.Length > 0 || !(uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback || (app.Native && uri.Scheme.Contains('.', StringComparison.Ordinal)))) is { } wrong
            ? $"--redirect {wrong.OriginalString} will not do: write https://..., http://127.0.0.1/... or, with --native, a scheme such as com.example.app:/callback."
            : null;
    }
}
