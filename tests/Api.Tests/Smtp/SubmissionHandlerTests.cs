using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Edge.Whence;
using Platform.Api.Smtp;
using Platform.Api.Smtp.Submission;
using Platform.Engine.Intelligence;
using Platform.Grains.Accounts;
using Platform.Smtp;
using Platform.Storage.Access;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Tests.Smtp;

/// <summary>Servers of tenants' own that hand over what they send, known by a certificate.</summary>
public sealed class SubmissionHandlerTests : IAsyncLifetime
{
    private static readonly string s_print = new('a', 64);

    private static readonly SmtpPeer s_server = new()
    {
        SessionId = "1",
        RemoteAddress = IPAddress.Parse("192.0.2.7"),
        ConnectionAddress = IPAddress.Loopback,
        Tls = new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", null) { ClientCertificate = s_print },
    };

    private IntakeHost _host = null!;
    private SubmissionHandler _handler = null!;
    private Guid _other;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await IntakeHost.StartAsync();
        var services = _host.Services;
        var directory = services.GetRequiredService<IRecipientDirectory>();
        var access = new AccessGate(
            services.GetRequiredService<IAccessBook>(), services.GetRequiredService<IAccessRefusals>(), new NoAccountPlaces(), NetworkTable.Embedded, services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System,
            NullLogger<AccessGate>.Instance);
        _handler = new SubmissionHandler(
            directory, new Submitters(directory, services.GetRequiredService<IAppPasswords>(), services.GetRequiredService<IConnectorBook>(), access), new TenantGate(), _host.Gate, _host.Intake);
        var commands = services.GetRequiredService<IDirectoryCommands>();
        _other = (await commands.CreateTenantAsync(new NewTenant("globex", "Globex", "en", null, "maildir:delivered", [], null), "test", Stop)).Value;
        Assert.Null((await commands.AddDomainAsync(Scope.System(_other, "test"), _other, "globex.test", Stop)).Code);
        foreach (var tenant in new[] { _host.Tenant, _other })
            Assert.Null((await services.GetRequiredService<IConnectorCommands>().CreateAsync(Scope.System(tenant, "test"), tenant, new NewConnector("Server", [], [s_print], null), Stop)).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A certificate is no secret: another tenant that names it as its own must not stop the reports of the server that holds it.</summary>
    [Theory]
    [InlineData("acme.test", true)]
    [InlineData("globex.test", false)]
    public async Task A_report_is_of_the_tenant_whose_domain_its_author_is_in(string domain, bool isOwn)
    {
        await SendAsync("", "bob@partner.test", $"From: Mail Delivery <mailer-daemon@{domain}>\r\nSubject: Undeliverable\r\n\r\nSorry.\r\n");

        Assert.Equal(isOwn ? _host.Tenant : _other, Assert.Single(_host.Flow.Accepted).TenantId);
    }

    [Theory]
    [InlineData("From: mailer-daemon@elsewhere.test\r\n\r\nSorry.\r\n")]
    [InlineData("From: a@acme.test, b@globex.test\r\n\r\nSorry.\r\n")]
    [InlineData("Subject: nobody\r\n\r\nSorry.\r\n")]
    [InlineData("no header, no end")]
    public async Task A_report_of_nobody_is_refused_after_its_content(string content)
    {
        var reply = await SendAsync("", "bob@partner.test", content);

        Assert.Equal((550, "5.7.1"), (reply.Code, reply.EnhancedStatus));
        Assert.Empty(_host.Flow.Accepted);
        Assert.Empty(_host.BodyFiles());
    }

    [Fact]
    public async Task Of_other_mail_the_sender_says_whose_it_is()
    {
        await SendAsync("daemon@globex.test", "bob@partner.test", "From: daemon@globex.test\r\n\r\nHello.\r\n");

        Assert.Equal(_other, Assert.Single(_host.Flow.Accepted).TenantId);
    }

    /// <summary>RFC 5321, 4.5.1.</summary>
    [Theory]
    [InlineData("daemon@acme.test")]
    [InlineData("")]
    public async Task Postmaster_without_a_domain_is_the_senders_own(string from)
    {
        await SendAsync(from, "postmaster", "From: daemon@acme.test\r\n\r\nHello.\r\n");

        var delivery = Assert.Single(Assert.Single(_host.Flow.Accepted).Deliveries);
        Assert.Equal(("postmaster@acme.test", true), (delivery.Recipient, delivery.MailboxId is not null));
    }

    private async Task<SmtpReply> SendAsync(string from, string to, string content)
    {
        var mail = new MailCommand(from);
        Assert.Equal(250, (await _handler.MailAsync(s_server, mail, Stop)).Code);
        var recipient = to.Split('@') is [var local, var domain] ? new RecipientCommand(to, local, domain) : new RecipientCommand(to, to, "");
        Assert.Equal(250, (await _handler.RecipientAsync(s_server, new SmtpTransaction(mail, []), recipient, Stop)).Code);
        await using var receiver = await _handler.BeginMessageAsync(s_server, new SmtpTransaction(mail, [recipient]), Stop);
        try
        {
            foreach (var piece in Encoding.ASCII.GetBytes(content).Chunk(7))
                await receiver.WriteAsync(piece, Stop);
            return await receiver.CompleteAsync(Stop);
        }
        catch (SmtpRefusedException refused)
        {
            return refused.Reply;
        }
    }
}
