using System.Net;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;

namespace Platform.Fuzz.Targets.Spf;

/// <summary>A record of a stranger, read and evaluated in a DNS where every name has records, made of the same input. Throws when a promise is broken.</summary>
public static class SpfTarget
{
    // Ten terms with eleven questions each, the names of the client, records, the explanation.
    private const int MaxQuestions = 160;

    private static readonly AuthenticationResult[] ResultsOfSpf =
    [
        AuthenticationResult.None, AuthenticationResult.Pass, AuthenticationResult.Fail, AuthenticationResult.SoftFail,
        AuthenticationResult.Neutral, AuthenticationResult.TempError, AuthenticationResult.PermError,
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        HoldRecord($"v=spf1 {text}");
        foreach (var place in Enum.GetValues<MacroPlace>())
        {
            var macros = MacroParser.Parse(text, place, out var problem);
            Hold(macros is null == problem.Length > 0, "a macro-string that is not read has a problem");
        }

        var seed = input.Length == 0 ? 0 : input[^1];
        Evaluate(text, "192.0.2.7", "helo.test", "a.b-c@sender.test", seed);
        Evaluate(text, "2001:db8::7", text, "", seed);
        Evaluate("%{l}%{s}%{h}", "::ffff:192.0.2.7", text, text, seed);
    }

    private static void HoldRecord(string text)
    {
        var record = SpfRecordParser.Parse(text, out var problem);
        Hold(record is null == problem.Length > 0, "a record that is not read has a problem");
        Hold(!problem.Any(c => c is < ' ' or > '~'), "a problem is printable");
        Hold(record is null || !record.Directives.Any(directive => directive.Prefix4 is < 0 or > 32 || directive.Prefix6 is < 0 or > 128), "a prefix length is one");
    }

    private static void Evaluate(string terms, string client, string helo, string mailFrom, int seed)
    {
        var dns = new EchoDns($"v=spf1 {terms}", terms, seed);
        var limits = new SpfLimits();
        var task = new SpfEvaluator(limits).EvaluateAsync(new SpfQuery(IPAddress.Parse(client), helo, mailFrom), dns, CancellationToken.None).AsTask();
        Hold(task.IsCompleted, "an evaluation waits for DNS alone");
        var result = task.GetAwaiter().GetResult();
        Hold(ResultsOfSpf.Contains(result.Result), "a result is one of SPF");
        Hold(dns.Asked <= MaxQuestions, $"questions are bounded, and there were {dns.Asked}");
        Hold(result.Lookups <= limits.MaxLookups + 1 && result.VoidLookups <= limits.MaxVoidLookups + 1, "limits hold");
        Hold(result.Explanation is null || (result.Explanation.Length <= limits.MaxExplanationLength && result.Explanation.All(c => c is >= ' ' and <= '~')), "an explanation is bounded and printable");
        Hold(result.Problem is not null == result.Result is AuthenticationResult.None or AuthenticationResult.TempError or AuthenticationResult.PermError, "what is no result has a problem");
        Hold(result.Match is null || result.Problem is null, "a match is no problem");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }

    /// <summary>Answers by the name alone, so that a run can be repeated.</summary>
    private sealed class EchoDns(string record, string explanation, int seed) : IDnsResolver
    {
        public int Asked { get; private set; }

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            Hold(name.Length is > 0 and <= 255 && Ascii.IsValid(name), "a name is bounded and ASCII");
            Asked++;
            var kind = name.Aggregate(seed, (sum, c) => (sum * 31) + c) & 15;
            return ValueTask.FromResult(kind switch
            {
                0 => new DnsAnswer(DnsStatus.NoDomain, []),
                1 => new DnsAnswer(DnsStatus.NoData, []),
                2 when Asked > 1 => new DnsAnswer(DnsStatus.TimedOut, []),
                _ => new DnsAnswer(DnsStatus.Found, Records(type, kind)),
            });
        }

        private DnsRecord[] Records(DnsType type, int kind) => type switch
        {
            DnsType.Txt => kind > 12 ? [new DnsRecord.Text(explanation)] : [new DnsRecord.Text(record)],
            DnsType.Mx => [.. Enumerable.Range(0, kind).Select(i => new DnsRecord.Exchanger(i, $"mx{i}.test"))],
            DnsType.Reverse => [.. Enumerable.Range(0, 20).Select(i => new DnsRecord.Name($"host{i}.sender.test"))],
            DnsType.Aaaa => [new DnsRecord.Address(IPAddress.Parse("2001:db8::8"))],
            _ => [new DnsRecord.Address(IPAddress.Parse("192.0.2.8"))],
        };
    }
}
