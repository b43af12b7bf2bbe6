using System.Net;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Spf;

namespace Platform.Conformance.Spf;

/// <summary><c>spf-suite-v1</c>: a client, its HELO and MAIL FROM; results that are right, and the explanation.</summary>
internal sealed class SpfSuiteFormat : ISuiteFormat
{
    // What a suite writes for a sender that is refused without a text of the domain.
    private const string NoExplanation = "DEFAULT";

    private readonly SpfEvaluator _evaluator = new();

    public string Format => "spf-suite-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var query = new SpfQuery(IPAddress.Parse(item.Text("ip") ?? ""), item.Text("helo") ?? "", item.Text("mailfrom") ?? "");
        var result = await _evaluator.EvaluateAsync(query, new ZoneResolver(item.Scenario), cancellationToken);
        var got = NameOf(result.Result);
        var expected = item.Data.GetProperty("expect").EnumerateArray().Select(value => value.GetString()).ToList();
        if (!expected.Contains(got))
            return CaseOutcome.Fail($"{got} in place of {string.Join(" or ", expected)}. {result.Problem}");
        var explanation = result.Explanation ?? NoExplanation;
        // Hexadecimal digits of addresses have no case in the standard.
        return item.Text("explanation") is { } wanted && result.Result == AuthenticationResult.Fail
            ? CaseOutcome.Of(string.Equals(wanted, explanation, StringComparison.OrdinalIgnoreCase), $"explanation '{explanation}' in place of '{wanted}'")
            : CaseOutcome.Pass;
    }

    private static string NameOf(AuthenticationResult result) => result switch
    {
        AuthenticationResult.None => "none",
        AuthenticationResult.Pass => "pass",
        AuthenticationResult.Fail => "fail",
        AuthenticationResult.SoftFail => "softfail",
        AuthenticationResult.Neutral => "neutral",
        AuthenticationResult.TempError => "temperror",
        _ => "permerror",
    };
}
