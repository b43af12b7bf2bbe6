using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Transport;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.MtaSts;

/// <param name="Policy">Null: there is none that can be had.</param>
/// <param name="Text">As fetched.</param>
/// <param name="Fault">Why the newest could not be had; an older one may hold all the same.</param>
internal sealed record MtaStsAnswer(MtaStsPolicy? Policy, string Text = "", TlsFault? Fault = null);

/// <summary>
/// The policies that domains publish by MTA-STS (RFC 8461), kept in the storage for all silos. A policy holds for its <c>max_age</c>, whatever
/// becomes of its record or of the host that it came from: an attacker who can take those away must not take it away (RFC 8461, 5.1 and 10.2).
/// </summary>
internal sealed partial class MtaStsPolicies(IDnsResolver dns, IMtaStsStore store, MtaStsFetch fetch, TimeProvider clock, ILogger<MtaStsPolicies> logger)
{
    /// <summary>Between tries at one id (RFC 8461, 3.3).</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Domain, string Id), Task<MtaStsAnswer>> _underWay = [];

    /// <param name="domain">A-labels, lower case.</param>
    public async Task<MtaStsAnswer> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var record = await dns.QueryAsync(MtaStsRecord.Prefix + domain, DnsType.Txt, cancellationToken);
        var id = MtaStsRecord.Id(record.Records.OfType<DnsRecord.Text>().Select(text => text.Value));
        var kept = await store.FindAsync(domain, cancellationToken);
        var held = Held(kept);
        // No record now: what is kept holds to its end (RFC 8461, 5.1).
        if (id is null)
            return held ?? new MtaStsAnswer(null);
        var now = clock.GetUtcNow();
        if (held is not null && kept!.Id == id && !IsHalfOver(kept, now))
            return held;
        if (kept?.Failure is { } failed && failed.Id == id && now - failed.At < Retry)
            return (held ?? new MtaStsAnswer(null)) with { Fault = held is null || kept.Id != id ? new TlsFault(failed.Result, failed.Text) : null };
        return await FetchOnceAsync(domain, id, held, kept, cancellationToken);
    }

    /// <summary>Those who want the same at once share one fetch.</summary>
    private Task<MtaStsAnswer> FetchOnceAsync(string domain, string id, MtaStsAnswer? held, KeptMtaSts? kept, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue((domain, id), out var task))
            {
                task = FetchAsync(domain, id, held, kept);
                if (!task.IsCompleted)
                    _underWay[(domain, id)] = task;
            }

            return task.WaitAsync(cancellationToken);
        }
    }

    private async Task<MtaStsAnswer> FetchAsync(string domain, string id, MtaStsAnswer? held, KeptMtaSts? kept)
    {
        await Task.Yield();
        try
        {
            var (policy, text, fault) = await fetch.FetchAsync(domain, CancellationToken.None);
            if (policy is not null)
            {
                await store.KeepAsync(domain, id, text, clock.GetUtcNow() + policy.MaxAge, CancellationToken.None);
                return new MtaStsAnswer(policy, text);
            }

            LogNotFetched(domain, fault!.Reason);
            await store.NoteFailureAsync(domain, new MtaStsFailure(id, clock.GetUtcNow(), fault.Result, fault.Reason), CancellationToken.None);
            // A refresh that fails while the policy is good is no fault of anything yet.
            return (held ?? new MtaStsAnswer(null)) with { Fault = held is null || kept!.Id != id ? fault : null };
        }
        finally
        {
            lock (_lock)
                _underWay.Remove((domain, id));
        }
    }

    private MtaStsAnswer? Held(KeptMtaSts? kept) =>
        kept is { Text: { } text, ExpiresAt: { } until } && until > clock.GetUtcNow() && MtaStsPolicy.TryParse(text, out var policy, out _) ? new MtaStsAnswer(policy, text) : null;

    /// <summary>Fetched again well before it ends, so that it does not end by a bad hour of its host (RFC 8461, 3.3 and 10.2).</summary>
    private static bool IsHalfOver(KeptMtaSts kept, DateTimeOffset now) => kept is { FetchedAt: { } from, ExpiresAt: { } until } && now - from > (until - from) / 2;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The MTA-STS policy of {Domain} could not be had: {Reason}.")]
    private partial void LogNotFetched(string domain, string reason);
}
