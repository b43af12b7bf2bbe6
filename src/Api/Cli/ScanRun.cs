using System.Threading.Channels;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Api.Cli;

/// <param name="Verdict">Null when the mail could not be read.</param>
internal sealed record ScanOutcome(string Path, Verdict? Verdict, string? Error, TimeSpan Elapsed);

/// <summary>Scans mails on all cores and prints the outcomes in the order of the mails, each as soon as its turn comes.</summary>
internal sealed class ScanRun(IScanner scanner, ScanConsole console, TimeProvider time)
{
    private const int Unreadable = 1;

    /// <summary>A person waits for one mail longer than the flow of all mail does.</summary>
    private static readonly ScanLimits Patient = ScanLimits.Default with { MaxDnsTime = TimeSpan.FromSeconds(8), MaxTime = TimeSpan.FromSeconds(20) };

    /// <summary>The exit code: 0, or 1 when a mail could not be read.</summary>
    public async Task<int> RunAsync(ScanOptions options, CancellationToken cancellationToken)
    {
        var context = ScanContext.Offline(time.GetUtcNow(), [.. options.OwnDomains]);
        IScanReport report = options.AsText ? new TextReport(console) : new JsonReport(console);
        var progress = new ScanProgress(console, time);

        // Holds as many started scans as keep the cores busy: the mails in memory are bounded by it.
        var started = Channel.CreateBounded<Task<ScanOutcome>>(new BoundedChannelOptions(Environment.ProcessorCount * 2) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = StartAllAsync(options, context, started.Writer, stop.Token);
        var exitCode = 0;
        try
        {
            await foreach (var scan in started.Reader.ReadAllAsync(cancellationToken))
            {
                var outcome = await scan;
                progress.Clear();
                await report.WriteAsync(outcome, cancellationToken);
                progress.Count();
                if (outcome.Error is not null)
                    exitCode = Unreadable;
            }
        }
        finally
        {
            progress.Clear();
            await stop.CancelAsync();
        }

        await reading;
        await report.EndAsync(cancellationToken);
        return exitCode;
    }

    private async Task StartAllAsync(ScanOptions options, ScanContext context, ChannelWriter<Task<ScanOutcome>> started, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var mail in new MailSources(console.Input).ReadAsync(options.Paths, cancellationToken))
                await started.WriteAsync(Task.Run(() => ScanAsync(mail, context, options.Entries, cancellationToken), cancellationToken), cancellationToken);
            started.Complete();
        }
        catch (Exception exception)
        {
            // Whatever ended the reading reaches the printing side as its own failure.
            started.TryComplete(exception);
        }
    }

    private async Task<ScanOutcome> ScanAsync(MailSource mail, ScanContext context, ListEntries? entries, CancellationToken cancellationToken)
    {
        if (mail.Error is not null)
            return new ScanOutcome(mail.Path, null, mail.Error, TimeSpan.Zero);
        var begun = time.GetTimestamp();
        var verdict = await scanner.ScanAsync(new ScanRequest(mail.Message, Envelope.None, context) { Limits = Patient, Entries = entries }, cancellationToken);
        return new ScanOutcome(mail.Path, verdict, null, time.GetElapsedTime(begun));
    }
}

/// <summary>Writes outcomes in one format.</summary>
internal interface IScanReport
{
    Task WriteAsync(ScanOutcome outcome, CancellationToken cancellationToken);

    Task EndAsync(CancellationToken cancellationToken);
}
