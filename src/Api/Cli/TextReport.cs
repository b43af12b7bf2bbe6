using System.Globalization;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Api.Cli;

/// <summary>For people: a line a mail, its reasons below, a sum at the end. Nothing of a mail reaches the terminal unescaped.</summary>
internal sealed class TextReport(ScanConsole console) : IScanReport
{
    private const string Reset = "\u001b[0m";
    private readonly Dictionary<VerdictKind, int> _counts = [];
    private int _unread;

    private bool Japanese => console.Culture.TwoLetterISOLanguageName == "ja";

    public Task WriteAsync(ScanOutcome outcome, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        if (outcome.Verdict is not { } verdict)
        {
            _unread++;
            text.Append(Paint("\u001b[31m", Japanese ? "読み取り不可" : "unreadable")).Append("  ").Append(Plain(outcome.Path)).Append(": ").Append(Plain(outcome.Error ?? "")).Append('\n');
            return PrintAsync(text, cancellationToken);
        }

        _counts[verdict.Kind] = _counts.GetValueOrDefault(verdict.Kind) + 1;
        text.Append(CultureInfo.InvariantCulture, $"{Paint(ColourOf(verdict.Kind), $"{verdict.Score,3} {VerdictText.Name(verdict.Kind, console.Culture)}")}");
        if (verdict.Type is { } type && verdict.Kind.IsAttack())
            text.Append(CultureInfo.InvariantCulture, $" ({VerdictText.Name(type, console.Culture)})");
        text.Append("  ").Append(Plain(outcome.Path)).Append('\n');
        if (verdict.Authentication is { } sender)
            text.Append(Japanese ? "          送信者認証: " : "          sender: ").Append(Plain(Sender(sender))).Append('\n');
        foreach (var reason in verdict.Reasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {reason.Weight,4:+0;-0;0}  ").Append(Plain(ReasonText.Render(reason, console.Culture))).Append('\n');
            text.Append("          ").Append(Plain(reason.Evidence.ToString())).Append('\n');
        }

        foreach (var seen in verdict.Behaviours)
            text.Append("          ").Append(Plain($"{seen.Technique} {VerdictText.Name(seen.Kind, console.Culture)}: {seen.Value} ({seen.FilePath})")).Append('\n');
        foreach (var source in verdict.Sources)
            text.Append("          ").Append(Plain($"{source.Name}: {VerdictText.Name(source.Outcome, console.Culture)}{(source.Detail.Length > 0 ? $" ({source.Detail})" : "")}")).Append('\n');
        return PrintAsync(text, cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken)
    {
        var parts = Enum.GetValues<VerdictKind>()
            .Where(_counts.ContainsKey)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{VerdictText.Name(kind, console.Culture)} {_counts[kind]}"));
        if (_unread > 0)
            parts = parts.Append(string.Create(CultureInfo.InvariantCulture, $"{(Japanese ? "読み取り不可" : "unreadable")} {_unread}"));
        return PrintAsync(new StringBuilder(string.Join(Japanese ? "、" : ", ", parts)).Append('\n'), cancellationToken);
    }

    private async Task PrintAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        await console.Output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        await console.Output.FlushAsync(cancellationToken);
    }

    private static string Sender(AuthenticationFacts facts) => string.Join(", ",
    [
        .. facts.Dkim.Select(signature => $"dkim={Name(signature.Result)} {signature.Domain}"),
        .. facts.Dkim.Count == 0 ? ["dkim=none"] : Array.Empty<string>(),
        $"dmarc={Name(facts.Dmarc.Result)} {facts.Dmarc.Domain}",
        $"arc={Name(facts.Arc.Result)}",
    ]);

    private static string Name(AuthenticationResult result) => result.ToString().ToLowerInvariant();

    private string Paint(string colour, string text) => console.Colour ? $"{colour}{text}{Reset}" : text;

    private static string ColourOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Clean => "\u001b[32m",
        VerdictKind.Bulk or VerdictKind.Spam => "\u001b[36m",
        VerdictKind.Suspicious => "\u001b[33m",
        _ => "\u001b[1;31m",
    };

    // Control and direction characters of a hostile mail would steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(character =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\ufffd' : character));
}
