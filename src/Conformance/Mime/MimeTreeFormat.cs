using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Mail;

namespace Platform.Conformance.Mime;

/// <summary>
/// <c>mime-tree-v1</c>: a message and the tree that another library made of it (<c>expect</c>), with which one of our
/// readings must agree; or another library's outline for comparison only (<c>reference_outline</c>), where reading the
/// message within all bounds is the test.
/// </summary>
internal sealed class MimeTreeFormat : ISuiteFormat
{
    public string Format => "mime-tree-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = new MailReader().Read(await item.ReadFileAsync(cancellationToken), ScanLimits.Default, cancellationToken);
        if (item.Data.TryGetProperty("expect", out var expected) && expected.ValueKind == JsonValueKind.Object)
            return Agreement(expected, message);
        var late = message.Notes.FirstOrDefault(note => note.Id == "limit-time");
        return CaseOutcome.Of(late is null, late?.Detail ?? "");
    }

    private static CaseOutcome Agreement(JsonElement expected, MailMessage message)
    {
        List<string> differences = [];
        foreach (var reading in message.Readings)
        {
            if (ExpectedTree.Difference(expected, reading.Root) is not { } difference)
                return CaseOutcome.Pass;
            differences.Add($"{reading.Name}: {difference}");
        }

        return CaseOutcome.Fail(string.Join("; ", differences));
    }
}
