using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Push.Webhooks;

/// <summary>What events and audit entries tell of an endpoint. Of its address the host alone: paths of such addresses are often secrets themselves.</summary>
internal static class WebhookJson
{
    public static string Write(string actor, string action, bool ofMsp, string url, WebhookTold told, string? reason = null) =>
        JsonSerializer.Serialize(new ToldWebhookChange(actor, action, ofMsp ? "msp" : "tenant", reason, told with { Host = HostOf(url) }), WebhookJsonContext.Default.ToldWebhookChange);

    public static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.IdnHost : "";
}

/// <param name="Kinds">Empty: all.</param>
internal sealed record WebhookTold(string Description, IReadOnlyList<string> Kinds, bool Enabled)
{
    public string Host { get; init; } = "";
}

internal sealed record ToldWebhookChange(string Actor, string Action, string From, string? Reason, WebhookTold Webhook);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldWebhookChange))]
internal sealed partial class WebhookJsonContext : JsonSerializerContext;
