using Platform.Engine.Authentication.Dns;

namespace Platform.Conformance.Spoof;

/// <summary>DNS of the world in which the attacks happen: the victim forbids all but its own, everything else belongs to the attacker, who allows all.</summary>
internal sealed class SpoofZone(string victim) : IDnsResolver
{
    public const string AttackerAddress = "192.0.2.66";

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isVictim = $".{name.TrimEnd('.')}".EndsWith($".{victim}", StringComparison.OrdinalIgnoreCase);
        var exists = !isVictim || name.TrimEnd('.').Equals(victim, StringComparison.OrdinalIgnoreCase) || name.StartsWith($"_dmarc.{victim}", StringComparison.OrdinalIgnoreCase);
        if (!exists)
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
        if (type != DnsType.Txt || !name.Contains('.', StringComparison.Ordinal) || name.StartsWith("_dmarc.com", StringComparison.OrdinalIgnoreCase))
            return ValueTask.FromResult(new DnsAnswer(DnsStatus.NoData, []));
        var isPolicy = name.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase);
        var text = (isPolicy, isVictim) switch
        {
            (true, true) => "v=DMARC1; p=reject",
            (true, false) => "v=DMARC1; p=none",
            (false, true) => "v=spf1 -all",
            (false, false) => "v=spf1 +all",
        };
        return ValueTask.FromResult(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(text)]));
    }
}
