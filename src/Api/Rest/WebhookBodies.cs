using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Push;
using Platform.Storage.Push.Webhooks;

namespace Platform.Api.Rest;

[Description("A webhook endpoint to make.")]
internal sealed record NewWebhookBody(
    [property: Description("An 'https' address.")] string Url,
    [property: Description("For people, up to 200 characters.")] string? Description = null,
    [property: Description("Kinds of events, such as 'delivery.quarantined', or groups such as 'delivery.*'; left out or empty: all.")] IReadOnlyList<string>? Kinds = null,
    [property: Description("Deliveries are signed by an Ed25519 key too ('v1a').")] bool? WithSigningKey = null,
    [property: Description("Cursor of the event feed to begin behind; left out, with what happens from now on.")] string? After = null,
    [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("A change of a webhook endpoint; what is left out stays.")]
internal sealed record WebhookChangeBody(
    [property: Description("An 'https' address.")] string? Url = null,
    [property: Description("For people.")] string? Description = null,
    [property: Description("Kinds of events or groups of them; empty: all.")] IReadOnlyList<string>? Kinds = null);

[Description("Keys of a webhook endpoint, shown this once.")]
internal sealed record WebhookSecretAnswer(
    [property: Description("Id of the endpoint.")] string Id,
    [property: Description("Secret of 'v1' signatures: 'whsec_' and base64; null on a repeat under the same idempotency key.")] string? Secret,
    [property: Description("Key of 'v1a' signatures: 'whpk_' and base64; null without one.")] string? PublicKey);

[Description("A webhook endpoint.")]
internal sealed record WebhookEndpointAnswer(
    string Id,
    string Url,
    string Description,
    [property: Description("Empty: all.")] IReadOnlyList<string> Kinds,
    [property: Description("enabled or disabled.")] string State,
    [property: Description("byRequest, gone (it answered 410) or failing (it took nothing for five days); null while it is enabled.")] string? DisabledReason,
    [property: Description("Key of 'v1a' signatures; null without one.")] string? PublicKey,
    [property: Description("Until when the keys from before the last rotation sign as well.")] DateTimeOffset? PreviousKeysUntil,
    [property: Description("Id of the tenant; null for an endpoint of an MSP.")] string? Tenant,
    [property: Description("Events that it has not come to yet, and deliveries that wait.")] long Waiting,
    [property: Description("Deliveries on the dead-letter list.")] int Dead,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? FailingSince,
    string? LastError,
    DateTimeOffset CreatedAt,
    string CreatedBy)
{
    public static WebhookEndpointAnswer Of(WebhookView view) => new(
        GlobalId.Of(NodeKind.WebhookEndpoint, view.Row.Id),
        view.Row.Url,
        view.Row.Description,
        EventKindFilter.Read(view.Row.Kinds).Entries,
        WireName.Of(view.Row.State),
        view.Row.DisabledReason is { } reason ? WireName.Of(reason) : null,
        view.Row.PublicKey is { } key ? WebhookPublicKey.Write(key) : null,
        view.Row.PreviousUntil,
        view.Row.OfMsp ? null : GlobalId.Of(NodeKind.Tenant, view.Row.OwnerId),
        view.Waiting,
        view.Dead,
        view.Row.LastSuccessAt,
        view.Row.FailingSince,
        view.Row.LastError,
        view.Row.CreatedAt,
        view.Row.CreatedBy);
}

[Description("One event on its way to one webhook endpoint.")]
internal sealed record WebhookDeliveryAnswer(
    string Id,
    [property: Description("Id of the event, sent as 'webhook-id'; null for a test.")] string? Event,
    [property: Description("Number of the event in its feed; 0 for a test.")] long Sequence,
    string Kind,
    [property: Description("pending, delivered or dead.")] string State,
    int Attempts,
    [property: Description("When it is tried next; null when nothing is to be done.")] DateTimeOffset? DueAt,
    [property: Description("HTTP status of the last answer; null when there was none.")] int? LastStatus,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt)
{
    public static WebhookDeliveryAnswer Of(WebhookDeliveryRow row) => new(
        GlobalId.Of(NodeKind.WebhookDelivery, row.Id),
        row.EventId is { } id ? GlobalId.Of(NodeKind.Event, id) : null,
        row.Sequence,
        row.Kind,
        WireName.Of(row.State),
        row.Attempts,
        row.DueAt,
        row.LastStatus,
        row.LastError,
        row.CreatedAt,
        row.ChangedAt);
}

/// <summary>Names of enum members on REST: camel case.</summary>
internal static class WireName
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Null: no such member.</summary>
    public static TEnum? Read<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == text)
                return value;
        }

        return null;
    }
}
