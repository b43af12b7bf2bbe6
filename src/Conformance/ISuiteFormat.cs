namespace Platform.Conformance;

/// <summary>Runs the cases of suites of one format. One format a file.</summary>
public interface ISuiteFormat
{
    /// <summary>As <c>suite.json</c> names it: <c>spf-suite-v1</c>.</summary>
    string Format { get; }

    ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken);
}

/// <param name="Detail">What was got in place of what was expected; empty for a pass.</param>
public sealed record CaseOutcome(bool Passed, string Detail)
{
    public static CaseOutcome Pass { get; } = new(true, "");

    public static CaseOutcome Fail(string detail) => new(false, detail);

    public static CaseOutcome Of(bool passed, string detail) => passed ? Pass : Fail(detail);
}
