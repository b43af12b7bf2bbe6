using System.Globalization;
using System.Net;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Product;

/// <summary>How to start the product.</summary>
/// <param name="DataDirectory">Kept over restarts by the caller.</param>
internal sealed record ProductSettings(Workspace Workspace, string DataDirectory)
{
    /// <summary>Further settings, by environment name (<c>Scanner__PoisonForTests</c>).</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>A program and its arguments to run it under, such as a tracer.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>Long: the machine may be busy, and nothing is told of a start that took its time.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromMinutes(3);
}

/// <summary>The product as a process of its own, as a user starts it: settings by environment, SIGTERM to stop, kill -9 to hurt.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    private readonly ChildProcess process;

    private RunningProduct(ChildProcess process, Uri http, IPEndPoint smtp, IPEndPoint submission, string dataDirectory)
    {
        this.process = process;
        Http = http;
        Smtp = smtp;
        Submission = submission;
        DataDirectory = dataDirectory;
    }

    public Uri Http { get; }

    public IPEndPoint Smtp { get; }

    public IPEndPoint Submission { get; }

    public string DataDirectory { get; }

    /// <summary>Where the demo tenants' mail goes.</summary>
    public string Delivered => Path.Combine(DataDirectory, "delivered");

    public TimeSpan ReadyAfter { get; private set; }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public string Log => process.Output;

    /// <exception cref="ProductFailedException">It ended, or was not ready in time; with its last output.</exception>
    public static async Task<RunningProduct> StartAsync(ProductSettings settings, CancellationToken cancellationToken)
    {
        if (!File.Exists(settings.Workspace.ApiAssembly))
            throw new ProductFailedException($"the product is not built: {settings.Workspace.ApiAssembly}", "");
        var ports = Ports.Free(3);
        var environment = new Dictionary<string, string?>(settings.Environment)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = settings.DataDirectory,
            ["Http__Listen"] = $"http://127.0.0.1:{Text(ports[0])}",
            ["Smtp__Inbound"] = $"127.0.0.1:{Text(ports[1])}",
            ["Smtp__Submission"] = $"127.0.0.1:{Text(ports[2])}",
        };
        string[] command = [.. settings.Under, "dotnet", settings.Workspace.ApiAssembly];
        var start = TimeProvider.System.GetTimestamp();
        var process = ChildProcess.Start(command[0], command[1..], environment, Path.GetDirectoryName(settings.Workspace.ApiAssembly));
        var product = new RunningProduct(process, new Uri(environment["Http__Listen"]!), Loopback(ports[1]), Loopback(ports[2]), settings.DataDirectory);
        try
        {
            await product.WaitReadyAsync(settings.ReadyWithin, cancellationToken);
            product.ReadyAfter = TimeProvider.System.GetElapsedTime(start);
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }

        static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
        static IPEndPoint Loopback(int port) => new(IPAddress.Loopback, port);
    }

    /// <summary>SIGTERM, as a service manager does it.</summary>
    /// <returns>The exit code and how long it took.</returns>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        process.Terminate();
        await WaitExitAsync(limit, cancellationToken);
        return (process.ExitCode, TimeProvider.System.GetElapsedTime(start));
    }

    /// <summary>Kill -9 of the main process.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await WaitExitAsync(TimeSpan.FromSeconds(20), cancellationToken);
    }

    /// <summary>SIGSTOP of the main process.</summary>
    public void Freeze() => process.Freeze();

    /// <summary>SIGCONT.</summary>
    public void Thaw() => process.Thaw();

    public async Task<HttpStatusCode?> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Http, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task WaitReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var ready = await Wait.UntilAsync(
            limit,
            async () => process.HasExited || await ProbeAsync("/health/ready", cancellationToken) == HttpStatusCode.OK,
            cancellationToken);
        if (process.HasExited)
            throw new ProductFailedException($"the product ended with code {process.ExitCode} before it was ready", process.Tail(40));
        if (!ready)
            throw new ProductFailedException($"the product was not ready within {limit.TotalSeconds:F0} s", process.Tail(40));
    }

    private async Task WaitExitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the product did not end within {limit.TotalSeconds:F0} s; its last words:\n{process.Tail(20)}");
        }
    }
}

internal sealed class ProductFailedException(string message, string log) : Exception(log.Length == 0 ? message : $"{message}; its last output:\n{log}");
