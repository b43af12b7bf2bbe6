using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;

namespace Platform.Conformance.Arc;

/// <summary><c>arc-validate-v1</c>: messages and the state of their chain (RFC 8617, 4.4).</summary>
public sealed class ArcValidateSuiteFormat : ISuiteFormat
{
    private readonly ArcValidator _validator = new();

    public string Format => "arc-validate-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = RawMessage.Read(Encoding.UTF8.GetBytes(item.Text("message") ?? throw new SuiteException($"case {item.Id} has no message")));
        var report = await _validator.ValidateAsync(message, new ZoneResolver(item.Scenario), TimeProvider.System.GetUtcNow(), cancellationToken);
        var expected = item.Text("expect") switch
        {
            "none" => AuthenticationResult.None,
            "pass" => AuthenticationResult.Pass,
            "fail" or "" => AuthenticationResult.Fail,
            var other => throw new SuiteException($"the expectation '{other}' is not known"),
        };
        return CaseOutcome.Of(report.Result == expected, $"expected {expected}, got {report.Result}: {report.Explanation}");
    }
}
