using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>nodemailer, the usual mail client of Node programs: a mail that it writes itself, in Japanese, and what is refused.</summary>
internal sealed class NodemailerCases : IClientCases
{
    public string Name => "nodemailer";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        if (!Directory.Exists(Path.Combine(tenant.Workspace.Peers, "node_modules", "nodemailer")))
            throw new MissingPartException("nodemailer (npm ci in tests/peers)");
        var id = tenant.NewId();
        var sent = await SendAsync(id, TestedTenant.AppPassword, TestedTenant.Mailbox);
        return
        [
            ClientCase.Begins("OUT1", "a mail of its own", "250", sent),
            ClientCase.Equal("OUT1", "a mail of its own, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)),
            ClientCase.Begins("OUT1", "a wrong password", "535 5.7.8", await SendAsync(tenant.NewId(), "wrong", TestedTenant.Mailbox)),
            ClientCase.Begins("OUT1", "another's author", "550 5.7.1", await SendAsync(tenant.NewId(), TestedTenant.AppPassword, TestedTenant.Colleague)),
        ];

        async Task<string> SendAsync(string messageId, string password, string author)
        {
            var task = new
            {
                host = "127.0.0.1",
                port = tenant.Product.Submission.Port,
                user = TestedTenant.Mailbox,
                password,
                envelope = new { from = TestedTenant.Mailbox, to = new[] { TestedTenant.Colleague } },
                mail = new
                {
                    from = author,
                    to = TestedTenant.Colleague,
                    subject = "お見積もりの件",
                    messageId = $"<{messageId}>",
                    text = "お世話になっております。\n.点で始まる行",
                    attachments = new[] { new { filename = "見積書.txt", content = "植木 三本" } },
                },
            };
            var (_, output) = await ChildProcess.RunAsync(
                node, [Path.Combine(tenant.Workspace.Peers, "submit.mjs"), JsonSerializer.Serialize(task)], cancellationToken);
            return output.Trim().Split('\n').LastOrDefault(line => line.Length > 3 && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out _)) ?? output;
        }
    }
}
