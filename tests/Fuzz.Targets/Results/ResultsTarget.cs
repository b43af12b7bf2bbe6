using System.Text;
using Platform.Engine.Authentication.Results;

namespace Platform.Fuzz.Targets.Results;

/// <summary>Authentication-Results fields, read, written again, and sought in a header. Throws when a promise is broken.</summary>
public static class ResultsTarget
{
    private const string OwnId = "mx.one.test";

    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        var incoming = IncomingResults.Read(input, [OwnId]);
        Hold(incoming.Forged.All(range => range.Start >= 0 && range.Length > 0 && range.Start + range.Length <= text.Length), "a field lies in the message");
        Hold(IncomingResults.Read(incoming.Strip(input.ToArray()).Span, [OwnId]).Forged.Count == 0, "what is stripped is gone");
        if (ResultsParser.Parse(text) is not { } field)
            return;
        Hold(field.ServiceId.Length > 0 && field.Results.Count <= 100, "a field has an id and is bounded");
        var written = ResultsWriter.Write(field);
        Hold(Ascii.IsValid(written) && written.Split("\r\n").Skip(1).All(line => line is ['\t', ..]) && !written.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny("\r\n\0"), "what is written is one folded field");
        Hold(ResultsParser.Parse(written) is { IsMalformed: false } again && again.Results.Count == field.Results.Count && ResultsWriter.Write(again) == written, "what is written reads and writes again as itself");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
