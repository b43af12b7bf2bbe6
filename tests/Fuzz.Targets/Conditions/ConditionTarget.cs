using System.Globalization;
using System.Text;
using Platform.Engine;
using Platform.Engine.Conditions;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;

namespace Platform.Fuzz.Targets.Conditions;

/// <summary>Conditions of custom rules, read and evaluated. Throws when a promise is broken.</summary>
public static class ConditionTarget
{
    private static readonly Verdict Verdict = new(VerdictKind.Clean, null, 0, [], Origin.Unknown, MessageFacts.Empty with { Subject = "invoice", Links = ["http://a.test/x", "x:y"] }, [], "1");

    internal static IReadOnlyList<string> Seeds { get; } =
    [
        "subject contains \"invoice\" and not (score >= 50 or attack)",
        "from.domain in [\"a.test\", \"b.test\"] and attachment.name like \"*.z?p\"",
        "size > 2.5 MB or link.host endsWith \".test\" or dkim == \"pass\"",
        "subject matches \"(ab|c[^d]){2,5}\\d+$\" or attachment.text matches [\"機密\", \"x\"]",
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var source = Encoding.UTF8.GetString(input);
        if (Condition.TryParse(source, out var condition, out var error))
            _ = condition.Holds(new ConditionFacts(Verdict, Envelope.None, 5));
        else if (error.Position < 0 || error.Position > source.Length || error.Render(CultureInfo.InvariantCulture).Length == 0)
            throw new InvalidOperationException("Broken promise: an error says where and what.");
    }
}
