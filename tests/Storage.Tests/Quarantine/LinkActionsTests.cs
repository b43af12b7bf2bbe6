using Microsoft.EntityFrameworkCore;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Quarantine;

public abstract class LinkActionsContract(IStorageBackend backend) : StorageContract(backend)
{
    private ILinkActions Links => Storage.Get<ILinkActions>();

    [Fact]
    public async Task A_release_reaches_the_one_mailbox_and_acts_once()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        var link = held.Link(LinkPurpose.Release, info);

        Assert.Null((await Links.ActAsync(link, Ct)).Code);

        Assert.Equal((DeliveryState.Released, DeliveryState.Quarantined), (await held.StateAsync(info, Ct), await held.StateAsync(sales, Ct)));
        Assert.Equal("LINK_USED", (await Links.ActAsync(link, Ct)).Code);
        await using var db = Storage.Open(held.Whole);
        Assert.Equal("link:info@acme.test", await db.Deliveries.Where(row => row.Id == info).Select(row => row.ReleasedBy).SingleAsync(Ct));
        Assert.Contains(await db.Audit.ToListAsync(Ct), entry => entry is { Action: "delivery.release", Actor: "link:info@acme.test" });
    }

    [Fact]
    public async Task A_link_of_one_mailbox_does_nothing_to_the_delivery_of_another()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (_, sales, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);

        Assert.Equal("NOT_FOUND", (await Links.ActAsync(held.Link(LinkPurpose.Release, sales), Ct)).Code);
        Assert.Null(await Links.LookAsync(held.Link(LinkPurpose.Release, sales), Ct));
        Assert.Equal(DeliveryState.Quarantined, await held.StateAsync(sales, Ct));
    }

    [Theory]
    [InlineData(VerdictKind.Phishing, LinkPurpose.Release)]
    [InlineData(VerdictKind.Malware, LinkPurpose.Delete)]
    [InlineData(VerdictKind.Phishing, LinkPurpose.BlockSender)]
    public async Task What_the_policy_does_not_allow_now_a_link_does_not_do(VerdictKind kind, LinkPurpose purpose)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(kind, DeliveryState.Quarantined, Ct);

        Assert.Equal("RIGHT_MISSING", (await Links.ActAsync(held.Link(purpose, info), Ct)).Code);

        Assert.Equal(DeliveryState.Quarantined, await held.StateAsync(info, Ct));
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("unfinished")]
    [InlineData("list")]
    public async Task What_the_organisation_holds_is_asked_for_and_not_released(string by)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var decided = new DecisionRecord(VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Quarantine, RuleRevisions.None);
        var why = by switch
        {
            "rule" => decided with { Rule = new RuleHit(Guid.NewGuid(), "invoices", 1, FromMsp: false, "subject contains \"invoice\"") },
            "unfinished" => decided with { Unfinished = true },
            _ => decided with { Basis = DecisionBasis.BlockList },
        };
        var (info, _, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Quarantined, Ct, why: why);

        Assert.Equal("RIGHT_MISSING", (await Links.ActAsync(held.Link(LinkPurpose.Release, info), Ct)).Code);
        Assert.Null((await Links.ActAsync(held.Link(LinkPurpose.RequestRelease, info), Ct)).Code);
    }

    [Fact]
    public async Task A_link_that_could_not_act_is_not_used_up()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        await Storage.Get<IMessageFlow>().DeleteAsync(held.Whole, info, Ct);

        Assert.Equal("MOVE_NOT_ALLOWED", (await Links.ActAsync(held.Link(LinkPurpose.Release, info), Ct)).Code);
        Assert.Equal("MOVE_NOT_ALLOWED", (await Links.ActAsync(held.Link(LinkPurpose.Release, info), Ct)).Code);
    }

    [Theory]
    [InlineData(LinkPurpose.BlockSender, ListAction.Block, "boss@outside.test")]
    [InlineData(LinkPurpose.BlockDomain, ListAction.Block, "outside.test")]
    [InlineData(LinkPurpose.AllowSender, ListAction.Allow, "boss@outside.test")]
    [InlineData(LinkPurpose.AllowDomain, ListAction.Allow, "outside.test")]
    public async Task A_sender_is_listed_for_the_mailbox_alone(LinkPurpose purpose, ListAction list, string value)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);

        Assert.Null((await Links.ActAsync(held.Link(purpose, info), Ct)).Code);

        var said = await Storage.Get<IMailboxSenders>().OfAsync(held.Tenant, "Boss@Outside.test", Ct);
        Assert.Equal((held.Info, list), (Assert.Single(said).Key, said.Values.Single()));
        await using var db = Storage.Open(held.Whole);
        Assert.Equal(value, (await db.MailboxSenders.SingleAsync(Ct)).Value);
        Assert.Contains(await db.Events.ToListAsync(Ct), told => told.Kind == EventKinds.MailboxListChanged);
    }

    [Fact]
    public async Task The_address_counts_before_its_domain_and_the_last_word_before_the_first()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        var senders = Storage.Get<IMailboxSenders>();
        await senders.ListAsync(held.OwnerOfInfo, info, ListAction.Block, wholeDomain: true, Ct);
        await senders.ListAsync(held.OwnerOfInfo, info, ListAction.Block, wholeDomain: false, Ct);
        await senders.ListAsync(held.OwnerOfInfo, info, ListAction.Allow, wholeDomain: false, Ct);

        Assert.Equal(ListAction.Allow, (await senders.OfAsync(held.Tenant, "boss@outside.test", Ct))[held.Info]);
        Assert.Equal(ListAction.Block, (await senders.OfAsync(held.Tenant, "else@sub.outside.test", Ct))[held.Info]);
        Assert.Empty(await senders.OfAsync(held.Tenant, "boss@inside.test", Ct));
    }

    [Fact]
    public async Task The_own_domain_cannot_be_blocked_whole()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct, from: "boss@acme.test");

        Assert.Equal("LIST_SENDER_OWN_DOMAIN", (await Links.ActAsync(held.Link(LinkPurpose.BlockDomain, info), Ct)).Code);
    }

    [Fact]
    public async Task Digests_are_stopped_for_the_mailbox_unless_the_organisation_decides()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var stop = held.Link(LinkPurpose.StopDigest, Guid.Empty);
        var policies = Storage.Get<IPolicyCommands>();
        await policies.SetAsync(held.Whole, PolicyTarget.Tenant(held.Tenant), [new PolicyChange("digest.schedule", "daily")], Ct);

        Assert.Null((await Links.ActAsync(stop, Ct)).Code);

        var tenant = await Storage.Directory.FindTenantAsync(held.Tenant, Ct);
        var book = await Storage.Get<IPolicyBook>().OfAsync(tenant!, Ct);
        Assert.Equal((DigestRhythm.Off, DigestRhythm.Daily), (book.OfMailbox(held.Info).DigestOf().Rhythm, book.OfMailbox(held.Sales).DigestOf().Rhythm));
        await policies.SetAsync(held.Whole, PolicyTarget.Tenant(held.Tenant), [new PolicyChange("digest.schedule", "daily", Locked: true)], Ct);
        Assert.Equal("POLICY_LOCKED", (await Links.ActAsync(held.Link(LinkPurpose.StopDigest, Guid.Empty, held.Sales), Ct)).Code);
    }

    [Fact]
    public async Task Digests_that_were_turned_on_again_are_not_stopped_by_the_link_that_stopped_them()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var stop = held.Link(LinkPurpose.StopDigest, Guid.NewGuid());
        await Links.ActAsync(stop, Ct);
        await Storage.Get<IPolicyCommands>().SetAsync(held.Whole, PolicyTarget.Mailbox(held.Info), [new PolicyChange("digest.schedule", "daily")], Ct);

        Assert.Equal("LINK_USED", (await Links.ActAsync(stop, Ct)).Code);
        Assert.True((await Links.LookAsync(stop, Ct))!.Used);
        Assert.Null((await Links.ActAsync(held.Link(LinkPurpose.StopDigest, Guid.NewGuid()), Ct)).Code);
    }
}

public sealed class LinkActionsOnSqlite() : LinkActionsContract(new SqliteBackend());

public sealed class LinkActionsOnPostgres(PostgresServer server) : LinkActionsContract(new PostgresBackend(server));
