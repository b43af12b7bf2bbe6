using System.Net;
using Platform.Api.Hosting;

namespace Platform.Api.Demo;

/// <summary>Sends the demo mails once per data folder, through the listener, after it has started.</summary>
internal sealed partial class DemoMailSeeder(PlatformSettings settings, TimeProvider clock, ILogger<DemoMailSeeder> logger)
{
    private string Marker => Path.Combine(settings.DataDirectory, "demo-mails-sent");

    /// <param name="listener">Where the listener really listens; the setting may leave the port to the system.</param>
    public async Task SendAsync(IPEndPoint listener, CancellationToken cancellationToken)
    {
        if (File.Exists(Marker))
            return;
        LogSending(DemoMails.All.Count);
        var sent = 0;
        foreach (var mail in DemoMails.All)
        {
            try
            {
                await DemoSender.SendAsync(listener, mail, clock.GetUtcNow().AddMinutes(-1), cancellationToken);
                sent++;
            }
            catch (IOException problem)
            {
                LogRefused(problem.Message);
            }
        }

        await File.WriteAllTextAsync(Marker, "", cancellationToken);
        LogSent(sent);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sending {Count} demo mails.")]
    private partial void LogSending(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A demo mail was not taken: {Reply}")]
    private partial void LogRefused(string reply);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} demo mails sent.")]
    private partial void LogSent(int count);
}
