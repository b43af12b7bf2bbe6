using System.Text.Json.Nodes;
using Platform.Engine.Misdirection;

namespace Platform.Storage.Purging;

/// <summary>A kept decision or plan once the content is gone: what was found of recipients stays, names of files and greetings do not. Fields of other versions stay as they are.</summary>
internal static class FindingRedaction
{
    public static string? Of(string? json)
    {
        if (json is null || JsonNode.Parse(json) is not { } root)
            return json;
        Blank(root);
        return root.ToJsonString();
    }

    private static void Blank(JsonNode node)
    {
        if (node is JsonObject entry)
        {
            if (entry["evidence"] is JsonObject evidence && evidence.ContainsKey(SendFindings.Named))
                evidence[SendFindings.Named] = "";
            foreach (var (_, value) in entry)
            {
                if (value is not null)
                    Blank(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list.OfType<JsonNode>())
                Blank(value);
        }
    }
}
