using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>Postfix as the tenant's own server, which hands over what it sends: known by its certificate, by a login, by its address.</summary>
internal sealed class PostfixCases : IClientCases
{
    /// <summary>Of a program that has no mailbox.</summary>
    private const string Robot = "robot@acme.test";
    private const string Address = "127.0.0.8";

    public string Name => "Postfix";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        List<ClientCase> cases = [];
        using var folder = new TempFolder("postfix-cases");
        cases.AddRange(await ByCertificateAsync(tenant, folder, cancellationToken));
        cases.AddRange(await ByLoginAsync(tenant, cancellationToken));
        cases.AddRange(await ByAddressAsync(tenant, cancellationToken));
        return cases;
    }

    private static async Task<IReadOnlyList<ClientCase>> ByCertificateAsync(TestedTenant tenant, TempFolder folder, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=mail.acme.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var (certificateFile, keyFile) = (Path.Combine(folder.Path, "client.pem"), Path.Combine(folder.Path, "client.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        await using var postfix = await StartAsync(tenant, "encrypt", [$"smtp_tls_cert_file = {certificateFile}", $"smtp_tls_key_file = {keyFile}"], cancellationToken);

        var unknown = await SendAsync(postfix, tenant.NewId(), Robot, Robot, cancellationToken);
        var connector = await CreateAsync(tenant, new { name = "Postfix", certificates = new[] { Convert.ToHexString(SHA256.HashData(certificate.RawData)) } }, cancellationToken);
        var id = tenant.NewId();
        var sent = await SendAsync(postfix, id, Robot, Robot, cancellationToken);
        return
        [
            ClientCase.Begins("OUT1", "a certificate that nobody named", "bounced 530 5.7.0", unknown),
            ClientCase.Begins("OUT1", "by its certificate", "sent 250", sent),
            ClientCase.Equal("OUT1", "by its certificate, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)),
            ClientCase.Begins("OUT1", "a sender of another domain", "bounced 550 5.7.1", await SendAsync(postfix, tenant.NewId(), "ceo@partner.example", Robot, cancellationToken)),
            ClientCase.Begins("OUT1", "an author of another domain", "bounced 550 5.7.1", await SendAsync(postfix, tenant.NewId(), Robot, "ceo@partner.example", cancellationToken)),
            ClientCase.Begins("OUT1", "once it is removed", "bounced 530 5.7.0", await RemovedAsync(tenant, postfix, connector.Id, cancellationToken)),
        ];
    }

    private static async Task<IReadOnlyList<ClientCase>> ByLoginAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        var (_, user, password) = await CreateAsync(tenant, new { name = "Postfix", logsIn = true }, cancellationToken);
        var next = string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{tenant.Product.Submission.Port}");
        await using var right = await StartAsync(tenant, "encrypt", Sasl(next, user!, password!), cancellationToken);
        await using var wrong = await StartAsync(tenant, "encrypt", Sasl(next, user!, "wrong"), cancellationToken);
        var id = tenant.NewId();
        return
        [
            ClientCase.Begins("OUT1", "by its login", "sent 250", await SendAsync(right, id, Robot, TestedTenant.Mailbox, cancellationToken)),
            ClientCase.Equal("OUT1", "by its login, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)),
            new("OUT1", "by a wrong password", await SendAsync(wrong, tenant.NewId(), Robot, Robot, cancellationToken) is { } status && status.Contains("535", StringComparison.Ordinal) ? null : "it was taken, or the log says nothing"),
        ];
    }

    private static async Task<IReadOnlyList<ClientCase>> ByAddressAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        var connector = await CreateAsync(tenant, new { name = "Postfix", networks = new[] { Address } }, cancellationToken);
        await using var there = await StartAsync(tenant, "encrypt", [$"smtp_bind_address = {Address}"], cancellationToken);
        await using var elsewhere = await StartAsync(tenant, "encrypt", [], cancellationToken);
        await using var plain = await StartAsync(tenant, "none", [$"smtp_bind_address = {Address}"], cancellationToken);
        var id = tenant.NewId();
        return
        [
            ClientCase.Begins("OUT1", "by its address", "sent 250", await SendAsync(there, id, Robot, Robot, cancellationToken)),
            ClientCase.Equal("OUT1", "by its address, delivered", "SUBMISSION INTERNAL DELIVERED", await tenant.SettledAsync(id, cancellationToken)),
            ClientCase.Begins("OUT1", "from another address", "bounced 530 5.7.0", await SendAsync(elsewhere, tenant.NewId(), Robot, Robot, cancellationToken)),
            ClientCase.Begins("OUT1", "without TLS", "bounced 530 5.7.0", await SendAsync(plain, tenant.NewId(), Robot, Robot, cancellationToken)),
            ClientCase.Begins("OUT1", "by its address, in a domain of another tenant", "bounced 550 5.7.1", await SendAsync(there, tenant.NewId(), "info@globex.test", "info@globex.test", cancellationToken)),
            ClientCase.Begins("OUT1", "once it is removed", "bounced 530 5.7.0", await RemovedAsync(tenant, there, connector.Id, cancellationToken)),
        ];
    }

    private static IReadOnlyList<string> Sasl(string next, string user, string password) =>
    [
        "smtp_sasl_auth_enable = yes", $"smtp_sasl_password_maps = inline:{{ {{ {next} = {user}:{password} }} }}", "smtp_sasl_security_options = noanonymous", "smtp_sasl_tls_security_options = noanonymous",
    ];

    private static Task<PostfixInstance> StartAsync(TestedTenant tenant, string tls, IReadOnlyList<string> settings, CancellationToken cancellationToken) => PostfixInstance.StartAsync(
        [
            string.Create(CultureInfo.InvariantCulture, $"relayhost = [127.0.0.1]:{tenant.Product.Submission.Port}"), $"smtp_tls_security_level = {tls}", "minimal_backoff_time = 2s", "queue_run_delay = 2s",
            .. settings,
        ],
        cancellationToken);

    private static async Task<(string Id, string? User, string? Password)> CreateAsync(TestedTenant tenant, object input, CancellationToken cancellationToken)
    {
        var payload = await tenant.RunAsync("createConnector", "CreateConnectorInput", "connector { id userName } password", input, cancellationToken);
        return (payload.GetProperty("connector").GetProperty("id").GetString()!, payload.GetProperty("connector").GetProperty("userName").GetString(), payload.GetProperty("password").GetString());
    }

    private static async Task<string> RemovedAsync(TestedTenant tenant, PostfixInstance postfix, string connector, CancellationToken cancellationToken)
    {
        await tenant.RunAsync("removeConnector", "RemoveConnectorInput", "removedConnectorId", new { connectorId = connector }, cancellationToken);
        return await SendAsync(postfix, tenant.NewId(), Robot, Robot, cancellationToken);
    }

    /// <returns>What Postfix says became of it: <c>sent 250 ...</c>, <c>bounced 550 ...</c>, <c>deferred ...</c>.</returns>
    private static async Task<string> SendAsync(PostfixInstance postfix, string id, string from, string author, CancellationToken cancellationToken)
    {
        await using (var sender = new SmtpSender(postfix.Smtp, keep: false))
        {
            var mail = new OutgoingMail(id, from, [TestedTenant.Colleague], TestedTenant.Mail(id, author, TestedTenant.Colleague, "by Postfix"), Hostile: false);
            var record = await sender.SendAsync(mail, cancellationToken);
            if (record.Outcome != SendOutcome.Accepted)
                return $"Postfix itself did not take it: {record.Code} {record.Text}";
        }

        var status = "nothing in its log";
        await Wait.UntilAsync(
            TimeSpan.FromSeconds(60),
            () =>
            {
                var lines = postfix.Log.Split('\n');
                // Its own id of the mail stands where it took the Message-ID, and again where it says what became of it.
                var queued = lines.Where(line => line.Contains($"message-id=<{id}>", StringComparison.Ordinal)).Select(line => line.Split(": ")[1]).FirstOrDefault();
                if (queued is null || lines.LastOrDefault(line => line.Contains(queued, StringComparison.Ordinal) && line.Contains($"to=<{TestedTenant.Colleague}>", StringComparison.Ordinal)) is not { } line)
                    return Task.FromResult(false);
                status = Told(line);
                return Task.FromResult(true);
            },
            cancellationToken);
        return status;
    }

    private static string Told(string line)
    {
        var status = line[(line.IndexOf("status=", StringComparison.Ordinal) + "status=".Length)..];
        var word = status.Split(' ')[0];
        const string Said = " said: ";
        var reply = status.IndexOf(Said, StringComparison.Ordinal) is >= 0 and var said ? status[(said + Said.Length)..] : status[(status.IndexOf('(', StringComparison.Ordinal) + 1)..];
        return $"{word} {reply}";
    }
}
