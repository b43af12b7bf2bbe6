using DnsClient;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns;

// DNS (RFC 1034, 1035): a question is a name and a type; the answer holds records of that type, or an alias (CNAME) and the
// records of its target, or nothing. "Nothing" has two forms: the name has no such record (NODATA: no error, no records, the
// zone's SOA in the authority section), or it does not exist (NXDOMAIN). Anything else is a failure of the moment: a server
// that cannot (SERVFAIL), will not (REFUSED), does not know the zone (a referral in place of an answer), or is silent. Questions
// go by UDP; an answer too long for it comes with the TC bit, and is fetched by TCP. A stub like this one asks a recursive
// resolver, and still takes only records whose owner is the name it asked for, or an alias of it.

/// <summary>Asks name servers by way of DnsClient. No cache: <see cref="CachingResolver"/> is one.</summary>
public sealed class DnsClientResolver : IDnsResolver
{
    // Fits a datagram that no network splits (the figure of DNS Flag Day 2020); what is longer comes by TCP.
    private const int MaxDatagram = 1232;
    private const int MaxAliases = 8;

    private readonly LookupClient _client;
    private readonly NameServer[] _servers;
    private readonly TimeSpan _deadline;
    private readonly bool _isValidating;
    private readonly TimeProvider _clock;
    private int _preferred;

    public DnsClientResolver(DnsSettings settings, TimeProvider clock)
    {
        _deadline = settings.Deadline;
        _isValidating = settings.IsValidating;
        _clock = clock;
        var options = settings.Servers.Count == 0 ? new LookupClientOptions() : new LookupClientOptions([.. settings.Servers]);
        options.Timeout = settings.AttemptTimeout;
        options.Retries = settings.Retries;
        options.ExtendedDnsBufferSize = MaxDatagram;
        options.UseCache = false;
        options.UseTcpFallback = true;
        options.ThrowDnsErrors = false;
        // A resolver sets AD for whoever asks with DO (RFC 6840, 5.8).
        options.RequestDnsSecRecords = settings.IsValidating;
        // Which failure sends us to the next server is decided here: NXDOMAIN, an error to DnsClient, is an answer.
        options.ContinueOnDnsError = false;
        options.ContinueOnEmptyResponse = false;
        _client = new LookupClient(options);
        _servers = [.. _client.NameServers];
    }

    /// <summary>
    /// A name whose A-labels do not decode (RFC 5891, 5.4) ends as <see cref="DnsStatus.ServerFailure"/>: DnsClient reads no answer about it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!DnsName.IsName(name))
            return new DnsAnswer(DnsStatus.NoDomain, []);
        using var end = new CancellationTokenSource(_deadline, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var answer = await FollowAsync(name, type, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return answer;
    }

    // A recursive resolver follows aliases itself; a server that knows only its own zone leaves the last step to us.
    private async Task<DnsAnswer> FollowAsync(string name, DnsType type, CancellationToken end)
    {
        TimeSpan? ttl = null;
        var isAuthenticated = _isValidating;
        for (var step = 0; step <= MaxAliases; step++)
        {
            var reading = await AskAsync(name, type, end);
            ttl = ttl is null || reading.Answer.Ttl < ttl ? reading.Answer.Ttl : ttl;
            isAuthenticated &= reading.Answer.IsAuthenticated;
            if (reading.Alias is null)
                return reading.Answer with { Ttl = ttl.Value, IsAuthenticated = isAuthenticated };
            name = reading.Alias;
        }

        return new DnsAnswer(DnsStatus.ServerFailure, []);
    }

    // From the server that answered last (RFC 1035, 7.2), so that a dead one is waited for once.
    private async Task<AnswerReader.Reading> AskAsync(string name, DnsType type, CancellationToken end)
    {
        var first = Volatile.Read(ref _preferred);
        var reading = new AnswerReader.Reading(new DnsAnswer(DnsStatus.ServerFailure, []));
        for (var i = 0; i < _servers.Length; i++)
        {
            var server = (first + i) % _servers.Length;
            reading = await AskAsync(_servers[server], name, type, end);
            if (!reading.Answer.IsTemporary)
            {
                Volatile.Write(ref _preferred, server);
                return reading;
            }

            if (end.IsCancellationRequested)
                break;
        }

        return reading;
    }

    private async Task<AnswerReader.Reading> AskAsync(NameServer server, string name, DnsType type, CancellationToken end)
    {
        try
        {
            var question = new DnsQuestion(DnsString.Parse(name), (QueryType)type);
            return AnswerReader.Read(await _client.QueryServerAsync([server], question, cancellationToken: end), name, type);
        }
        catch (Exception exception)
        {
            // What a stranger's server sends may break the reader of it in any way.
            var isLate = end.IsCancellationRequested || exception is OperationCanceledException or DnsResponseException { Code: DnsResponseCode.ConnectionTimeout };
            return new AnswerReader.Reading(new DnsAnswer(isLate ? DnsStatus.TimedOut : DnsStatus.ServerFailure, []));
        }
    }
}
