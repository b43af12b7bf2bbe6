using System.Net;
using System.Net.Sockets;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>The mechanisms that compare the client with addresses in DNS (RFC 7208, 5.3, 5.4, 5.7).</summary>
internal sealed class SpfAddressMechanisms(IPAddress client, SpfLimits limits, SpfQuestions questions)
{
    /// <summary>The type of the client's family.</summary>
    public static DnsType TypeOf(IPAddress client) => client.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;

    public async ValueTask<SpfTerm> AddressAsync(SpfDirective directive, string name, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(name, TypeOf(client), cancellationToken);
        if (answer.IsTemporary)
            return NoAnswer(directive.Text, name, answer.Status);
        return answer.IsVoid ? SpfTerm.Void : SpfTerm.Of(Holds(answer, directive));
    }

    public async ValueTask<SpfTerm> ExchangerAsync(SpfDirective directive, string name, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(name, DnsType.Mx, cancellationToken);
        if (answer.IsTemporary)
            return NoAnswer(directive.Text, name, answer.Status);
        if (answer.IsVoid)
            return SpfTerm.Void;
        // Servers turn equal records round; in a fixed order the result does not depend on it. A null MX names no host (RFC 7505, 3).
        var hosts = answer.Records.OfType<DnsRecord.Exchanger>().Where(exchanger => exchanger.Host.Length > 0)
            .OrderBy(exchanger => exchanger.Preference).ThenBy(exchanger => exchanger.Host, StringComparer.OrdinalIgnoreCase)
            .Take(limits.MaxExchangers + 1).Select(exchanger => exchanger.Host).ToList();
        var found = 0;
        for (var i = 0; i < hosts.Count; i++)
        {
            if (i == limits.MaxExchangers)
                return SpfTerm.Permanent($"'{directive.Text}' leads to more than {limits.MaxExchangers} MX hosts of {name}.");
            var addresses = await questions.AskAsync(hosts[i], TypeOf(client), cancellationToken);
            if (addresses.IsTemporary)
                return NoAnswer(directive.Text, hosts[i], addresses.Status);
            if (Holds(addresses, directive))
                return SpfTerm.Match;
            found += addresses.Records.Count;
        }

        // The limit is on terms that find nothing, not on questions: hosts without an address for one family are common.
        return hosts.Count > 0 && found == 0 ? SpfTerm.Void : SpfTerm.NoMatch;
    }

    /// <summary>Asks for A whatever the client's family (RFC 7208, 5.7).</summary>
    public async ValueTask<SpfTerm> ExistsAsync(SpfDirective directive, string name, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(name, DnsType.A, cancellationToken);
        if (answer.IsTemporary)
            return NoAnswer(directive.Text, name, answer.Status);
        return answer.IsVoid ? SpfTerm.Void : SpfTerm.Match;
    }

    private bool Holds(DnsAnswer answer, SpfDirective directive)
    {
        var bits = client.AddressFamily == AddressFamily.InterNetwork ? directive.Prefix4 : directive.Prefix6;
        foreach (var record in answer.Records)
        {
            if (record is DnsRecord.Address address && SpfPrefix.Matches(client, address.Value, bits))
                return true;
        }

        return false;
    }

    private static SpfTerm NoAnswer(string term, string name, DnsStatus status) =>
        SpfTerm.Temporary($"DNS gave no answer for {name} of '{term}' ({status}).");
}
