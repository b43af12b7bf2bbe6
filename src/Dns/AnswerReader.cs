using DnsClient;
using DnsClient.Protocol;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns;

/// <summary>Makes an answer of a response.</summary>
internal static class AnswerReader
{
    private const int MaxRecords = 256;
    private const int MaxAliases = 16;

    /// <param name="Alias">The name to ask on: the answer ended at an alias without its target.</param>
    public readonly record struct Reading(DnsAnswer Answer, string? Alias = null);

    public static Reading Read(IDnsQueryResponse response, string name, DnsType type)
    {
        if (!IsReplyTo(response, name, type))
            return new Reading(new DnsAnswer(DnsStatus.ServerFailure, []));
        var code = response.Header.ResponseCode;
        if (code is not (DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain))
            return new Reading(new DnsAnswer(DnsStatus.ServerFailure, []));
        if (Resolve(response, name, type, out var ttl) is not { } owner)
            return new Reading(new DnsAnswer(DnsStatus.ServerFailure, []));
        var soa = response.Authorities.OfType<SoaRecord>().FirstOrDefault();
        if (code == DnsHeaderResponseCode.NotExistentDomain)
            return new Reading(Nothing(response, DnsStatus.NoDomain, soa, ttl));
        List<DnsResourceRecord> mine = [.. response.Answers.Where(record => IsOf(record, type) && AreSame(record, owner)).Take(MaxRecords)];
        if (mine.Count > 0)
        {
            ttl = Math.Min(ttl, mine.Min(record => record.InitialTimeToLive));
            return new Reading(new DnsAnswer(DnsStatus.Found, [.. mine.Select(RecordReader.Read)], Seconds(ttl), response.Header.IsAuthenticData));
        }

        if (soa is null && !DnsName.AreSame(owner, name))
            return new Reading(new DnsAnswer(DnsStatus.NoData, [], Seconds(ttl), response.Header.IsAuthenticData), owner);
        return new Reading(IsReferral(response, soa) ? new DnsAnswer(DnsStatus.ServerFailure, []) : Nothing(response, DnsStatus.NoData, soa, ttl));
    }

    // RFC 5452, 9.1: the question of a reply is the one that was asked.
    private static bool IsReplyTo(IDnsQueryResponse response, string name, DnsType type) =>
        response.Questions is [var question] && question.QuestionType == (QueryType)type && DnsName.AreSame(HostName.Of(question.QueryName), name);

    // The last of the aliases that the answer itself gives, from the name asked for on; null when they lead in a circle.
    private static string? Resolve(IDnsQueryResponse response, string name, DnsType type, out int ttl)
    {
        ttl = int.MaxValue;
        List<CNameRecord> aliases = type == DnsType.Cname ? [] : [.. response.Answers.OfType<CNameRecord>().Take(MaxAliases)];
        for (var step = 0; step <= aliases.Count; step++)
        {
            if (aliases.Find(alias => AreSame(alias, name)) is not { } next)
                return name;
            ttl = Math.Min(ttl, next.InitialTimeToLive);
            name = HostName.Of(next.CanonicalName);
        }

        return null;
    }

    // RFC 2308, 2.2: neither of an authority nor of a resolver, or other servers in place of an answer.
    private static bool IsReferral(IDnsQueryResponse response, SoaRecord? soa) =>
        soa is null
        && (response.Authorities.OfType<NsRecord>().Any() || !(response.Header.HasAuthorityAnswer || response.Header.RecursionAvailable));

    // RFC 2308, 5: the lesser of the SOA's own time to live and its MINIMUM; zero when the zone does not say.
    private static DnsAnswer Nothing(IDnsQueryResponse response, DnsStatus status, SoaRecord? soa, int ttl)
    {
        var negative = soa is null ? 0 : (int)Math.Min((uint)soa.InitialTimeToLive, soa.Minimum);
        return new DnsAnswer(status, [], Seconds(Math.Min(ttl, negative)), response.Header.IsAuthenticData);
    }

    // RFC 2181, 8: a time to live with the highest bit set is zero.
    private static TimeSpan Seconds(int ttl) => TimeSpan.FromSeconds(Math.Max(0, ttl));

    private static bool IsOf(DnsResourceRecord record, DnsType type) => (int)record.RecordType == (int)type;

    private static bool AreSame(DnsResourceRecord record, string name) => DnsName.AreSame(HostName.Of(record.DomainName), name);
}
