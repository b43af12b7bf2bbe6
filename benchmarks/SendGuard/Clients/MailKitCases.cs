using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>MailKit, the usual mail library of .NET programs: SCRAM with and without channel binding, and what happens to an open session.</summary>
internal sealed class MailKitCases : IClientCases
{
    public string Name => "MailKit";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        List<ClientCase> cases = [];
        foreach (var (name, mechanism) in new (string, Func<SaslMechanism>)[]
        {
            ("SCRAM-SHA-256", () => new SaslMechanismScramSha256(TestedTenant.Mailbox, TestedTenant.AppPassword)),
            ("SCRAM-SHA-256-PLUS", () => new SaslMechanismScramSha256Plus(TestedTenant.Mailbox, TestedTenant.AppPassword)),
            ("PLAIN", () => new SaslMechanismPlain(TestedTenant.Mailbox, TestedTenant.AppPassword)),
        })
        {
            var id = tenant.NewId();
            using var client = await ConnectAsync(tenant, null, cancellationToken);
            await client.AuthenticateAsync(mechanism(), cancellationToken);
            cases.Add(ClientCase.Equal("OUT1", name, "sent", await SendAsync(client, id, TestedTenant.Mailbox, TestedTenant.Colleague, cancellationToken)));
            cases.Add(ClientCase.Equal("OUT1", $"{name}, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)));
        }

        cases.Add(new("OUT1", "a wrong password", await LoginAsync(tenant, TestedTenant.Mailbox, "wrong", null, cancellationToken) is { } refused && refused.Contains("5.7.8", StringComparison.Ordinal) ? null : "it was taken"));
        using (var client = await ConnectAsync(tenant, null, cancellationToken))
        {
            await client.AuthenticateAsync(new SaslMechanismPlain(TestedTenant.Mailbox, TestedTenant.AppPassword), cancellationToken);
            cases.Add(ClientCase.Begins("OUT1", "a colleague who does not exist", "550 5.1.1", await SendAsync(client, tenant.NewId(), TestedTenant.Mailbox, "no-such-person@acme.test", cancellationToken)));
        }

        return cases;
    }

    /// <param name="from">The loopback address to come from; null: the usual.</param>
    internal static async Task<SmtpClient> ConnectAsync(TestedTenant tenant, string? from, CancellationToken cancellationToken)
    {
        var client = new SmtpClient
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=mx.platform.test",
            CheckCertificateRevocation = false,
            LocalEndPoint = from is null ? null : new IPEndPoint(IPAddress.Parse(from), 0),
        };
        await client.ConnectAsync("127.0.0.1", tenant.Product.Submission.Port, SecureSocketOptions.StartTls, cancellationToken);
        return client;
    }

    /// <returns>Null: it got in.</returns>
    internal static async Task<string?> LoginAsync(TestedTenant tenant, string user, string password, string? from, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(tenant, from, cancellationToken);
        try
        {
            await client.AuthenticateAsync(new SaslMechanismPlain(user, password), cancellationToken);
            return null;
        }
        catch (AuthenticationException refused)
        {
            return refused.Message;
        }
    }

    /// <returns><c>sent</c>, or the reply.</returns>
    internal static async Task<string> SendAsync(SmtpClient client, string id, string from, string to, CancellationToken cancellationToken)
    {
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(TestedTenant.Mail(id, from, to, "from MailKit")), cancellationToken);
        try
        {
            await client.SendAsync(mail, MailboxAddress.Parse(from), [MailboxAddress.Parse(to)], cancellationToken);
            return "sent";
        }
        catch (SmtpCommandException refused)
        {
            return $"{(int)refused.StatusCode} {refused.Message}";
        }
    }
}
