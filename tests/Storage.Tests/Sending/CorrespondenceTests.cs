using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>What a tenant knows of the people to whom its mailboxes write (OUT6).</summary>
public abstract class CorrespondenceContract(IStorageBackend backend) : SendingContract(backend)
{
    private ICorrespondence Correspondence => Storage.Get<ICorrespondence>();

    [Fact]
    public async Task Who_got_mail_is_known_and_whom_it_only_was_sent_to_is_not()
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "bob@globex.example");
        await AcceptAsync(Submitted(sender, "new@globex.example"));

        var facts = await AskAsync(sender, "BOB@globex.example", "new@globex.example");

        Assert.Equal(["bob@globex.example"], facts.Written);
        Assert.Contains("globex.example", facts.KnownDomains);
    }

    [Fact]
    public async Task A_domain_is_written_to_often_from_three_mails_on()
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "a@globex.example", "b@globex.example", "a@twice.example", "b@twice.example", "c@globex.example");

        var recipient = "bob@globexx.example";
        var mail = new OutgoingRecipients(MessageFacts.Empty, [recipient], ["acme.test"]);

        Assert.Equal("globex.example", Assert.Single(MisdirectionFinder.Find(mail, await AskAsync(sender, recipient), null)).Evidence["known"]);
        Assert.Empty(MisdirectionFinder.Find(mail with { Outside = ["bob@twicee.example"] }, await AskAsync(sender, "bob@twicee.example"), null));
    }

    [Fact]
    public async Task What_colleagues_wrote_to_often_is_no_slip_of_anybody()
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "a@globex.example", "b@globex.example", "c@globex.example");

        Assert.Contains("globex.example", (await AskAsync(sender with { Mailbox = Guid.NewGuid() }, "d@globex.example")).KnownDomains);
    }

    [Fact]
    public async Task The_same_name_elsewhere_is_found()
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "tanaka@globex.example", "tanakaya@other.example");

        Assert.Equal("tanaka@globex.example", (await AskAsync(sender, "tanaka@umbrella.example")).SameName["tanaka@umbrella.example"]);
    }

    [Fact]
    public async Task A_conversation_has_all_who_took_part_in_its_mails()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean) with
        {
            Facts = MessageFacts.Empty with { MessageIdHeader = "one@globex.example", FromAddress = "Bob@globex.example", Cc = ["carol@globex.example"], ReplyTo = ["desk@globex.example"] },
        });

        var facts = await Correspondence.OfAsync(Query(sender, "x@y.example") with { InReplyTo = ["unknown@x", "one@globex.example"] }, Ct);

        Assert.Equal(["bob@globex.example", "carol@globex.example", "desk@globex.example", "info@acme.test"], facts.Thread!.Participants.Order(StringComparer.Ordinal));
        Assert.Null((await AskAsync(sender, "x@y.example")).Thread);
    }

    [Fact]
    public async Task Whom_a_mail_of_ones_own_named_first_did_not_come_into_the_conversation_from_outside()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "bob@globexx.example"));
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean) with { Facts = MessageFacts.Empty with { MessageIdHeader = "one@acme.test", FromAddress = "info@acme.test", To = ["bob@globexx.example"] } });
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean) with
        {
            Facts = MessageFacts.Empty with { MessageIdHeader = "two@globex.example", FromAddress = "carol@globex.example", Cc = ["bob@globexx.example"] },
        });

        var thread = (await Correspondence.OfAsync(Query(sender, "x@y.example") with { InReplyTo = ["two@globex.example", "one@acme.test"] }, Ct)).Thread!;

        Assert.Equal(["carol@globex.example"], thread.FromOutside);
        Assert.Contains("bob@globexx.example", thread.Participants);
    }

    [Fact]
    public async Task A_bounce_makes_nobody_a_correspondent()
    {
        var sender = await SenderAsync("acme");
        var message = Submitted(sender, "bob@globex.example");
        await AcceptAsync(message with { Envelope = message.Envelope with { MailFrom = "" } });
        await InspectedAsync();
        await RelayedAsync();

        Assert.Empty((await AskAsync(sender, "bob@globex.example")).Written);
    }

    [Fact]
    public async Task Names_are_learned_from_mail_that_leaves()
    {
        var sender = await SenderAsync("acme");
        for (var i = 0; i < 2; i++)
        {
            await AcceptAsync(Submitted(sender, "bob@globex.example"));
            await InspectedAsync(Mails.Verdict(VerdictKind.Clean), outcome => outcome with { Greeted = new OrganisationName("グローベックス", "globex.example", 1) });
        }

        var facts = await Correspondence.OfAsync(Query(sender, "x@y.example") with { Organisations = ["グローベックス", "ミライ"] }, Ct);

        Assert.Equal([new OrganisationName("グローベックス", "globex.example", 2)], facts.Organisations);
    }

    [Fact]
    public async Task Another_tenant_knows_nothing_of_it()
    {
        var sender = await SenderAsync("acme");
        await DeliveredAsync(sender, "a@globex.example", "b@globex.example", "c@globex.example");
        var stranger = await SenderAsync("globex");

        var facts = await Correspondence.OfAsync(Query(stranger, "a@globex.example", "bob@globexx.example") with { MailboxId = sender.Mailbox }, Ct);

        Assert.Empty(facts.Written);
        Assert.Empty(facts.KnownDomains);
        Assert.Empty(MisdirectionFinder.Find(new OutgoingRecipients(MessageFacts.Empty, ["bob@globexx.example"], []), facts, null));
    }

    private static CorrespondenceQuery Query((Guid Tenant, Guid Mailbox) sender, params string[] outside) => new(sender.Tenant, sender.Mailbox, outside, null);

    private Task<CorrespondenceFacts> AskAsync((Guid Tenant, Guid Mailbox) sender, params string[] outside) => Correspondence.OfAsync(Query(sender, outside), Ct);
}

public sealed class SqliteCorrespondenceTests() : CorrespondenceContract(new SqliteBackend());

public sealed class PostgresCorrespondenceTests(PostgresServer server) : CorrespondenceContract(new PostgresBackend(server));
