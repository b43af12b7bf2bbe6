using Platform.Benchmarks.Load;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests;

/// <summary>One running product for all tests that do not stop it. Each test uses Message-IDs of its own.</summary>
public sealed class ProductFixture : IAsyncLifetime
{
    private readonly TempFolder data = new("end-to-end");
    private RunningProduct? product;

    internal RunningProduct Product => product ?? throw new InvalidOperationException("not started");

    internal PlatformClient Acme { get; private set; } = null!;

    internal PlatformClient AcmeInJapanese { get; private set; } = null!;

    internal PlatformClient Globex { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        product = await RunningProduct.StartAsync(new ProductSettings(Workspace.Find(), data.Path), TestContext.Current.CancellationToken);
        Acme = new PlatformClient(product.Http, "acme-api");
        AcmeInJapanese = new PlatformClient(product.Http, "acme-api", language: "ja");
        Globex = new PlatformClient(product.Http, "globex-api");
    }

    public async ValueTask DisposeAsync()
    {
        Acme?.Dispose();
        AcmeInJapanese?.Dispose();
        Globex?.Dispose();
        if (product is not null)
            await product.DisposeAsync();
        data.Dispose();
    }

    /// <summary>Sends a mail that must be accepted, and waits until it is where it is going to stay.</summary>
    internal async Task<Snapshot> SendAndSettleAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var record = await SendAsync(mail, cancellationToken);
        Assert.True(record.Outcome == SendOutcome.Accepted, $"{record.Outcome} {record.Code} {record.Text}");
        return await SettleAsync(mail, cancellationToken);
    }

    internal async Task<SendRecord> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var sender = new SmtpSender(Product.Smtp, keep: false);
        return await sender.SendAsync(mail, cancellationToken);
    }

    internal async Task<Snapshot> SettleAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var snapshot = await Snapshot.SettledAsync(Acme, Product.Delivered, [mail], TimeSpan.FromSeconds(60), cancellationToken);
        Assert.True(
            snapshot.IsSettled(mail),
            $"{mail.Id} did not settle within a minute: {string.Join(", ", snapshot.Messages[mail.Id].SelectMany(m => m.Deliveries).Select(d => $"{d.Recipient} {d.State}"))}\n{Product.Log}");
        return snapshot;
    }
}

[CollectionDefinition(Name)]
public sealed class RunningProductCollection : ICollectionFixture<ProductFixture>
{
    public const string Name = "running product";
}
