using System.Text;
using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Intelligence;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Rules;

namespace Platform.Api.Tests.Hosting;

/// <summary>Rows of a seeded tenant's mail: messages, deliveries, events, a replay.</summary>
internal static class SeededMail
{
    public static async Task<SealedBody> SealAsync(IBodyStore bodies, Guid tenantId, string text)
    {
        await using var writer = await bodies.CreateAsync(tenantId, CancellationToken.None);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        return await writer.SealAsync(CancellationToken.None);
    }

    public static MessageRow Message(SeededTenant tenant, int i, SealedBody body)
    {
        var at = Seed.Newest.AddMinutes(-i);
        var kind = (VerdictKind)(i % 6);
        var canary = tenant.Canary;
        var verdict = new Verdict(
            kind,
            kind.IsAttack() ? AttackType.CredentialPhishing : null,
            i * 4 % 100,
            [new Reason("reply-to-mismatch", 12, new Evidence(EvidenceKind.Header, "Reply-To", canary), new Dictionary<string, string> { ["replyTo"] = canary })],
            new Origin("198.51.100.9", "JP", 64501, canary, "received"),
            new MessageFacts($"{canary}.{i}@x.test", $"{canary} {i}", $"from.{canary}@x.test", canary, [canary], [canary], [canary], at, [new AttachmentFacts(canary, canary, canary, 1, canary)], [canary], ""),
            [canary],
            "test")
        {
            Authentication = new AuthenticationFacts(
                new SpfFacts(AuthenticationResult.SoftFail, $"{canary}.test", SpfIdentity.MailFrom, canary),
                null,
                [new DkimFacts(AuthenticationResult.Pass, $"{canary}.test", canary, canary, 2048, 7, canary)],
                new DmarcFacts(AuthenticationResult.Fail, $"{canary}.test", DmarcPolicy.Reject, $"{canary}.test", SpfAligned: false, DkimAligned: false, canary),
                new ArcFacts(AuthenticationResult.None, canary, [canary]),
                [new ClaimFacts(canary, [canary])],
                []),
            PersonalData = [new PersonalDataFinding(PersonalDataClass.MyNumber, 12, [new PersonalDataPlace(PersonalDataPart.Attachment, canary, 12, canary)])],
        };
        return new MessageRow
        {
            Id = Guid.CreateVersion7(at),
            TenantId = tenant.Id,
            Mode = IntakeMode.Gateway,
            Direction = i % 5 == 0 ? MailDirection.Outbound : MailDirection.Inbound,
            ReceivedAt = at,
            MailFrom = $"from.{canary}@x.test",
            ClientAddress = "198.51.100.9",
            ClientName = canary,
            Helo = canary,
            Smtp = "{}",
            Prologue = "",
            BodyName = body.Reference.Name,
            BodyKey = body.Reference.WrappedKey,
            Size = body.Size,
            Sha256 = body.Sha256,
            ScanState = ScanState.Done,
            ScanDueAt = at,
            Verdict = kind,
            AttackType = verdict.Type,
            Score = verdict.Score,
            MessageIdHeader = verdict.Facts.MessageIdHeader,
            Subject = verdict.Facts.Subject,
            FromAddress = verdict.Facts.FromAddress,
            FromName = canary,
            OriginAddress = "198.51.100.9",
            OriginCountry = "JP",
            VerdictJson = StoredJson.Write(verdict),
        };
    }

    public static DeliveryRow Delivery(SeededTenant tenant, MessageRow message, string local, int i) => new()
    {
        Id = Guid.CreateVersion7(message.ReceivedAt),
        TenantId = tenant.Id,
        MessageId = message.Id,
        Recipient = $"{local}.{tenant.Canary}@{tenant.Slug}.test",
        MailboxId = tenant.Mailbox,
        State = (i % 3) switch { 0 => DeliveryState.Quarantined, 1 => DeliveryState.Held, _ => DeliveryState.Delivered },
        Action = tenant.Canary,
        ChangedAt = message.ReceivedAt,
        LastStatus = tenant.Canary,
        DecisionJson = RuleJson.Write(new DecisionRecord(message.Verdict!.Value, PolicyAction.Deliver, PolicyAction.Quarantine, new RuleRevisions(1, 0))
        {
            Rule = new RuleHit(tenant.Rule, tenant.Canary, 1, FromMsp: false, $"subject contains \"{tenant.Canary}\""),
        }),
        ReleasedBy = i % 2 == 1 ? tenant.Canary : null,
    };

    public static RuleReplayRow Replay(SeededTenant tenant)
    {
        var rule = new PlannedRule(tenant.Rule, tenant.Canary, $"subject contains \"{tenant.Canary}\"", PolicyAction.Tag, 1, FromMsp: false);
        return new RuleReplayRow
        {
            Id = Guid.CreateVersion7(Seed.Newest),
            TenantId = tenant.Id,
            RuleId = tenant.Rule,
            Name = tenant.Canary,
            Plan = RuleJson.Write(new ReplayPlan(rule, [], [rule]) { PolicyBefore = VerdictPolicy.Default.Actions, PolicyAfter = VerdictPolicy.Default.Actions }),
            Since = Seed.Newest.AddDays(-1),
            Until = Seed.Newest,
            State = ReplayStates.Failed,
            Total = Seed.MessagesEach,
            Examined = 1,
            Tally = RuleJson.Write(ReplayTally.Empty with { Caught = ReplayHits.None.With(tenant.Messages[0]) }),
            Error = tenant.Canary,
            StartedBy = tenant.Canary,
            CreatedAt = Seed.Newest,
            ChangedAt = Seed.Newest,
        };
    }

    public static EventRow Event(SeededTenant tenant, MessageRow message, DeliveryRow delivery, FeedCounterRow counter, MspFeedCounterRow mspCounter) => new()
    {
        Id = Guid.CreateVersion7(message.ReceivedAt),
        TenantId = tenant.Id,
        Sequence = ++counter.LastSequence,
        MspId = mspCounter.MspId,
        MspSequence = ++mspCounter.LastSequence,
        Kind = delivery.State == DeliveryState.Quarantined ? "delivery.quarantined" : "delivery.received",
        OccurredAt = message.ReceivedAt,
        RecordedAt = mspCounter.LastRecordedAt,
        MessageId = message.Id,
        DeliveryId = delivery.Id,
        Verdict = message.Verdict,
        Direction = message.Direction,
        Data = JsonSerializer.Serialize(new { recipient = delivery.Recipient, subject = message.Subject, verdict = message.Verdict.ToString()!.ToLowerInvariant() }),
    };
}
