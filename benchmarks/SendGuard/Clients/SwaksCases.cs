using System.Globalization;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>swaks, the SMTP test client: submission by each mechanism that it speaks, and what is refused.</summary>
internal sealed class SwaksCases : IClientCases
{
    public string Name => "swaks";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        var swaks = Programs.Require("swaks");
        using var folder = new TempFolder("swaks-cases");
        List<ClientCase> cases = [];
        foreach (var mechanism in new[] { "PLAIN", "LOGIN" })
        {
            var id = tenant.NewId();
            var reply = await SendAsync(id, TestedTenant.Mailbox, TestedTenant.AppPassword, mechanism);
            cases.Add(ClientCase.Begins("OUT1", mechanism, "250", reply));
            cases.Add(ClientCase.Equal("OUT1", $"{mechanism}, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)));
        }

        cases.Add(ClientCase.Begins("OUT1", "a wrong password", "535 5.7.8", await SendAsync(tenant.NewId(), TestedTenant.Mailbox, "wrong", "PLAIN")));
        cases.Add(ClientCase.Begins("OUT1", "no login", "530 5.7.0", await SendAsync(tenant.NewId(), null, "", "")));
        cases.Add(ClientCase.Begins("OUT1", "no TLS", "530 5.7.0", await SendAsync(tenant.NewId(), null, "", "", tls: false)));
        cases.Add(ClientCase.Begins("OUT1", "another's address", "550 5.7.1", await SendAsync(tenant.NewId(), TestedTenant.Mailbox, TestedTenant.AppPassword, "PLAIN", from: TestedTenant.Colleague)));
        cases.Add(ClientCase.Begins("OUT1", "another's author", "550 5.7.1", await SendAsync(tenant.NewId(), TestedTenant.Mailbox, TestedTenant.AppPassword, "PLAIN", author: TestedTenant.Colleague)));
        return cases;

        async Task<string> SendAsync(string id, string? user, string password, string mechanism, bool tls = true, string from = TestedTenant.Mailbox, string author = TestedTenant.Mailbox)
        {
            var file = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".eml");
            await File.WriteAllBytesAsync(file, TestedTenant.Mail(id, author, TestedTenant.Colleague, "from swaks"), cancellationToken);
            string[] arguments =
            [
                "--server", "127.0.0.1", "--port", tenant.Product.Submission.Port.ToString(CultureInfo.InvariantCulture), "--helo", "client.acme.test", "--from", from, "--to", TestedTenant.Colleague,
                "--data", "@" + file, "--timeout", "60",
                .. tls ? ["-tls"] : Array.Empty<string>(),
                .. user is null ? [] : new[] { "--auth", mechanism, "--auth-user", user, "--auth-password", password },
            ];
            var (_, output) = await ChildProcess.RunAsync(swaks, arguments, cancellationToken);
            return SwaksReplies.Deciding(output);
        }
    }
}

/// <summary>Reads what swaks prints of a session.</summary>
internal static class SwaksReplies
{
    /// <summary>The reply that refused something, else the last one to the message.</summary>
    public static string Deciding(string output)
    {
        var replies = output.Split('\n').Select(line => line.Trim()).ToList();
        if (replies.FirstOrDefault(line => line.StartsWith("<**", StringComparison.Ordinal) || line.StartsWith("<~*", StringComparison.Ordinal)) is { } refused)
            return refused[3..].Trim();
        var last = replies.FindLastIndex(line => line is "-> ." or "~> .");
        return last >= 0 && last + 1 < replies.Count ? replies[last + 1][3..].Trim() : output[^Math.Min(200, output.Length)..];
    }
}
