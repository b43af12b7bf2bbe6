using Microsoft.EntityFrameworkCore;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>A tenant that sends, and is attacked.</summary>
public abstract class AttackingContract(IStorageBackend backend) : SendingContract(backend)
{
    protected const string Attacker = "evil@attack.example";

    protected async Task WaitingAsync((Guid Tenant, Guid Mailbox) sender, DeliveryState state, params string[] recipients)
    {
        await AcceptAsync(Submitted(sender, recipients));
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean), outcome => outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision.After(Mails.PlanOf(state)))] });
    }

    protected async Task AttackAsync(Guid tenant, string from, string? replyTo = null, Verdict? verdict = null, bool isProven = true)
    {
        await AcceptAsync(Mails.To(tenant, Now, "info@acme.test"));
        verdict ??= Mails.Verdict();
        await InspectedAsync(
            verdict with { Authentication = isProven ? Mails.Proven(from.Split('@')[1]) : null, Facts = verdict.Facts with { FromAddress = from, ReplyTo = replyTo is null ? [] : [replyTo] } },
            outcome => outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { To = DeliveryState.Quarantined })] });
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        await db.Deliveries.Where(row => row.Recipient == "info@acme.test").ExecuteDeleteAsync(Ct);
    }

    protected async Task<IReadOnlyDictionary<string, AttackFrom>> AskAsync((Guid Tenant, Guid Mailbox) sender, TimeSpan time, string recipient = Attacker) =>
        (await Storage.Get<ICorrespondence>().OfAsync(new CorrespondenceQuery(sender.Tenant, sender.Mailbox, [recipient], Now - time), Ct)).Attackers;
}
