using System.Text.Json;
using Platform.Benchmarks.Runner;
using Platform.Engine;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// The scanner with its mail reader, in this process, over every mail of the public MIME suites: how many make a reader or a detector
/// throw (the scanner itself catches the latter and says so in its verdict), and how long the slowest takes.
/// </summary>
internal sealed class MimeBench : IBench
{
    private const double GoalMilliseconds = 1_000;

    public IReadOnlyList<string> Figures => ["mime", "mime-slowest"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var reader = new MailReader();
        var scanner = Scanner.Create(NetworkTable.Embedded);
        var scanContext = ScanContext.Offline(TimeProvider.System.GetUtcNow(), "acme.test");
        List<string> thrown = [];
        var slowest = (Milliseconds: 0.0, File: "");
        var read = 0;
        var files = MailFiles(context.Workspace.SharedPath("suites")).ToList();

        // Once beforehand: what is compiled on first use is no property of a mail.
        await scanner.ScanAsync(new ScanRequest(await File.ReadAllBytesAsync(files[0], cancellationToken), Envelope.None, scanContext), cancellationToken);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            var start = TimeProvider.System.GetTimestamp();
            try
            {
                reader.Read(bytes, ScanLimits.Default, cancellationToken);
                var verdict = await scanner.ScanAsync(new ScanRequest(bytes, Envelope.None, scanContext), cancellationToken);
                thrown.AddRange(verdict.NotAsked.Where(n => n.StartsWith("detector:", StringComparison.Ordinal)).Select(n => $"{Path.GetFileName(file)}: {n}"));
                read++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                thrown.Add($"{Path.GetFileName(file)}: {e.GetType().Name}");
            }

            var took = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            if (took > slowest.Milliseconds)
                slowest = (took, Path.GetFileName(file));
        }

        return
        [
            new Figure("mime", thrown.Count, $"exceptions over {files.Count} mails", "0", thrown.Count == 0 && read == files.Count)
            {
                Detail = thrown.Count == 0 ? null : string.Join("; ", thrown.Take(5)),
            },
            new Figure("mime-slowest", Math.Round(slowest.Milliseconds, 1), "ms", "under 1 s", slowest.Milliseconds < GoalMilliseconds) { Detail = slowest.File },
        ];
    }

    // suite.json names the mails; 'file' is relative to the suite's folder.
    private static IEnumerable<string> MailFiles(string suites) =>
        Directory.EnumerateDirectories(suites, "mime-*").Order(StringComparer.Ordinal).SelectMany(suite =>
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(suite, "suite.json")));
            return document.RootElement.GetProperty("scenarios").EnumerateArray()
                .SelectMany(s => s.GetProperty("cases").EnumerateArray())
                .Select(c => Path.Combine(suite, c.GetProperty("file").GetString()!))
                .Distinct()
                .ToList();
        });
}
