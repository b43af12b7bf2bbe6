using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.NextHops;

[Description("Input of setTransportPolicy.")]
internal sealed record SetTransportPolicyInput : MutationInput
{
    [Id]
    [Description("The tenant; may be left out by who reaches one alone.")]
    public string? Tenant { get; init; }

    [Description("The domain outside; left out: all that have no word of their own.")]
    public string? Domain { get; init; }

    [Description("What must hold.")]
    public required TransportTls Tls { get; init; }
}

[Description("Input of removeTransportPolicy.")]
internal sealed record RemoveTransportPolicyInput : MutationInput
{
    [Id]
    [Description("The policy.")]
    public required string TransportPolicyId { get; init; }
}

[Description("Input of createDkimKey.")]
internal sealed record CreateDkimKeyInput : MutationInput
{
    [Id]
    [Description("The tenant; may be left out by who reaches one alone.")]
    public string? Tenant { get; init; }

    [Description("A domain of the tenant.")]
    public required string Domain { get; init; }

    [Description("RSA by default.")]
    public DkimKeyKind? Kind { get; init; }

    [Description("After how many days of signing another key is made, 7 to 3650; 0: only by hand. By default 365.")]
    public int? RotationDays { get; init; }
}

[Description("Input of rotateDkimKey, checkDkimKey and removeDkimKey.")]
internal sealed record DkimKeyInput : MutationInput
{
    [Id]
    [Description("The key.")]
    public required string DkimKeyId { get; init; }
}
