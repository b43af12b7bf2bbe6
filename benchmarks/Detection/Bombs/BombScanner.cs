using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Detection.Samples;
using Platform.Engine;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>
/// The scanner as a process of its own, warmed by ordinary mails: scans the files it is given, one after another, and tells of each
/// the processor time and by how much memory grew at its peak.
/// </summary>
internal static class BombScanner
{
    public const string Verb = "scan-bombs";
    private const int OrdinaryRounds = 8;

    public static async Task RunAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var scanner = Scanner.Create();
        for (var round = 0; round < OrdinaryRounds; round++)
        {
            foreach (var mail in Ordinary(round))
                await scanner.ScanAsync(Request(mail), cancellationToken);
            Console.WriteLine($"warmed {round}");
        }

        foreach (var file in files)
            Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(scanner, file, cancellationToken)));
    }

    private static IEnumerable<byte[]> Ordinary(int round) =>
        from kind in SampleKinds.All
        from sample in kind.Make(new Random(round))
        select sample.Mail.ToArray();

    private static async Task<BombOutcome> MeasureAsync(Scanner scanner, string file, CancellationToken cancellationToken)
    {
        var mail = await File.ReadAllBytesAsync(file, cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // The kernel forgets the peak so far.
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5", cancellationToken);
        var before = Status("VmRSS:");
        using var process = Process.GetCurrentProcess();
        var time = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        Verdict? verdict = null;
        var error = "";
        try
        {
            verdict = await scanner.ScanAsync(Request(mail), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            error = exception.GetType().Name;
        }

        process.Refresh();
        return new BombOutcome(
            file,
            (process.TotalProcessorTime - time).TotalSeconds,
            clock.Elapsed.TotalSeconds,
            (Status("VmHWM:") - before) / 1024.0,
            verdict is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{verdict.Kind} {verdict.Score}"),
            verdict is null ? error : string.Join(", ", verdict.Reasons.Take(3).Select(reason => reason.Id)));
    }

    private static ScanRequest Request(byte[] mail) => new(mail, Envelope.None, ScanContext.Offline(SampleClock.Now, "acme.test"));

    private static long Status(string field) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}

/// <param name="Seconds">Processor time of the scan, all threads.</param>
/// <param name="Mebibytes">Growth of resident memory at its peak.</param>
/// <param name="Verdict">Kind and score; empty when there was none.</param>
internal sealed record BombOutcome(string File, double Seconds, double Elapsed, double Mebibytes, string Verdict, string Reasons);
