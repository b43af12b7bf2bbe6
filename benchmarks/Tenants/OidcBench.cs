using System.Text.Json;
using Microsoft.Playwright;
using Platform.Benchmarks.Browsers;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// Sign-in by clients that others wrote: <c>openid-client</c> and <c>oauth4webapi</c> (npm) through every flow against the running
/// product, and a passkey made and used in Chromium with a virtual authenticator. People of a tenant by its own provider (<c>oidc-provider</c>,
/// npm), and its accounts kept by SCIM as Microsoft Entra ID and Okta are published to do it.
/// </summary>
internal sealed class OidcBench : IBench
{
    public IReadOnlyList<string> Figures => ["oidc"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        if (!Directory.Exists(Path.Combine(context.Workspace.Peers, "node_modules", "openid-client")))
            throw new MissingPartException("openid-client (npm ci in tests/peers)");
        using var data = new TempFolder("oidc");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);

        var cases = await PeersAsync(context, node, "oidc.mjs", [product.Http.ToString(), DemoPerson.Administrator, DemoPerson.Password], cancellationToken);
        cases.AddRange(await PeersAsync(context, node, "sso.mjs", [product.Http.ToString(), "acme-api", "acme-api-secret", "acme.test", DemoPerson.Administrator, DemoPerson.Password], cancellationToken));
        cases.AddRange(await PeersAsync(context, node, "scim.mjs", [product.Http.ToString(), "acme-api", "acme-api-secret", "acme.test"], cancellationToken));
        cases.Add(await PasskeyAsync(product));

        var failed = cases.Where(found => !found.Right).ToList();
        foreach (var found in failed)
            context.Progress.Say($"{found.Name}: {found.Reason}");
        return
        [
            new Figure("oidc", cases.Count - failed.Count, $"flows right of {cases.Count}", $"{cases.Count}", failed.Count == 0)
            {
                Detail = failed.Count == 0 ? "openid-client, oauth4webapi, passkey in Chromium, oidc-provider as single sign-on, SCIM as of Entra and Okta" : string.Join("; ", failed.Take(5).Select(found => $"{found.Name}: {found.Reason}")),
            },
        ];
    }

    private static async Task<List<(string Name, bool Right, string Reason)>> PeersAsync(BenchContext context, string node, string script, string[] arguments, CancellationToken cancellationToken)
    {
        var (_, output) = await ChildProcess.RunAsync(node, [Path.Combine(context.Workspace.Peers, script), .. arguments], cancellationToken);
        var cases = output.Split('\n').Where(line => line.StartsWith('{')).Select(Read).ToList();
        return cases.Count > 0 ? cases : throw new InvalidOperationException($"no case of {script} ran: {output}");
    }

    private static async Task<(string Name, bool Right, string Reason)> PasskeyAsync(RunningProduct product)
    {
        const string name = "passkey: added and signed in with in Chromium";
        try
        {
            await using var chromium = await Chromium.StartAsync();
            // Passkeys are bound to a name; an address is none.
            var page = await chromium.OpenAsync(new Uri($"http://localhost:{product.Http.Port}/"));
            await Chromium.PlugInKeyAsync(page);
            await SignInPages.ByPasswordAsync(page, DemoPerson.Administrator, DemoPerson.Password);
            await SignInPages.AddPasskeyAsync(page, "virtual key");
            await SignInPages.SignOutAsync(page);
            await SignInPages.ByPasskeyAsync(page);
            return (name, true, "");
        }
        catch (PlaywrightException problem)
        {
            return (name, false, problem.Message);
        }
    }

    private static (string Name, bool Right, string Reason) Read(string line)
    {
        using var found = JsonDocument.Parse(line);
        var root = found.RootElement;
        return (root.GetProperty("name").GetString()!, root.GetProperty("ok").GetBoolean(), root.TryGetProperty("reason", out var reason) ? reason.GetString()! : "");
    }
}
