using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Api.Cli;

/// <summary>JSON Lines: one object a mail, flushed as it is written. Control characters are escaped, Japanese stays readable.</summary>
internal sealed class JsonReport(ScanConsole console) : IScanReport
{
    // Goes to a terminal or a program, never into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new();

    public async Task WriteAsync(ScanOutcome outcome, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        await using (var json = new Utf8JsonWriter(_line, Options))
            Write(json, outcome);
        _line.Write("\n"u8);
        await console.Output.WriteAsync(_line.WrittenMemory, cancellationToken);
        await console.Output.FlushAsync(cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only where any is set up: most scans ask nobody.
    private static void WriteSources(Utf8JsonWriter json, Verdict verdict)
    {
        if (verdict.Sources.Count == 0)
            return;
        json.WriteStartArray("sources");
        foreach (var source in verdict.Sources)
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            json.WriteString("status", SourceStatus.WireName(source.Outcome));
            json.WriteString("detail", source.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBehaviours(Utf8JsonWriter json, Verdict verdict)
    {
        if (verdict.Behaviours.Count == 0)
            return;
        json.WriteStartArray("behaviours");
        foreach (var seen in verdict.Behaviours)
        {
            json.WriteStartObject();
            json.WriteString("kind", BehaviourKinds.WireName(seen.Kind));
            json.WriteString("technique", seen.Technique);
            json.WriteString("file", seen.FilePath);
            json.WriteString("where", seen.Where);
            json.WriteString("value", seen.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, ScanOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("path", outcome.Path);
        if (outcome.Verdict is not { } verdict)
        {
            json.WriteNull("verdict");
            json.WriteNull("type");
            json.WriteNull("score");
            json.WriteStartArray("reasons");
            json.WriteEndArray();
            json.WriteString("error", outcome.Error);
        }
        else
        {
            json.WriteString("verdict", verdict.Kind.ToString().ToLowerInvariant());
            json.WriteString("type", verdict.Type is { } type ? AttackTypes.WireName(type) : null);
            json.WriteNumber("score", verdict.Score);
            json.WriteStartArray("reasons");
            foreach (var reason in verdict.Reasons)
            {
                json.WriteStartObject();
                json.WriteString("id", reason.Id);
                json.WriteNumber("weight", reason.Weight);
                json.WriteString("summary", ReasonText.Render(reason, console.Culture));
                json.WriteString("evidence", reason.Evidence.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notAsked");
            foreach (var id in verdict.NotAsked)
                json.WriteStringValue(id);
            json.WriteEndArray();
            WriteBehaviours(json, verdict);
            WriteSources(json, verdict);
        }

        json.WriteNumber("elapsedMs", Math.Round(outcome.Elapsed.TotalMilliseconds, 1));
        json.WriteEndObject();
    }
}
