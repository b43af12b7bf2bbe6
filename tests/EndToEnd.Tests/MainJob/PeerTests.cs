using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>Independent programs as senders: what they write on the wire is not of our making.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class PeerTests(ProductFixture fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Swaks_sends(bool startTls) => SendAllAsync(Parts.Require(() => new SwaksPeer(fixture.Product.Smtp)), startTls);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Nodemailer_sends(bool startTls) => SendAllAsync(Parts.Require(() => new NodemailerPeer(fixture.Product.Smtp, Workspace.Find())), startTls);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Postfix_relays(bool startTls) =>
        await SendAllAsync(await Parts.RequireAsync(() => PostfixPeer.StartAsync(fixture.Product.Smtp, TestContext.Current.CancellationToken)), startTls);

    [Fact]
    public async Task A_mail_that_nodemailer_wrote_in_Japanese_arrives_as_it_was_written()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var peer = Parts.Require(() => new NodemailerPeer(fixture.Product.Smtp, Workspace.Find()));

        var (mail, refusal) = await peer.ComposeAsync("nodemailer.composed.test@partner.example", "keiri@acme.test", startTls: true, cancellationToken);
        Assert.Null(refusal);
        var snapshot = await fixture.SettleAsync(mail, cancellationToken);

        Assert.Null(snapshot.WhyNotDelivered(mail));
    }

    private async Task SendAllAsync(IMailPeer sender, bool startTls)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var peer = sender;
        foreach (var kind in PeerMail.All.Where(k => k.Name is "8bit" or "dots" or "odd-spacing" or "eicar"))
        {
            var mail = kind.To($"{peer.Name}.{kind.Name}.{startTls}@partner.example".ToLowerInvariant(), "info@acme.test", "sales@acme.test");
            Assert.Null(await peer.SendAsync(mail, startTls, cancellationToken));
            var snapshot = await fixture.SettleAsync(mail, cancellationToken);
            Assert.Null(kind.Hostile ? snapshot.WhyNotStopped(mail) : snapshot.WhyNotDelivered(mail));
        }
    }
}
