using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Engine;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Tracking;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>Mail that a mailbox sent and whose copies were tracked, put into the storage of the running product as if its relay had sent it at the planned times.</summary>
internal sealed class TrackedMails : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private Guid tenant;

    public TrackedMails(StorageSettings settings) => services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddPlatformStorage(settings).BuildServiceProvider();

    /// <returns>Of each message its id and those of its copies, in the order of the copies; and the token of each copy.</returns>
    public async Task<(IReadOnlyList<SentMail> Mails, IReadOnlyList<string> Tokens)> SendAsync(IReadOnlyList<PlannedCopy> copies, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<IRecipientDirectory>().FindAsync("info", "acme.test", cancellationToken);
        (tenant, var mailbox) = (found.Tenant!.Id, found.Mailbox!.Id);
        await using var db = Open();
        var mails = new List<SentMail>();
        var tokens = new string[copies.Count];
        foreach (var mail in copies.GroupBy(copy => copy.Message))
        {
            var message = MessageOf(tenant, mailbox, start, mail.Key);
            db.Add(message);
            var sent = new SentMail(message.Id, []);
            foreach (var copy in mail)
            {
                var at = start + copy.DeliveredAt;
                var delivery = new DeliveryRow
                {
                    Id = Guid.CreateVersion7(at),
                    TenantId = tenant,
                    MessageId = message.Id,
                    Recipient = $"reader{copy.Number}@bench.test",
                    State = DeliveryState.Delivered,
                    SenderMailboxId = mailbox,
                    ChangedAt = at,
                };
                db.Add(delivery);
                db.Add(new TrackedDeliveryRow { DeliveryId = delivery.Id, TenantId = tenant, MessageId = message.Id, SenderMailboxId = mailbox, Place = TrackedPlace.Country, TrackedAt = at });
                sent.Copies.Add((delivery.Id, copy));
                tokens[copy.Number] = services.GetRequiredService<IReadTokens>().Sign(delivery.Id);
            }

            mails.Add(sent);
        }

        await db.SaveChangesAsync(cancellationToken);
        return (mails, tokens);
    }

    /// <summary>Opens that have no grade yet.</summary>
    public async Task<int> LeftAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        return await db.Opens.CountAsync(open => open.Grade == null, cancellationToken);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private PlatformDb Open() => services.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(tenant, "bench"));

    private static MessageRow MessageOf(Guid tenant, Guid mailbox, DateTimeOffset at, int number) => new()
    {
        Id = Guid.CreateVersion7(at),
        TenantId = tenant,
        Mode = IntakeMode.Submission,
        Direction = MailDirection.Outbound,
        ReceivedAt = at,
        MailFrom = "info@acme.test",
        SenderMailboxId = mailbox,
        Smtp = "{}",
        Prologue = "",
        BodyName = "00/none",
        Size = 1,
        Sha256 = "",
        ScanState = ScanState.Done,
        ScanDueAt = at,
        Subject = $"Offer {number}",
    };
}

internal sealed record SentMail(Guid MessageId, List<(Guid DeliveryId, PlannedCopy Copy)> Copies);
