using GraphQL.Types;
using Platform.Storage.Retention;

namespace Platform.Api.GraphQL.Retention;

internal sealed class RetentionClassEnum : EnumerationGraphType
{
    public RetentionClassEnum()
    {
        Name = "RetentionClass";
        Description = "The kinds of mail that retention tells apart.";
        Add("CLEAN", RetentionClass.Clean, "Clean mail.");
        Add("UNWANTED", RetentionClass.Unwanted, "Bulk and spam.");
        Add("SUSPICIOUS", RetentionClass.Suspicious, "Suspicious, or without a verdict: notices of our own, mail that could not be inspected.");
        Add("PHISHING", RetentionClass.Phishing, "Phishing.");
        Add("MALWARE", RetentionClass.Malware, "Malware.");
    }
}

internal sealed class RetentionOriginEnum : EnumerationGraphType
{
    public RetentionOriginEnum()
    {
        Name = "RetentionOrigin";
        Description = "Where a value of retention comes from.";
        Add("PLATFORM", RetentionOrigin.Platform, "The platform's default.");
        Add("MSP", RetentionOrigin.Msp, "The MSP's.");
        Add("TENANT", RetentionOrigin.Tenant, "The tenant's own.");
    }
}
