using GraphQL.Types;
using Platform.Storage.Push.Webhooks;

namespace Platform.Api.GraphQL.Push;

/// <summary>Whose events are pushed.</summary>
internal enum PushOrigin
{
    Tenant,
    Msp,
}

internal sealed class PushOriginEnum : EnumerationGraphType
{
    public PushOriginEnum()
    {
        Name = "PushOrigin";
        Description = "Whose events are pushed.";
        Add("TENANT", PushOrigin.Tenant, "Those of one tenant.");
        Add("MSP", PushOrigin.Msp, "Those of all tenants of the MSP.");
    }
}

internal sealed class WebhookStateEnum : EnumerationGraphType
{
    public WebhookStateEnum()
    {
        Name = "WebhookState";
        Description = "Whether events are sent to an endpoint.";
        Add("ENABLED", WebhookState.Enabled, "They are.");
        Add("DISABLED", WebhookState.Disabled, "They wait.");
    }
}

internal sealed class WebhookDisabledReasonEnum : EnumerationGraphType
{
    public WebhookDisabledReasonEnum()
    {
        Name = "WebhookDisabledReason";
        Description = "Why an endpoint is disabled.";
        Add("BY_REQUEST", WebhookDisabledReason.ByRequest, "Somebody switched it off.");
        Add("GONE", WebhookDisabledReason.Gone, "It answered 410 Gone.");
        Add("FAILING", WebhookDisabledReason.Failing, "It took nothing for five days.");
    }
}

internal sealed class WebhookDeliveryStateEnum : EnumerationGraphType
{
    public WebhookDeliveryStateEnum()
    {
        Name = "WebhookDeliveryState";
        Description = "How a delivery to a webhook endpoint stands.";
        Add("PENDING", WebhookDeliveryState.Pending, "It is being tried.");
        Add("DELIVERED", WebhookDeliveryState.Delivered, "The receiver answered 2xx.");
        Add("DEAD", WebhookDeliveryState.Dead, "Given up; it can be sent anew.");
    }
}
