using System.Globalization;
using System.Net;
using System.Text.Json;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Peers;

/// <summary>nodemailer (npm), the usual mail client of Node programs, by way of a small script of ours.</summary>
internal sealed class NodemailerPeer : IMailPeer
{
    private readonly IPEndPoint server;
    private readonly string node = Programs.Require("node");
    private readonly string script;
    private readonly TempFolder folder;

    /// <exception cref="MissingPartException">Node or the package is absent.</exception>
    public NodemailerPeer(IPEndPoint server, Workspace workspace)
    {
        this.server = server;
        script = Path.Combine(workspace.Peers, "send.mjs");
        if (!Directory.Exists(Path.Combine(workspace.Peers, "node_modules", "nodemailer")))
            throw new MissingPartException("nodemailer (npm ci in tests/peers)");
        folder = new TempFolder("nodemailer");
    }

    public string Name => "nodemailer";

    public async Task<string?> SendAsync(OutgoingMail mail, bool startTls, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".eml");
        await File.WriteAllBytesAsync(file, mail.Bytes, cancellationToken);
        var error = await RunAsync(startTls, new { from = mail.From, to = mail.Recipients, raw = file }, cancellationToken);
        File.Delete(file);
        return error;
    }

    /// <summary>Lets nodemailer write the mail itself, with Japanese in every place and an attachment.</summary>
    /// <returns>What it sent, or what it said.</returns>
    public async Task<(OutgoingMail Mail, string? Error)> ComposeAsync(string id, string recipient, bool startTls, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".eml");
        var message = new
        {
            from = "三木 亜希 <mika@partner.example>",
            to = recipient,
            subject = "お見積もりの件",
            messageId = $"<{id}>",
            text = "お世話になっております。\n.点で始まる行\nお見積もりを添付いたします。",
            html = "<p>お世話になっております。<br>お見積もりを添付いたします。</p>",
            attachments = new[] { new { filename = "見積書.txt", content = "植木 三本" } },
        };
        var error = await RunAsync(startTls, new { from = "mika@partner.example", to = new[] { recipient }, compose = message, written = file }, cancellationToken);
        var bytes = File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : [];
        return (new OutgoingMail(id, "mika@partner.example", [recipient], bytes, Hostile: false), error);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> RunAsync(bool startTls, object task, CancellationToken cancellationToken)
    {
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output) = await ChildProcess.RunAsync(
            node, [script, server.Address.ToString(), port, startTls ? "starttls" : "plain", JsonSerializer.Serialize(task)], cancellationToken);
        return exitCode == 0 ? null : $"nodemailer: {output}";
    }
}
