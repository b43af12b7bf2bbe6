using System.Text.Json;

namespace Platform.Conformance.Tests.Mime;

/// <param name="Expect">The case's <c>expect</c> member; undefined when the suite gives none.</param>
internal sealed record MimeCase(string Id, byte[] Message, int? Validity, JsonElement Expect);

/// <summary>A suite of messages in the shape that its README tells.</summary>
internal static class MimeSuite
{
    public static IReadOnlyList<MimeCase> Load(string name)
    {
        var folder = Parts.SharedFolder(Path.Combine("suites", name));
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "suite.json")));
        var cases = new List<MimeCase>();
        foreach (var scenario in document.RootElement.GetProperty("scenarios").EnumerateArray())
        {
            foreach (var item in scenario.GetProperty("cases").EnumerateArray())
            {
                cases.Add(new MimeCase(
                    item.GetProperty("id").GetString()!,
                    File.ReadAllBytes(Path.Combine(folder, item.GetProperty("file").GetString()!)),
                    item.TryGetProperty("validity", out var validity) ? validity.GetInt32() : null,
                    item.TryGetProperty("expect", out var expect) ? expect.Clone() : default));
            }
        }

        return cases;
    }
}
