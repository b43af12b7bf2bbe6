using Platform.Benchmarks.Mails;

namespace Platform.EndToEnd.Tests.MainJob;

[Collection(RunningProductCollection.Name)]
public sealed class CleanMailTests(ProductFixture fixture)
{
    public static TheoryData<string> Kinds => [.. PeerMail.All.Where(k => !k.Hostile).Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_clean_mail_arrives_byte_for_byte_behind_trace_fields(string kind)
    {
        var mail = PeerMail.All.Single(k => k.Name == kind).To($"clean.{kind}@partner.example", "info@acme.test");

        var snapshot = await fixture.SendAndSettleAsync(mail, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.WhyNotDelivered(mail));
    }

    [Fact]
    public async Task Each_of_several_recipients_gets_a_copy_of_its_own()
    {
        var mail = PeerMail.All[0].To("clean.several@partner.example", "info@acme.test", "sales@acme.test", "keiri@acme.test");

        var snapshot = await fixture.SendAndSettleAsync(mail, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.WhyNotDelivered(mail));
    }

    [Fact]
    public async Task Recipients_of_two_tenants_are_parted_so_that_each_tenant_sees_only_its_own()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var mail = PeerMail.All[0].To("clean.two-tenants@partner.example", "info@acme.test", "info@globex.test");

        await fixture.SendAndSettleAsync(mail, cancellationToken);

        Assert.Equal(["info@acme.test"], await RecipientsSeenByAsync(fixture.Acme));
        Assert.Equal(["info@globex.test"], await RecipientsSeenByAsync(fixture.Globex));

        async Task<IEnumerable<string>> RecipientsSeenByAsync(Benchmarks.Product.PlatformClient client) =>
            (await client.ByMessageIdAsync(cancellationToken))[mail.Id].SelectMany(m => m.Deliveries).Select(d => d.Recipient);
    }
}
