using System.Net;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers;

/// <summary>swaks, the SMTP test client (Perl). It is given the data as it must go over the wire, and told to leave it alone.</summary>
internal sealed class SwaksPeer(IPEndPoint server) : IMailPeer
{
    private readonly string program = Programs.Require("swaks");
    private readonly TempFolder folder = new("swaks");

    public string Name => "swaks";

    public async Task<string?> SendAsync(OutgoingMail mail, bool startTls, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".data");
        // With --no-data-fixup swaks sends a file as it is, so it must hold the stuffed data and the final dot.
        await File.WriteAllBytesAsync(file, mail.Wire, cancellationToken);
        string[] arguments =
        [
            "--server", server.ToString(), "--helo", "mail.partner.example", "--from", mail.From, "--to", string.Join(',', mail.Recipients),
            "--no-data-fixup", "--data", "@" + file, "--timeout", "30", .. startTls ? ["-tls"] : Array.Empty<string>(),
        ];
        var (exitCode, output) = await ChildProcess.RunAsync(program, arguments, cancellationToken);
        File.Delete(file);
        return exitCode == 0 ? null : $"swaks ended with {exitCode}: {output.Split('\n').LastOrDefault(l => l.StartsWith("<**", StringComparison.Ordinal)) ?? output[^Math.Min(200, output.Length)..]}";
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
