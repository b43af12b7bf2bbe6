using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Quarantine;

/// <summary>A tenant with two mailboxes, and mail that came for them.</summary>
internal sealed class HeldMail(TestStorage storage, Guid tenant, Guid info, Guid sales)
{
    public Guid Tenant => tenant;

    public Guid Info => info;

    public Guid Sales => sales;

    public Scope Whole => Scope.System(tenant, "admin");

    public Scope OwnerOfInfo => new(new HashSet<Guid> { tenant }, Permissions.OfMailbox, "user:info", null, new HashSet<Guid> { info });

    public static async Task<HeldMail> StartAsync(TestStorage storage, CancellationToken cancellationToken)
    {
        var tenant = await storage.AddTenantAsync("acme", cancellationToken);
        await storage.Commands.AddMailboxAsync(Scope.System(tenant, "test"), tenant, "sales@acme.test", "Sales", cancellationToken);
        var info = (await storage.Directory.FindAsync("info", "acme.test", cancellationToken)).Mailbox!;
        var sales = (await storage.Directory.FindAsync("sales", "acme.test", cancellationToken)).Mailbox!;
        return new HeldMail(storage, tenant, info.Id, sales.Id);
    }

    /// <summary>One mail to both, gone to the state that is asked for. Gives the deliveries to info and to sales.</summary>
    /// <param name="but">What the verdict says beside that.</param>
    /// <param name="why">What decided.</param>
    public async Task<(Guid Info, Guid Sales, Guid Message)> ComeAsync(
        VerdictKind kind,
        DeliveryState to,
        CancellationToken cancellationToken,
        string subject = "Your account",
        string from = "boss@outside.test",
        string text = "body",
        Func<Verdict, Verdict>? but = null,
        DecisionRecord? why = null)
    {
        var now = storage.Time.GetUtcNow();
        var draft = Mails.To(tenant, now, "info@acme.test", "sales@acme.test");
        var message = draft with
        {
            Body = await StoreAsync(subject, text, cancellationToken),
            Deliveries = [draft.Deliveries[0] with { MailboxId = info }, draft.Deliveries[1] with { MailboxId = sales }],
        };
        var flow = storage.Get<IMessageFlow>();
        await flow.AcceptAsync([message], cancellationToken);
        var lease = Assert.Single(await flow.ClaimScansAsync(10, TimeSpan.FromMinutes(1), cancellationToken));
        var verdict = Mails.Verdict(kind, subject);
        verdict = verdict with { Facts = verdict.Facts with { FromAddress = from } };
        var outcome = Mails.Outcome(lease, to, but?.Invoke(verdict) ?? verdict);
        Assert.True(await flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { Why = why })] }, cancellationToken));
        return (message.Deliveries[0].Id, message.Deliveries[1].Id, message.Id);
    }

    public async Task<DeliveryState> StateAsync(Guid delivery, CancellationToken cancellationToken)
    {
        await using var db = storage.Open(Whole);
        return await db.Deliveries.Where(row => row.Id == delivery).Select(row => row.State).SingleAsync(cancellationToken);
    }

    public ActionLink Link(LinkPurpose purpose, Guid delivery, Guid? mailbox = null) =>
        new(purpose, tenant, delivery, mailbox ?? info, DateTimeOffset.FromUnixTimeSeconds(storage.Time.GetUtcNow().ToUnixTimeSeconds() + 600));

    private async Task<SealedBody> StoreAsync(string subject, string text, CancellationToken cancellationToken)
    {
        await using var writer = await storage.Get<IBodyStore>().CreateAsync(tenant, cancellationToken);
        await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"Subject: {subject}\r\n\r\n{text}\r\n"), cancellationToken);
        return await writer.SealAsync(cancellationToken);
    }
}
