using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Benchmarks.Runner;
using Platform.Dns;
using Platform.Engine;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;
using Platform.Grains;
using Platform.Grains.Transport;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Transport;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>The platform's storage and relay, set to the ports and the root of the laboratory; the rest of the platform has no part in how mail leaves.</summary>
internal sealed class LabRelay : IAsyncDisposable
{
    private const string Sender = "info@acme.example";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;
    private Guid _tenant;

    private LabRelay(ServiceProvider services) => _services = services;

    private Scope Scope => Scope.System(_tenant, "laboratory");

    public static async Task<LabRelay> StartAsync(string folder, IPEndPoint resolver, int mxPort, int policyPort, X509Certificate2 root, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddPlatformStorage(new StorageSettings { DataDirectory = folder, MayCreateKey = true });
        services.AddSingleton<IScannerPool, NoScanners>();
        services.AddPlatformFlow(new FlowSettings
        {
            DataDirectory = folder,
            Hostname = "mx.platform.example",
            PlatformId = "mx.platform.example",
            Relay = new RelaySettings { MxPort = mxPort, AllowPrivateMx = true, TrustedRoots = [root], Backoff = [TimeSpan.FromHours(1)], Timeouts = new SmtpTimeouts { Connect = TimeSpan.FromSeconds(20), Command = TimeSpan.FromSeconds(20) } },
            Dns = new DnsSettings { Servers = [resolver], IsValidating = true },
            Transport = new TransportSettings { Networks = [IPNetwork.Parse("127.0.0.0/8")], PolicyPort = policyPort },
        });
        services.AddPlatformFlowWorkers();
        var relay = new LabRelay(services.BuildServiceProvider());
        await relay.PrepareAsync(cancellationToken);
        return relay;
    }

    public async Task SetAsync(string domain, TransportTls tls, CancellationToken cancellationToken)
    {
        var set = await _services.GetRequiredService<ITransportPolicies>().SetAsync(Scope, _tenant, domain, tls, cancellationToken);
        if (set.Code is not null)
            throw new InvalidOperationException($"{domain}: {set.Message}");
    }

    /// <summary>Sends one mail to each domain; returns when each has been tried once.</summary>
    public async Task<IReadOnlyDictionary<string, DeliveryRow>> SendAsync(IReadOnlyList<string> domains, CancellationToken cancellationToken)
    {
        var deliveries = new Dictionary<Guid, string>();
        foreach (var domain in domains)
        {
            var id = Guid.CreateVersion7();
            deliveries[id] = domain;
            await using var writer = await _services.GetRequiredService<IBodyStore>().CreateAsync(_tenant, cancellationToken);
            await writer.WriteAsync("From: info@acme.example\r\nSubject: laboratory\r\n\r\nHello.\r\n"u8.ToArray(), cancellationToken);
            var message = new NewMessage(
                Guid.CreateVersion7(),
                _tenant,
                IntakeMode.Notice,
                new Envelope(null, null, null, Sender, [$"someone@{domain}"], MailDirection.Outbound),
                await writer.SealAsync(cancellationToken),
                Prologue: "",
                TimeProvider.System.GetUtcNow(),
                [new NewDelivery(id, $"someone@{domain}", null, "NEVER", null)],
                SmtpParameters.None);
            await _services.GetRequiredService<IMessageFlow>().AcceptAsync([message], cancellationToken);
        }

        var ids = deliveries.Keys.ToList();
        List<DeliveryRow> rows = [];
        await Wait.ForAsync(
            "every mail is tried",
            Patience,
            async () =>
            {
                await using var db = Open();
                rows = await db.Deliveries.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
                return rows.TrueForAll(row => row.State != DeliveryState.Queued || row.LastStatus is not null);
            },
            cancellationToken);
        return rows.ToDictionary(row => deliveries[row.Id]);
    }

    public async Task<IReadOnlyList<TransportSessionRow>> SessionsAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        return await db.TransportSessions.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<TransportDestinationRow>> DestinationsAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        return await db.TransportDestinations.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _services.GetServices<IHostedService>().Reverse())
            await worker.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private PlatformDb Open() => _services.GetRequiredService<IPlatformDbFactory>().Open(Scope);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _services.GetRequiredService<IStorageSetup>().PrepareAsync(cancellationToken);
        var made = await _services.GetRequiredService<IDirectoryCommands>().CreateTenantAsync(new NewTenant("acme", "Acme", "en", null, "maildir:delivered", [], null), "laboratory", cancellationToken);
        _tenant = made.Code is null ? made.Value : throw new InvalidOperationException(made.Message);
        foreach (var worker in _services.GetServices<IHostedService>())
            await worker.StartAsync(cancellationToken);
    }

    /// <summary>Mail of the platform itself is not scanned.</summary>
    private sealed class NoScanners : IScannerPool
    {
        public ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
