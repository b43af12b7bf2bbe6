using System.Text;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;

namespace Platform.Storage.Tests.Support;

/// <summary>Messages and verdicts for tests of the flow.</summary>
internal static class Mails
{
    public static NewMessage To(Guid tenantId, DateTimeOffset now, params string[] recipients) => new(
        Guid.CreateVersion7(now),
        tenantId,
        IntakeMode.Gateway,
        new Envelope("192.0.2.7", "client.test", "helo.test", "sender@outside.test", recipients),
        new SealedBody(new BodyReference("00/none", new byte[60]), 1234, new string('a', 64)),
        "Received: by test\r\n",
        now,
        [.. recipients.Select(r => new NewDelivery(Guid.CreateVersion7(now), r, null, "FAILURE", null))],
        new SmtpParameters(true, false, "HDRS", "env-1"));

    public static async Task<NewMessage> SealedAsync(TestStorage storage, Guid tenantId, string content, CancellationToken cancellationToken)
    {
        await using var writer = await storage.Get<IBodyStore>().CreateAsync(tenantId, cancellationToken);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken);
        return To(tenantId, storage.Time.GetUtcNow(), "info@acme.test") with { Body = await writer.SealAsync(cancellationToken) };
    }

    public static AuthenticationFacts Authentication() => new(
        new SpfFacts(AuthenticationResult.SoftFail, "outside.test", SpfIdentity.MailFrom, "~all (outside.test)"),
        null,
        [
            new DkimFacts(AuthenticationResult.Fail, "other.test", "s", "rsa-sha256", 2048, 0, "the body was changed"),
            new DkimFacts(AuthenticationResult.Pass, "signer.test", "s", "rsa-sha256", 2048, 0, "verified"),
        ],
        new DmarcFacts(AuthenticationResult.Fail, "outside.test", DmarcPolicy.Reject, "outside.test", SpfAligned: false, DkimAligned: false, "nobody vouches"),
        new ArcFacts(AuthenticationResult.None, "", []),
        [new ClaimFacts("mx.outside.test", ["spf=pass"])],
        [new MethodResult("spf", null, "softfail", null, [new ResultProperty("smtp", "mailfrom", "a@outside.test")])]);

    /// <summary>The domain stands behind the mail.</summary>
    public static AuthenticationFacts Proven(string domain) => Authentication() with
    {
        Dmarc = new DmarcFacts(AuthenticationResult.Pass, domain, DmarcPolicy.Reject, domain, SpfAligned: true, DkimAligned: false, ""),
    };

    public static Verdict Verdict(VerdictKind kind = VerdictKind.Phishing, string subject = "Your account", string text = "") => new(
        kind,
        kind == VerdictKind.Clean ? null : AttackType.CredentialPhishing,
        kind == VerdictKind.Clean ? 0 : 80,
        [new Reason("reply-to-mismatch", 30, new Evidence(EvidenceKind.Header, "Reply-To", "x@y.test"), new Dictionary<string, string> { ["domain"] = "y.test" })],
        new Origin("198.51.100.9", "NL", 64500, "Example Net", "connection"),
        MessageFacts.Empty with
        {
            MessageIdHeader = "id@outside.test",
            Subject = subject,
            FromAddress = "boss@acme.test",
            FromName = "Boss",
            ReplyTo = ["x@y.test"],
            Links = [.. Enumerable.Range(0, 25).Select(i => $"https://y.test/{i}")],
            Attachments = [new AttachmentFacts("請求書.pdf", "application/pdf", "application/pdf", 99, new string('b', 64))],
            Text = text,
        },
        [],
        "test");

    public static ScanOutcome Outcome(ScanLease lease, DeliveryState to, Verdict? verdict = null) => new(
        verdict ?? Verdict(),
        ScanContext.Offline(lease.ReceivedAt, "acme.test"),
        [.. lease.Deliveries.Select(d => new DeliveryDecision(d.Id, to, to == DeliveryState.Queued ? "deliver" : "quarantine", null) { Plan = PlanOf(to) })]);

    /// <summary>A plan whose first stage is the state; of other states, none.</summary>
    public static SendPlan PlanOf(DeliveryState state) => state switch
    {
        DeliveryState.AwaitingConfirmation => SendPlan.Of(new SendStage.Confirm([new SendReason("rule", "Really?", "size > 1")], 24)),
        DeliveryState.Waiting => SendPlan.Of(new SendStage.Wait(5)),
        DeliveryState.AwaitingApproval => SendPlan.Of(new SendStage.Approve(Guid.NewGuid(), "chain", [], 48)),
        _ => SendPlan.AtOnce,
    };
}
