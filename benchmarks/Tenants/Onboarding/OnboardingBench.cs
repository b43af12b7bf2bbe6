using System.Globalization;
using System.Net;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Onboarding;

/// <summary>
/// From an empty folder to a customer's first scanned mail: the MSP is made, the product started, and <c>deploy/onboarding/onboard.sh</c>
/// does the rest, as docs/onboarding.md tells it. DNS is a real name server; the customer's mail server is a listener of its own.
/// </summary>
internal sealed class OnboardingBench : IBench
{
    private const string Customer = "customer.test";
    private const int Mailboxes = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public IReadOnlyList<string> Figures => ["onboarding"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var bash = Programs.Require("bash");
        _ = Programs.Require("curl");
        using var data = new TempFolder("onboarding");
        await using var names = await NameServer.StartAsync(Customer, ["@ MX 10 mx.platform.test."], cancellationToken);
        var next = Programs.Loopback(Ports.Free(1)[0]);
        await using var mailServer = ChildProcess.Start("dotnet", [typeof(OnboardingBench).Assembly.Location, DiscardingListener.Verb, next.Port.ToString(CultureInfo.InvariantCulture)]);
        await Wait.ForAsync("the customer's server listens", TimeSpan.FromSeconds(30), () => Ports.TakesConnectionsAsync(next, cancellationToken), cancellationToken);
        var list = Path.Combine(data.Path, "mailboxes.csv");
        await File.WriteAllTextAsync(list, List(), cancellationToken);

        var start = TimeProvider.System.GetTimestamp();
        var settings = new ProductSettings(context.Workspace, Path.Combine(data.Path, "data"))
        {
            Environment = new Dictionary<string, string?> { ["Demo"] = "false", ["Dns__Servers"] = names.EndPoint.ToString() },
        };
        var (client, secret) = await MspAsync(settings, cancellationToken);
        await using var product = await RunningProduct.StartAsync(settings, cancellationToken);
        var started = TimeProvider.System.GetElapsedTime(start);
        var (code, output) = await ScriptAsync(bash, context, product.Http, client, secret, list, names.Publisher, next, cancellationToken);
        var all = TimeProvider.System.GetElapsedTime(start);
        foreach (var line in output.Split('\n'))
            context.Progress.Say(line);
        var ready = code == 0 && output.Contains("is ready since", StringComparison.Ordinal);
        return
        [
            new Figure("onboarding", Math.Round(all.TotalSeconds, 1), "seconds from an empty folder to the first scanned mail of a customer", "report", ready)
            {
                Detail = ready
                    ? string.Create(CultureInfo.InvariantCulture, $"MSP made and product ready after {started.TotalSeconds:F1} s; the script took {(all - started).TotalSeconds:F1} s for tenant, domain, route, {Mailboxes} mailboxes and test mail")
                    : output.Split('\n').LastOrDefault(line => line.Length > 0) ?? "the script said nothing",
            },
        ];
    }

    private static async Task<(string Client, string Secret)> MspAsync(ProductSettings settings, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?>(settings.Environment) { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_ENVIRONMENT"] = "Development" };
        var (code, output) = await ChildProcess.RunAsync(
            "dotnet",
            [settings.Workspace.ApiAssembly, "admin", "create-msp", "--slug", "partner", "--name", "Partner", "--Data:Directory=" + settings.DataDirectory],
            cancellationToken,
            environment);
        return code == 0 ? (Word("client_id "), Word("client_secret ")) : throw new InvalidOperationException("no MSP was made: " + output);

        string Word(string name) => output.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
    }

    private static async Task<(int ExitCode, string Output)> ScriptAsync(
        string bash, BenchContext context, Uri product, string client, string secret, string list, string publisher, IPEndPoint next, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Limit);
        string[] arguments =
        [
            Path.Combine(context.Workspace.Root, "deploy", "onboarding", "onboard.sh"),
            "--slug", "customer", "--name", "Customer", "--language", "en", "--domain", Customer, "--route", $"smtp://{next}", "--mailboxes", list, "--publish", publisher, "--wait", "120",
        ];
        var environment = new Dictionary<string, string?> { ["PLATFORM_URL"] = product.ToString(), ["PLATFORM_CLIENT_ID"] = client, ["PLATFORM_CLIENT_SECRET"] = secret };
        return await ChildProcess.RunAsync(bash, arguments, patience.Token, environment);
    }

    private static string List() => "address,displayName,aliases,groups\r\n"
        + string.Concat(Enumerable.Range(1, Mailboxes).Select(i => string.Create(CultureInfo.InvariantCulture, $"person{i}@{Customer},Person {i},p{i}@{Customer},{(i % 2 == 0 ? "Sales" : "Support")}\r\n")));
}
