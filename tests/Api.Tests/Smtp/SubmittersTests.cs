using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge.Whence;
using Platform.Api.Smtp.Submission;
using Platform.Api.Tests.Hosting;
using Platform.Smtp;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Tests.Smtp;

/// <summary>For whom a server of a tenant's own sends.</summary>
public sealed class SubmittersTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();
    private Guid _mailbox;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IServiceProvider Services => _platform.Provider;

    private Guid Tenant => _platform.Seed.Acme.Id;

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        var scope = Scope.System(Tenant, "tests");
        var made = await Services.GetRequiredService<IDirectoryCommands>().AddMailboxAsync(scope, Tenant, "outgoing@acme.test", null, Stop);
        Assert.Null(made.Code);
        _mailbox = made.Value;
        Assert.Null((await Services.GetRequiredService<IConnectorCommands>().CreateAsync(scope, Tenant, new NewConnector("mail.acme.test", ["203.0.113.10/32"], [], null), Stop)).Code);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("outgoing@acme.test", true)]
    [InlineData("Outgoing+list@acme.test", true)]
    [InlineData("robot@acme.test", false)]
    [InlineData("", false)]
    public async Task It_sends_for_the_mailbox_whose_address_it_gives(string mailFrom, bool hasMailbox)
    {
        var submitters = new Submitters(
            Services.GetRequiredService<IRecipientDirectory>(), Services.GetRequiredService<IAppPasswords>(), Services.GetRequiredService<IConnectorBook>(), Services.GetRequiredService<AccessGate>());
        var peer = new SmtpPeer { SessionId = "1", RemoteAddress = IPAddress.Parse("203.0.113.10"), ConnectionAddress = IPAddress.Loopback };

        var (submitter, refusal) = await submitters.BeginAsync(peer, mailFrom, Stop);

        Assert.Null(refusal);
        Assert.Equal((Tenant, hasMailbox ? _mailbox : (Guid?)null, "mail.acme.test"), (submitter!.Tenant.Id, submitter.Mailbox?.Id, submitter.Connector?.Name));
    }
}
