using System.Net;

namespace Platform.Api.Hosting;

/// <summary>What a person sees when everything runs: the addresses, and how to send a first mail.</summary>
internal static class StartupMessage
{
    public static async Task WriteAsync(TextWriter output, PlatformSettings settings, IPEndPoint http, IPEndPoint? smtp, IPEndPoint? submission)
    {
        var site = (settings.Http.Secure ? "https://" : "http://") + (settings.Http.Localhost ? $"localhost:{http.Port}" : http.ToString());
        await output.WriteLineAsync();
        await output.WriteLineAsync("  The platform is ready.");
        await output.WriteLineAsync($"  Sign-in  {site}/account");
        await output.WriteLineAsync($"  GraphQL  {site}/graphql");
        await output.WriteLineAsync($"  REST     {site}/openapi/v1.json");
        if (smtp is not null)
            await output.WriteLineAsync($"  SMTP     {smtp}{(submission is null ? "" : $", submission {submission}")}");
        await output.WriteLineAsync($"  Data     {settings.DataDirectory}");
        if (settings.Demo && smtp is not null)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync("  Send a first mail:");
            await output.WriteLineAsync($"    swaks --server {smtp} --from you@example.test --to info@acme.test --header 'Subject: Hello'");
            await output.WriteLineAsync($"    ls {Path.Combine(settings.DataDirectory, "delivered", "info@acme.test", "new")}");
            if (submission is not null)
                await output.WriteLineAsync($"    swaks --server {submission} --tls --auth-user info@acme.test --auth-password {Demo.DemoPeople.AppPassword} --from info@acme.test --to sales@acme.test");
            await output.WriteLineAsync("  API client: id acme-api, secret acme-api-secret. A person: admin@acme.test (Development only; README.md has the others).");
        }

        await output.WriteLineAsync();
    }
}
