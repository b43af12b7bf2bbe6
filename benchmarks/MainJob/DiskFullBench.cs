using System.Globalization;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The data folder on a small file system of its own: mails until it is full, which must show as 452 and nothing else;
/// then room is made, and without a restart mails are taken again and all that was answered 250 arrives.
/// </summary>
internal sealed class DiskFullBench : IBench
{
    private const int Megabyte = 1024 * 1024;
    private const int DiskSize = 96 * Megabyte;
    private const int LeftToFill = 20 * Megabyte;
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(3);

    public IReadOnlyList<string> Figures => ["disk-full"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("disk-full");
        var disk = folder.Sub("disk");
        if (!Environment.IsPrivilegedProcess)
            throw new MissingPartException("root, to mount a file system,");
        await CommandAsync("mount", ["-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={DiskSize},mode=755"), "tmpfs", disk], cancellationToken);
        try
        {
            return [await FillAsync(context, disk, cancellationToken)];
        }
        finally
        {
            await CommandAsync("umount", ["-l", disk], CancellationToken.None);
        }
    }

    private static async Task<Figure> FillAsync(BenchContext context, string disk, CancellationToken cancellationToken)
    {
        var data = Path.Combine(disk, "data");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var mails = new MailFactory("full", context.RandomFor("disk-full"));
        await SettleDemoAsync(client, cancellationToken);
        var ballast = Path.Combine(disk, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[FreeBytes(disk) - LeftToFill], cancellationToken);

        context.Progress.Say($"filling the last {FreeBytes(disk) / Megabyte} MiB");
        List<SendRecord> sent = [];
        await using var sender = new SmtpSender(product.Smtp, keep: true);
        while (sent.Count < 1_000 && sent.Count(r => r.Outcome != SendOutcome.Accepted) < 20)
            sent.Add(await sender.SendAsync(mails.Clean(200_000), cancellationToken));
        var refusals = sent.Where(r => r.Outcome != SendOutcome.Accepted).ToList();
        var allTemporary = refusals.Count > 0 && refusals.All(r => r.Code == 452);
        var alive = !product.HasExited && await product.ProbeAsync("/health/live", cancellationToken) is not null;

        context.Progress.Say($"full after {sent.Count(r => r.Outcome == SendOutcome.Accepted)} mails; making room");
        File.Delete(ballast);
        var recovered = await Wait.UntilAsync(
            Recovery,
            async () =>
            {
                sent.Add(await sender.SendAsync(mails.Clean(200_000), cancellationToken));
                return sent[^1].Outcome == SendOutcome.Accepted;
            },
            cancellationToken);

        var accepted = sent.Where(r => r.Outcome == SendOutcome.Accepted).Select(r => r.Mail).ToList();
        var settled = await Snapshot.SettledAsync(client, product.Delivered, accepted, Recovery, cancellationToken);
        var missing = accepted.Where(m => settled.WhyNotDelivered(m) is not null).ToList();
        foreach (var mail in missing.Take(5))
            context.Progress.Say($"not delivered: {mail.Id}: {settled.WhyNotDelivered(mail)}");
        var ghosts = sent.Where(r => r.Outcome == SendOutcome.Refused).Count(r => settled.Messages[r.Mail.Id].Any());
        var halfWritten = HalfWritten(data);
        var holds = allTemporary && alive && recovered && missing.Count == 0 && ghosts == 0 && halfWritten.Count == 0;
        return new Figure("disk-full", holds, "452, nothing half written, recovers by itself", "true", holds)
        {
            Detail = $"{accepted.Count} accepted, refusals: {string.Join(", ", refusals.GroupBy(r => r.Code).Select(g => $"{g.Key} x {g.Count()}"))}; "
                + $"alive {alive}, recovered {recovered}, not delivered {missing.Count}, refused yet stored {ghosts}, files half written {halfWritten.Count}"
                + (halfWritten.Count > 0 ? $" ({halfWritten[0]})" : ""),
        };
    }

    // The demo mails are on their way when the product is ready; measuring starts when they have arrived.
    private static async Task SettleDemoAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var last = -1;
        await Wait.UntilAsync(
            TimeSpan.FromSeconds(15),
            async () =>
            {
                var count = await client.CountAsync(cancellationToken);
                var still = count == last && count > 0;
                last = count;
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                return still;
            },
            cancellationToken);
    }

    // A file under a temporary name, or empty, once all is quiet. Maildir's tmp is one of the places.
    private static List<string> HalfWritten(string data) =>
        [.. Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(path =>
            path.EndsWith(".tmp", StringComparison.Ordinal) || path.EndsWith(".part", StringComparison.Ordinal)
            || Path.GetRelativePath(data, path).Split('/').SkipLast(1).Contains("tmp"))];

    private static int FreeBytes(string disk) => (int)Math.Min(int.MaxValue, new DriveInfo(disk).AvailableFreeSpace);

    private static async Task CommandAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(Programs.Require(program), arguments, cancellationToken);
        if (exitCode != 0)
            throw new MissingPartException($"the right to {program} ({output})");
    }
}
