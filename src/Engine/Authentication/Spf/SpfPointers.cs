using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>
/// Validated names of the client (RFC 7208, 5.5): names that its PTR records give and whose addresses hold the client.
/// Errors of DNS give no names, and no error.
/// </summary>
internal sealed class SpfPointers(MacroValues values, SpfLimits limits)
{
    private const string Unknown = "unknown";

    private readonly Dictionary<string, bool> _validated = new(StringComparer.OrdinalIgnoreCase);
    private (DnsStatus Status, List<string> Names)? _pointers;

    /// <summary>The mechanism <c>ptr</c>: a validated name is the target or below it.</summary>
    public async ValueTask<SpfTerm> MatchAsync(string target, SpfQuestions questions, CancellationToken cancellationToken)
    {
        var (status, names) = await NamesAsync(questions, cancellationToken);
        var domain = target.TrimEnd('.');
        foreach (var name in names)
        {
            if (SpfName.IsWithin(name, domain) && await IsValidatedAsync(name, questions, cancellationToken))
                return SpfTerm.Match;
        }

        return status is DnsStatus.NoData or DnsStatus.NoDomain ? SpfTerm.Void : SpfTerm.NoMatch;
    }

    /// <summary>The macro <c>p</c> (RFC 7208, 7.3): the domain itself, else a name below it, else any; <c>unknown</c> without one.</summary>
    public async ValueTask<string> NameForAsync(string domain, SpfQuestions questions, CancellationToken cancellationToken)
    {
        var (_, names) = await NamesAsync(questions, cancellationToken);
        foreach (var name in names.OrderBy(name => Distance(name, domain)))
        {
            if (await IsValidatedAsync(name, questions, cancellationToken))
                return name;
        }

        return Unknown;
    }

    private static int Distance(string name, string domain) =>
        !SpfName.IsWithin(name, domain) ? 2 : name.Length == domain.Length ? 0 : 1;

    private async ValueTask<(DnsStatus Status, List<string> Names)> NamesAsync(SpfQuestions questions, CancellationToken cancellationToken)
    {
        if (_pointers is { } known)
            return known;
        var answer = await questions.AskAsync(values.ReverseName(), DnsType.Reverse, cancellationToken);
        List<string> names = [.. answer.Records.OfType<DnsRecord.Name>().Select(name => name.Host.TrimEnd('.')).Take(limits.MaxPointers)];
        _pointers = (answer.Status, names);
        return (answer.Status, names);
    }

    private async ValueTask<bool> IsValidatedAsync(string name, SpfQuestions questions, CancellationToken cancellationToken)
    {
        if (_validated.TryGetValue(name, out var known))
            return known;
        var answer = await questions.AskAsync(name, SpfAddressMechanisms.TypeOf(values.Client), cancellationToken);
        var isValidated = answer.Records.OfType<DnsRecord.Address>().Any(address => address.Value.Equals(values.Client));
        _validated[name] = isValidated;
        return isValidated;
    }
}
