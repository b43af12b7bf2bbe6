using System.Text;
using System.Text.Json;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Conformance.Arc;

/// <summary><c>arc-sign-v1</c>: messages and the set that a sealer adds to them (RFC 8617, 5.1), compared as sets of tags.</summary>
public sealed class ArcSignSuiteFormat : ISuiteFormat
{
    private static readonly string[] FieldNames = ["AS", "AMS", "AAR"];

    private readonly ArcValidator _validator = new();

    public string Format => "arc-sign-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = RawMessage.Read(Encoding.UTF8.GetBytes(Member(item, "message")));
        var now = DateTimeOffset.FromUnixTimeSeconds(item.Data.GetProperty("t").GetInt64());
        using var key = DkimPrivateKey.FromPem(ScenarioText(item, "privatekey"));
        var options = new ArcSealingOptions
        {
            Domain = ScenarioText(item, "domain"),
            Selector = ScenarioText(item, "sel"),
            Fields = Member(item, "sig_headers").Split(':', StringSplitOptions.TrimEntries),
            OverSigned = [],
        };
        var validation = await _validator.ValidateAsync(message, new ZoneResolver(item.Scenario), now, cancellationToken);
        var results = ResultsOf(message, Member(item, "srv_id"));
        var added = results is null ? [] : new ArcSealer(options, key).Seal(message, validation, results, now);
        for (var index = 0; index < FieldNames.Length; index++)
        {
            var expected = Tags(item.Data.GetProperty("expect").GetProperty(FieldNames[index]).GetString()!);
            var got = Tags(index < added.Count ? added[index][(added[index].IndexOf(':', StringComparison.Ordinal) + 1)..] : "");
            if (!got.SetEquals(expected))
                return CaseOutcome.Fail($"{FieldNames[index]}: expected {string.Join("; ", expected)}, got {string.Join("; ", got)} ({validation.Explanation})");
        }

        return CaseOutcome.Pass;
    }

    // The findings that the sealer had written down before, in one; null when it has none to pass on.
    private static string? ResultsOf(RawMessage message, string server)
    {
        var own = message.Named("Authentication-Results").Select(field => field.Text.Split(';', 2))
            .Where(parts => parts.Length == 2 && parts[0].Trim().Split(' ')[0].Equals(server, StringComparison.OrdinalIgnoreCase))
            .Select(parts => parts[1].Trim().TrimEnd(';')).ToList();
        return own.Count == 0 ? null : $"{server}; {string.Join("; ", own)}";
    }

    private static HashSet<string> Tags(string list) =>
        [.. list.Split(';').Select(tag => string.Concat(tag.Where(c => !char.IsWhiteSpace(c)))).Where(tag => tag.Length > 0)];

    private static string Member(SuiteCase item, string name) => item.Text(name) ?? throw new SuiteException($"case {item.Id} has no {name}");

    private static string ScenarioText(SuiteCase item, string name) =>
        item.Scenario.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new SuiteException($"the scenario of {item.Id} has no {name}");
}
