using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Platform.Engine;
using Platform.Engine.Conditions;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy;
using Platform.Grains.Policy.Rules;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;

namespace Platform.Grains.Inspection;

/// <summary>
/// One attempt to inspect one leased message: body and context to the scanner pool, policy for each delivery, all written
/// under the fence of the lease. The worker and the SMTP session (for a rejection inside the session) both call it.
/// </summary>
public sealed partial class MessageInspector
{
    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    private readonly IMessageFlow _flow;
    private readonly IBodyStore _bodies;
    private readonly IRecipientDirectory _directory;
    private readonly IScannerPool _scanners;
    private readonly ISenderHistory _history;
    private readonly HistoryRecorder _recorder;
    private readonly TenantPeople _people;
    private readonly ITenantLists _lists;
    private readonly IRuleBook _rules;
    private readonly IPolicyBook _policies;
    private readonly IMailboxSenders _senders;
    private readonly ISenderGroups _groups;
    private readonly RecipientCheck _recipients;
    private readonly InspectionSettings _settings;
    private readonly string _serviceId;
    private readonly TimeProvider _clock;
    private readonly ILogger<MessageInspector> _logger;

    internal MessageInspector(
        IMessageFlow flow,
        IBodyStore bodies,
        IRecipientDirectory directory,
        IScannerPool scanners,
        ISenderHistory history,
        HistoryRecorder recorder,
        TenantPeople people,
        ITenantLists lists,
        IRuleBook rules,
        IPolicyBook policies,
        IMailboxSenders senders,
        ISenderGroups groups,
        RecipientCheck recipients,
        FlowSettings settings,
        TimeProvider clock,
        ILogger<MessageInspector> logger)
    {
        _flow = flow;
        _bodies = bodies;
        _directory = directory;
        _scanners = scanners;
        _history = history;
        _recorder = recorder;
        _people = people;
        _lists = lists;
        _rules = rules;
        _policies = policies;
        _senders = senders;
        _groups = groups;
        _recipients = recipients;
        _settings = settings.Inspection;
        _serviceId = settings.Hostname;
        _clock = clock;
        _logger = logger;
    }

