using System.Text.Json;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>The audits of <c>graphql-http</c> (npm), the reference for GraphQL over HTTP, against the running endpoint.</summary>
internal sealed class AuditsBench : IBench
{
    public IReadOnlyList<string> Figures => ["audits"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        if (!Directory.Exists(Path.Combine(context.Workspace.Peers, "node_modules", "graphql-http")))
            throw new MissingPartException("graphql-http (npm ci in tests/peers)");
        using var data = new TempFolder("audits");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-siem");
        var token = await client.FetchTokenAsync(cancellationToken);

        string[] arguments = [Path.Combine(context.Workspace.Peers, "audits.mjs"), new Uri(product.Http, "/graphql").ToString(), token];
        var (_, output) = await ChildProcess.RunAsync(node, arguments, cancellationToken);
        var audits = output.Split('\n').Where(l => l.StartsWith('{')).Select(ReadAudit).ToList();
        if (audits.Count == 0)
            throw new InvalidOperationException($"no audit ran: {output}");
        var failed = audits.Where(a => a.Status != "ok").ToList();
        foreach (var audit in failed)
            context.Progress.Say($"{audit.Status}: {audit.Name}: {audit.Reason}");
        return
        [
            new Figure("audits", audits.Count - failed.Count, $"audits passed of {audits.Count}", $"{audits.Count}", failed.Count == 0)
            {
                Detail = failed.Count == 0 ? null : string.Join("; ", failed.Take(5).Select(a => $"{a.Name}: {a.Reason}")),
            },
        ];
    }

    private static (string Name, string Status, string Reason) ReadAudit(string line)
    {
        using var audit = JsonDocument.Parse(line);
        return (Text("name"), Text("status"), Text("reason"));

        string Text(string name) => audit.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }
}
