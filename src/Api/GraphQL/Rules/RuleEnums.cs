using GraphQL.Types;
using Platform.Engine.Conditions;

namespace Platform.Api.GraphQL.Rules;

internal sealed class RuleOriginEnum : EnumerationGraphType
{
    public RuleOriginEnum()
    {
        Name = "RuleOrigin";
        Description = "Whose a rule is.";
        Add("MSP", RuleOrigin.Msp, "The MSP's: its tenants inherit it.");
        Add("TENANT", RuleOrigin.Tenant, "The tenant's own.");
    }
}

internal sealed class RuleFactTypeEnum : EnumerationGraphType
{
    public RuleFactTypeEnum()
    {
        Name = "RuleFactType";
        Description = "What a fact is compared with.";
        Add("FLAG", ConditionType.Flag, "Stands alone: true or false.");
        Add("NUMBER", ConditionType.Number, "With numbers by ==, !=, <, <=, > and >=.");
        Add("TEXT", ConditionType.Text, "With texts by ==, !=, in, contains, startsWith, endsWith and like.");
        Add("TEXTS", ConditionType.Texts, "Several texts: a comparison holds when it holds for any of them.");
    }
}