    /// <param name="rejectionPossible">The caller still holds the session's reply, so that policy may reject.</param>
    /// <param name="cancellationToken">
    /// Ends the wait for the scanner. Once there is a verdict it is written all the same and the outcome told, so that a session
    /// that awaits this call always knows whether a rejection stands.
    /// </param>
    /// <exception cref="OperationCanceledException">Cancelled before there was a verdict: nothing was written, the message is due again at once.</exception>
    public async Task<InspectionOutcome> InspectAsync(ScanLease lease, bool rejectionPossible, CancellationToken cancellationToken)
    {
        try
        {
            var tenant = await _directory.FindTenantAsync(lease.TenantId, cancellationToken);
            if (tenant is null)
                return await FailAsync(lease, "The tenant is not in the directory.");
            if (await ReadAsync(lease, cancellationToken) is not { } message)
                return await FailAsync(lease, "The message is larger than the limit.");

            var context = await ContextAsync(lease, tenant, cancellationToken);
            var scan = await ScanAsync(lease, message, context, await _lists.OfAsync(tenant, cancellationToken), cancellationToken);
            if (scan.Value is { } verdict)
            {
                var decided = await DecideAsync(lease, verdict, message.Length, rejectionPossible);
                return await CompleteAsync(lease, verdict, context with { Dns = verdict.Dns, Feeds = verdict.Feeds }, decided);
            }

            return scan.Failure == ScannerFailure.Unavailable
                ? await ReturnAsync(lease, scan.Detail ?? "no scanner")
                : await FailAsync(lease, $"{scan.Failure}: {scan.Detail}");
        }
        catch (BodyMissingException)
        {
            return await FailAsync(lease, "The body is not in the store.");
        }
        catch (CryptographicException)
        {
            return await FailAsync(lease, "The body in the store was changed.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _flow.FailScanAsync(lease, "The inspection was interrupted.", _clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(ScanLease lease, CancellationToken cancellationToken)
    {
        await using var body = await _bodies.OpenReadAsync(lease.TenantId, lease.Body, cancellationToken);
        if (body.Length > _settings.MaxMessageBytes)
            return null;
        var bytes = new byte[body.Length];
        await body.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task<ScanContext> ContextAsync(ScanLease lease, TenantSettings tenant, CancellationToken cancellationToken) => new(
        _clock.GetUtcNow(),
        tenant.Domains,
        await _people.OfAsync(tenant.Id, cancellationToken),
        tenant.TrustedHops,
        await HistoryAsync(lease, cancellationToken))
    {
        ServiceId = _serviceId,
    };

    private async Task<History> HistoryAsync(ScanLease lease, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(lease.Envelope.MailFrom))
            return History.Unknown;
        try
        {
            var mailbox = lease.Deliveries.Select(d => d.MailboxId).FirstOrDefault(id => id is not null);
            return await _history.OfAsync(lease.TenantId, mailbox, lease.Envelope.MailFrom, cancellationToken)
                .WaitAsync(_settings.HistoryWait, _clock, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoHistory(lease.MessageId, exception);
            return History.Unknown;
        }
    }

    private async Task<ScannerResult<Verdict>> ScanAsync(ScanLease lease, ReadOnlyMemory<byte> message, ScanContext context, ListEntries? entries, CancellationToken cancellationToken)
    {
        var envelope = lease.Envelope;
        if (lease.Mode == IntakeMode.Journal)
        {
            var opened = await _scanners.ReadJournalAsync(message, cancellationToken);
            if (opened.Value is not { } report)
                return ScannerResult.Failed<Verdict>(opened.Failure ?? ScannerFailure.Crashed, opened.Detail ?? "");
            if (report.IsReport)
            {
                message = report.Message;
                // Who connected is the server that reports, which says nothing of who sent the mail.
                envelope = envelope with { ClientAddress = null, ClientName = null, Helo = null, MailFrom = report.Sender ?? envelope.MailFrom, Recipients = report.Recipients };
            }
        }
        return await _scanners.ScanAsync(new ScanRequest(message, envelope, context) { Entries = entries }, cancellationToken);
    }

    /// <summary>By policy and rules as they are now: a scan takes a while. Each delivery by the policy of its own mailbox.</summary>
    private async Task<Decided> DecideAsync(ScanLease lease, Verdict verdict, long size, bool rejectionPossible)
    {
        var tenant = await _directory.FindTenantAsync(lease.TenantId, CancellationToken.None) ?? throw new InvalidOperationException("The tenant is gone.");
        var policies = await _policies.OfAsync(tenant, CancellationToken.None);
        var rules = await _rules.OfAsync(tenant, CancellationToken.None);
        var judge = new RuleJudge(rules, new ConditionFacts(verdict, lease.Envelope, size));
        // What goes out goes by the policy and rules of who sends it: the mailbox that submits; where a server of the tenant's own does, that of MAIL FROM, else the author's.
        var written = lease.Mode == IntakeMode.Submission && (lease.ConnectorId is not null || lease.SenderMailboxId is null) ? await AuthorOfAsync(tenant, verdict) : null;
        var author = lease.Mode == IntakeMode.Submission ? lease.SenderMailboxId ?? written : null;
        var found = lease.Mode == IntakeMode.Submission
            ? await _recipients.CheckAsync(lease, verdict.Facts, tenant, author, policies.OfMailbox(author), CancellationToken.None)
            : CheckedRecipients.Nothing;
        var sending = lease.Mode == IntakeMode.Submission
            ? new SendJudge(rules, new ConditionFacts(verdict, lease.Envelope, size) { Sending = await SendingAsync(lease, author, policies, rules, found) }, hasSender: author is not null)
            : null;
        var listed = await _senders.OfAsync(lease.TenantId, verdict.Facts.FromAddress, CancellationToken.None);
        var isOwn = lease.Mode != IntakeMode.Submission
            || (lease is { ConnectorId: null, SenderMailboxId: { } sender } ? await AreOwnAsync(sender, verdict.Authors) : await AreOfTenantAsync(tenant, verdict.Authors));
        var judged = lease.Deliveries.Select(delivery => Judged(delivery, policies.OfMailbox(lease.Mode == IntakeMode.Submission ? author : delivery.MailboxId))).ToList();
        // One reply stands for all recipients: while one of them is to have the mail, it is accepted, and what others reject is quarantined.
        var rejected = rejectionPossible && judged.TrueForAll(delivery => delivery.Why.Action == PolicyAction.Reject);
        List<DeliveryDecision> decisions =
        [
            .. judged.Select(delivery =>
                (PolicyDecision.For(verdict, delivery.Why.Action, lease.Mode, rejected, lease.MessageId, delivery.Id, delivery.TagText) with { Why = delivery.Why, Form = delivery.Form }).After(delivery.Plan)),
        ];
        var copies = judged.Zip(decisions).Where(pair => pair.Second.To == DeliveryState.Queued || DeliveryMoves.IsStage(pair.Second.To)).SelectMany(pair => pair.First.Copies);
        return new Decided(decisions, lease.Mode == IntakeMode.Submission && policies.OfMailbox(author).TellsSender(), written)
        {
            Copies = await RuleCopies.OfAsync(_directory, tenant.Id, new DecisionRecord(verdict.Kind, PolicyAction.Deliver, PolicyAction.Deliver, rules.Revisions), copies, CancellationToken.None),
            Greeted = sending is null ? null : RecipientCheck.Greeted(lease, verdict.Facts, decisions),
            RecipientsAskedAt = found.AskedAt,
        };

        (Guid Id, DecisionRecord Why, string TagText, SendPlan Plan, SendForm Form, IReadOnlyList<CopyDemand> Copies) Judged(DeliveryRef delivery, EffectivePolicy policy)
        {
            var why = OwnersWord.Over(judge.Decide(delivery.Recipient, policy), verdict, SaidBy(delivery));
            if (sending is null)
                return (delivery.Id, why, policy.TagText, SendPlan.AtOnce, SendForm.AsItIs, []);
            var word = sending.Decide(delivery.Recipient);
            var findings = found.Of(delivery);
            var decided = RecipientWord.Over(word.Over(SubmissionWord.Over(why, delivery.MailboxId is null, isOwn)), findings);
            return (
                delivery.Id,
                decided,
                policy.TagText,
                OutgoingPlan.Of(policy, word.Demands, findings, hasSender: author is not null),
                OutgoingForm.Of(policy, word.Demands, isOutside: delivery.MailboxId is null, verdict.Facts.Attachments),
                word.Demands.Copies);
        }

        ListAction? SaidBy(DeliveryRef delivery) => delivery.MailboxId is { } mailbox && listed.TryGetValue(mailbox, out var said) ? said : null;
    }

    private async ValueTask<SendingFacts> SendingAsync(ScanLease lease, Guid? sender, TenantPolicies policies, RuleSet rules, CheckedRecipients found) => new(
        sender is { } mailbox && rules.Sending.Count > 0 ? await _groups.OfMailboxAsync(lease.TenantId, mailbox, CancellationToken.None) : [],
        lease.Deliveries.Where(delivery => delivery.MailboxId is null).Select(delivery => delivery.Recipient).ToHashSet(StringComparer.Ordinal),
        TimeZoneInfo.ConvertTime(lease.ReceivedAt, policies.Tenant.DigestOf().Zone))
    {
        Findings = found.Findings,
        Visible = found.Visible,
    };

    /// <summary>The mailbox of whom readers see as its author, or of the first author that has one.</summary>
    private async ValueTask<Guid?> AuthorOfAsync(TenantSettings tenant, Verdict verdict)
    {
        foreach (var address in verdict.Authors.Prepend(verdict.Facts.FromAddress))
        {
            if ((await _directory.FindTenantOfAuthorAsync(address, CancellationToken.None))?.Id == tenant.Id && await _directory.FindSenderAsync(address, CancellationToken.None) is { } mailbox)
                return mailbox.Id;
        }

        return null;
    }

    /// <summary>Mail of an account is from that account (RFC 6409, 6.1): its address, an alias of it, or one with a tag.</summary>
    private async ValueTask<bool> AreOwnAsync(Guid mailboxId, IReadOnlyList<string> authors)
    {
        foreach (var author in authors)
        {
            if ((await _directory.FindSenderAsync(author, CancellationToken.None))?.Id != mailboxId)
                return false;
        }

        return authors.Count > 0;
    }

    /// <summary>A server of a tenant's own sends for all of its people, and for its programs that have no mailbox.</summary>
    private async ValueTask<bool> AreOfTenantAsync(TenantSettings tenant, IReadOnlyList<string> authors)
    {
        foreach (var author in authors)
        {
            if ((await _directory.FindTenantOfAuthorAsync(author, CancellationToken.None))?.Id != tenant.Id)
                return false;
        }

        return authors.Count > 0;
    }

    private async Task<InspectionOutcome> CompleteAsync(ScanLease lease, Verdict verdict, ScanContext context, Decided decided)
    {
        if (!await _flow.CompleteScanAsync(lease, decided.Outcome(verdict, context), CancellationToken.None))
        {
            LogLeaseLost(lease.MessageId);
            return new InspectionOutcome(InspectionStatus.LeaseLost, null, [], null);
        }

        LogInspected(lease.MessageId, verdict.Kind, verdict.Score);
        NoteSightings(lease, verdict);
        return new InspectionOutcome(InspectionStatus.Completed, verdict, decided.Deliveries, null);
    }

    private void NoteSightings(ScanLease lease, Verdict verdict)
    {
        if (string.IsNullOrEmpty(lease.Envelope.MailFrom))
            return;
        foreach (var mailbox in lease.Deliveries.Select(d => d.MailboxId).OfType<Guid>().Distinct())
        {
            _recorder.Note(new SenderSighting(
                lease.TenantId, mailbox, lease.MessageId, lease.Envelope.MailFrom, verdict.Origin.Country, verdict.Origin.Asn, verdict.Kind, lease.ReceivedAt));
        }
    }

    /// <summary>No scanner could take the message: the fault is ours, so it costs the message no attempt.</summary>
    private async Task<InspectionOutcome> ReturnAsync(ScanLease lease, string detail)
    {
        LogReturned(lease.MessageId, detail);
        var kept = await _flow.ReturnScanAsync(lease, _clock.GetUtcNow() + RetryAfter[0], CancellationToken.None);
        return new InspectionOutcome(kept ? InspectionStatus.Failed : InspectionStatus.LeaseLost, null, [], kept ? detail : null);
    }

    private async Task<InspectionOutcome> FailAsync(ScanLease lease, string detail)
    {
        var wait = RetryAfter[Math.Clamp(lease.Attempt, 1, RetryAfter.Length) - 1];
        LogFailed(lease.MessageId, lease.Attempt, detail);
        var kept = await _flow.FailScanAsync(lease, detail, _clock.GetUtcNow() + wait, CancellationToken.None);
        return new InspectionOutcome(kept ? InspectionStatus.Failed : InspectionStatus.LeaseLost, null, [], kept ? detail : null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} waits for a scanner: {Detail}")]
    private partial void LogReturned(Guid messageId, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Message {MessageId} inspected: {Verdict}, score {Score}.")]
    private partial void LogInspected(Guid messageId, VerdictKind verdict, int score);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} could not be inspected in attempt {Attempt}: {Detail}")]
    private partial void LogFailed(Guid messageId, int attempt, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scan lease of message {MessageId} was lost; its verdict is not written.")]
    private partial void LogLeaseLost(Guid messageId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No history of the sender of message {MessageId}.")]
    private partial void LogNoHistory(Guid messageId, Exception exception);
}
