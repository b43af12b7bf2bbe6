using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;

namespace Platform.EndToEnd.Tests.MainJob;

[Collection(RunningProductCollection.Name)]
public sealed class HostileMailTests(ProductFixture fixture)
{
    private static readonly string[] Recipients = ["info@acme.test", "sales@acme.test", "keiri@acme.test"];

    public static TheoryData<string> Kinds => [.. PeerMail.All.Where(k => k.Hostile).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_hostile_mail_waits_in_quarantine_with_reasons_and_evidence(string kind)
    {
        var mail = Mail(kind, "stopped");

        var snapshot = await fixture.SendAndSettleAsync(mail, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.WhyNotStopped(mail));
    }

    [Fact]
    public async Task Reasons_are_told_in_the_language_that_was_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = Mail("eicar", "languages");
        await fixture.SendAndSettleAsync(mail, cancellationToken);

        var english = await SummariesAsync(fixture.Acme);
        var japanese = await SummariesAsync(fixture.AcmeInJapanese);

        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.All(english.Values, s => Assert.DoesNotContain(s, IsKana));
        Assert.All(japanese.Values, s => Assert.Contains(s, c => IsKana(c) || c is >= '\u4e00' and <= '\u9fff'));

        async Task<Dictionary<string, string>> SummariesAsync(PlatformClient client) =>
            (await client.ByMessageIdAsync(cancellationToken))[mail.Id].Single().Reasons.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.Summary);

        static bool IsKana(char c) => c is >= '\u3040' and <= '\u30ff';
    }

    [Fact]
    public async Task A_release_reaches_exactly_the_mailbox_it_was_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = Mail("disguised-program", "release");
        var before = await fixture.SendAndSettleAsync(mail, cancellationToken);

        await fixture.Acme.ReleaseAsync(DeliveryTo("sales@acme.test", before), cancellationToken);
        var after = await fixture.SettleAsync(mail, cancellationToken);

        Assert.Null(after.WhyNotInMaildir(mail, "sales@acme.test"));
        Assert.Single(after.Files[mail.Id]);
        Assert.All(["info@acme.test", "keiri@acme.test"], r => Assert.Equal("QUARANTINED", Assert.Single(after.StatesFor(mail, r))));

        string DeliveryTo(string recipient, Snapshot snapshot) => snapshot.Messages[mail.Id].Single().To(recipient)!.Id;
    }

    [Fact]
    public async Task A_release_asked_for_twice_delivers_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = Mail("eicar", "release-twice");
        var delivery = (await fixture.SendAndSettleAsync(mail, cancellationToken)).Messages[mail.Id].Single().To("info@acme.test")!.Id;

        await fixture.Acme.ReleaseAsync(delivery, cancellationToken);
        await fixture.SettleAsync(mail, cancellationToken);
        await Record.ExceptionAsync(() => fixture.Acme.ReleaseAsync(delivery, cancellationToken));
        var after = await fixture.SettleAsync(mail, cancellationToken);

        Assert.Single(after.FilesFor(mail, "info@acme.test"));
    }

    [Fact]
    public async Task Another_tenant_can_neither_see_nor_release_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = Mail("eicar", "foreign");
        var delivery = (await fixture.SendAndSettleAsync(mail, cancellationToken)).Messages[mail.Id].Single().Deliveries[0].Id;

        await Assert.ThrowsAsync<PlatformApiException>(() => fixture.Globex.ReleaseAsync(delivery, cancellationToken));

        Assert.Empty((await fixture.Globex.ByMessageIdAsync(cancellationToken))[mail.Id]);
        Assert.Null((await fixture.SettleAsync(mail, cancellationToken)).WhyNotStopped(mail));
    }

    [Fact]
    public async Task Each_move_is_an_event_of_the_feed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = Mail("eicar", "events");
        var message = (await fixture.SendAndSettleAsync(mail, cancellationToken)).Messages[mail.Id].Single();
        var delivery = message.To("keiri@acme.test")!.Id;
        await fixture.Acme.ReleaseAsync(delivery, cancellationToken);
        await fixture.SettleAsync(mail, cancellationToken);

        var kinds = await new EventFeed(fixture.Acme).KindsOfAsync(delivery, cancellationToken);

        Assert.Equal(["delivery.received", "delivery.quarantined", "delivery.released", "delivery.delivered"], kinds);
    }

    private static OutgoingMail Mail(string kind, string test) => PeerMail.All.Single(k => k.Name == kind).To($"{test}.{kind}@partner.example", Recipients);
}
