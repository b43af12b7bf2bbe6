using GraphQL.Types;
using Platform.Storage.Policies;

namespace Platform.Api.GraphQL.Policy;

internal sealed class PolicyLevelEnum : EnumerationGraphType
{
    public PolicyLevelEnum()
    {
        Name = "PolicyLevel";
        Description = "Where a value of the policy is set. A value further in (lower in this list) replaces one further out, unless that one is locked.";
        Add("PLATFORM", PolicyLevel.Platform, "What the product ships with.");
        Add("MSP", PolicyLevel.Msp, "By the MSP, for all its tenants.");
        Add("TENANT", PolicyLevel.Tenant, "By the tenant.");
        Add("GROUP", PolicyLevel.Group, "For a group: of the groups of a mailbox the first in the tenant's order that sets the value.");
        Add("MAILBOX", PolicyLevel.Mailbox, "For one mailbox.");
    }
}

internal sealed class PolicyValueKindEnum : EnumerationGraphType
{
    public PolicyValueKindEnum()
    {
        Name = "PolicyValueKind";
        Description = "What the values of a setting are.";
        Add("ACTION", PolicyValueKind.Action, "'deliver', 'tag', 'quarantine' or 'reject'.");
        Add("TEXT", PolicyValueKind.Text, "One line of text.");
        Add("CHOICE", PolicyValueKind.Choice, "One of the choices.");
        Add("RIGHTS", PolicyValueKind.Rights, "Several of the choices with commas between, or 'none'.");
        Add("TIME_ZONE", PolicyValueKind.TimeZone, "A time zone of the IANA database: 'Asia/Tokyo'.");
        Add("NUMBER", PolicyValueKind.Number, "A whole number between two bounds, or one of the choices.");
    }
}
