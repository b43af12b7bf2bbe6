using System.Text.Json;

namespace Platform.Benchmarks.Product;

/// <summary>A message as the API shows it.</summary>
/// <param name="MessageId">Without angle brackets.</param>
internal sealed record SeenMessage(
    string Id,
    string MessageId,
    string Subject,
    string? Verdict,
    int? Score,
    IReadOnlyList<SeenReason> Reasons,
    IReadOnlyList<SeenDelivery> Deliveries)
{
    public static SeenMessage Read(JsonElement node) => new(
        Text(node, "id") ?? "",
        (Text(node, "messageIdHeader") ?? "").Trim('<', '>'),
        Text(node, "subject") ?? "",
        Text(node, "verdict"),
        node.GetProperty("score") is { ValueKind: JsonValueKind.Number } score ? (int)score.GetDouble() : null,
        [.. Items(node, "reasons").Select(r => new SeenReason(Text(r, "id") ?? "", r.GetProperty("weight").GetDouble(), Text(r, "summary") ?? "", r.GetProperty("evidence").ToString()))],
        [.. Items(node, "deliveries").Select(d => new SeenDelivery(Text(d, "id") ?? "", Text(d, "recipient") ?? "", Text(d, "state") ?? ""))]);

    public SeenDelivery? To(string recipient) => Deliveries.FirstOrDefault(d => d.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase));

    private static JsonElement.ArrayEnumerator Items(JsonElement node, string name) =>
        node.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal sealed record SeenReason(string Id, double Weight, string Summary, string Evidence);

internal sealed record SeenDelivery(string Id, string Recipient, string State);
