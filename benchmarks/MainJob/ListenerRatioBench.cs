using System.Globalization;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The listener alone, without storing, over what the SmtpServer package took on this kind of machine (7,954 mails a second, same load).
/// A machine is never twice the same, so that figure is scaled by Postfix's rate of the day over Postfix's rate then.
/// </summary>
internal sealed class ListenerRatioBench : IBench
{
    /// <summary>SmtpServer 11.1.0, 20 KiB, discarded, 8 kept connections.</summary>
    private const double PackageRate = 7_954;

    /// <summary>Postfix into its hold queue by <see cref="AcceptRatioBench"/>'s load, on the machine of the first measurement; see the README.</summary>
    private const double PostfixReferenceRate = 1_830;
    private const int MailSize = 20 * 1024;

    public IReadOnlyList<string> Figures => ["listener-ratio"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var rounds = context.Scaled(5, 2);
        var length = TimeSpan.FromSeconds(context.Scaled(10, 3));
        var factory = new MailFactory("listener", context.RandomFor("listener"));
        var mails = new MailSupply([.. Enumerable.Range(0, 500).Select(_ => factory.Clean(MailSize))]);
        var port = Ports.Free(1)[0];
        await using var postfix = await PostfixInstance.StartAsync(PostfixAccepts.Settings, cancellationToken);
        await using var listener = ChildProcess.Start(
            "dotnet", [typeof(ListenerRatioBench).Assembly.Location, DiscardingListener.Verb, port.ToString(CultureInfo.InvariantCulture)]);
        await Wait.ForAsync("the listener listens", TimeSpan.FromSeconds(20), () => LoadGenerator.ListensAsync(Programs.Loopback(port), cancellationToken), cancellationToken);

        List<double> ours = [];
        List<double> theirs = [];
        for (var round = 1; round <= rounds; round++)
        {
            var warmUp = round == 1 ? TimeSpan.FromSeconds(context.Scaled(10, 5)) : AcceptRatioBench.Short;
            ours.Add(await AcceptRatioBench.RateAsync(Programs.Loopback(port), mails, warmUp, length, cancellationToken));
            theirs.Add(await AcceptRatioBench.RateAsync(postfix.Smtp, mails, warmUp, length, cancellationToken));
            context.Progress.Say($"round {round}: {ours[^1]:F0}/s, Postfix storing {theirs[^1]:F0}/s");
        }

        var scaled = PackageRate * Statistics.Median(theirs) / PostfixReferenceRate;
        var ratio = Statistics.Median(ours) / scaled;
        return
        [
            new Figure("listener-ratio", Math.Round(ratio, 3), "ours over 7,954/s scaled to this day", "report", true)
            {
                Detail = $"median of {rounds} rounds {Statistics.Median(ours):F0}/s over {scaled:F0}/s (Postfix today {Statistics.Median(theirs):F0}/s, reference {PostfixReferenceRate:F0}/s); unscaled {Statistics.Median(ours) / PackageRate:F3}",
            },
        ];
    }
}
