using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Benchmarks.Runner;

/// <summary>One measured figure; one JSON line on standard output.</summary>
/// <param name="Id">Stable id, as the README lists it.</param>
/// <param name="Goal">What is to hold, in words: <c>0</c>, <c>under 2 s</c>, <c>report</c>.</param>
/// <param name="Holds">True also where the goal is only to report.</param>
internal sealed record Figure(string Id, JsonNode? Value, string Unit, string Goal, bool Holds)
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Why there is no value.</summary>
    public string? Error { get; init; }

    /// <summary>What a reader needs beside the value: counts, what failed, how long.</summary>
    public string? Detail { get; init; }

    public static Figure NotMeasured(string id, string error) => new(id, null, "", "measured", false) { Error = error };

    public string ToJson()
    {
        var json = new JsonObject
        {
            ["figure"] = Id,
            ["value"] = Value?.DeepClone(),
            ["unit"] = Unit,
            ["goal"] = Goal,
            ["holds"] = Holds,
        };
        if (Detail is not null)
            json["detail"] = Detail;
        if (Error is not null)
            json["error"] = Error;
        return json.ToJsonString(Line);
    }
}
