using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.MainJob.Smuggling;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>Every variant of <see cref="SmugglingVariant"/> over a connection of its own; a message that bears a smuggled Message-ID, in the API or in a Maildir, counts.</summary>
internal sealed class SmugglingBench : IBench
{
    private const int AtOnce = 6;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Figures => ["smuggling"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("smuggling");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");

        var variants = SmugglingVariant.All(name => IdOf("outer", name), name => IdOf("smuggled", name));
        var control = SmugglingVariant.TwoHonestMails(IdOf("outer", "control"), IdOf("smuggled", "control"));
        await Parallel.ForEachAsync(
            variants.Append(control),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (variant, token) => await PlayAsync(product.Smtp, variant, token));

        // The control's second mail is honest: it must be seen, or this bench is blind. It also shows that what came before it has been dealt with.
        await Wait.ForAsync(
            "the two mails of the control arrive",
            Settling,
            async () => (await client.ByMessageIdAsync(cancellationToken))[IdOf("smuggled", "control")].Any(),
            cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        var snapshot = await Snapshot.TakeAsync(client, product.Delivered, cancellationToken);
        var leaked = variants.Where(v => snapshot.Messages[IdOf("smuggled", v.Name)].Any() || snapshot.Files[IdOf("smuggled", v.Name)].Any()).ToList();
        var outer = variants.Count(v => snapshot.Messages[IdOf("outer", v.Name)].Any());
        foreach (var variant in leaked)
            context.Progress.Say($"smuggled through: {variant.Name}");
        return
        [
            new Figure("smuggling", leaked.Count, $"second messages of {variants.Count} variants", "0", leaked.Count == 0 && !product.HasExited)
            {
                Detail = $"{outer} of the outer mails were accepted whole, the others refused"
                    + (leaked.Count > 0 ? $"; through: {string.Join(", ", leaked.Select(v => v.Name))}" : ""),
            },
        ];
    }

    // The server may refuse or close at any step; what matters is only what it took in.
    private static async Task PlayAsync(IPEndPoint server, SmugglingVariant variant, CancellationToken cancellationToken)
    {
        try
        {
            await using var wire = await SmtpWire.ConnectAsync(server, cancellationToken);
            await wire.DrainAsync(TimeSpan.FromMilliseconds(500), cancellationToken);
            foreach (var step in variant.Steps)
            {
                if (step is null)
                    await wire.HandshakeAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
                else
                    await wire.WriteAsync(step, cancellationToken);
                if (!await wire.DrainAsync(Quiet, cancellationToken))
                    return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or TimeoutException)
        {
        }
    }

    private static string IdOf(string kind, string variant) => $"{kind}.{variant.Replace('/', '.')}@partner.example";
}
