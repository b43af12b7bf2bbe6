using GraphQL.Types;
using Platform.Grains.Onboarding.Guides;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Api.GraphQL.Onboarding;

internal sealed class DomainClaimStateEnum : EnumerationGraphType
{
    public DomainClaimStateEnum()
    {
        Name = "DomainClaimState";
        Description = "How far a claim to a domain is.";
        Add("PENDING", DomainClaimState.Pending, "The record is looked for.");
        Add("PROVEN", DomainClaimState.Proven, "The domain is the tenant's and takes mail.");
        Add("FAILED", DomainClaimState.Failed, "It is looked for no more until somebody asks.");
    }
}

internal sealed class DomainProblemEnum : EnumerationGraphType
{
    public DomainProblemEnum()
    {
        Name = "DomainProblem";
        Description = "What the last look for the record of a claim found wrong.";
        Add("NO_RECORD", DomainProblem.NoRecord, "There is no TXT record of that name.");
        Add("OTHER_VALUE", DomainProblem.OtherValue, "There is one, with another value.");
        Add("NO_ANSWER", DomainProblem.NoAnswer, "DNS gave no answer; it is asked again.");
        Add("TAKEN", DomainProblem.Taken, "Another tenant has proven the domain.");
        Add("EXPIRED", DomainProblem.Expired, "It was not found within seven days.");
    }
}

internal sealed class FlowStepKindEnum : EnumerationGraphType
{
    public FlowStepKindEnum()
    {
        Name = "FlowStepKind";
        Description = "A step of a check of mail flow.";
        Add("DOMAIN", FlowStepKind.Domain, "The mailbox's domain is proven.");
        Add("MX", FlowStepKind.Mx, "MX records lead here.");
        Add("SPF", FlowStepKind.Spf, "SPF permits what is sent from here.");
        Add("ROUTE", FlowStepKind.Route, "The tenant's own server takes mail for the mailbox.");
        Add("SEND", FlowStepKind.Send, "A test mail was accepted.");
        Add("INSPECT", FlowStepKind.Inspect, "It was inspected.");
        Add("DELIVER", FlowStepKind.Deliver, "It was delivered.");
    }
}

internal sealed class FlowStepStateEnum : EnumerationGraphType
{
    public FlowStepStateEnum()
    {
        Name = "FlowStepState";
        Description = "How a step of a check stands.";
        Add("WAITING", FlowStepState.Waiting, "Not begun.");
        Add("RUNNING", FlowStepState.Running, "Being done.");
        Add("PASSED", FlowStepState.Passed, "Good.");
        Add("WARNED", FlowStepState.Warned, "Mail flows, but something should be changed.");
        Add("FAILED", FlowStepState.Failed, "Mail does not flow.");
        Add("SKIPPED", FlowStepState.Skipped, "Not tried.");
    }
}

internal sealed class MailboxImportModeEnum : EnumerationGraphType
{
    public MailboxImportModeEnum()
    {
        Name = "MailboxImportMode";
        Description = "What a list of mailboxes changes.";
        Add("PREVIEW", MailboxImportMode.Preview, "Nothing.");
        Add("ALL", MailboxImportMode.All, "All of it, or nothing where a line is refused.");
        Add("VALID", MailboxImportMode.Valid, "The lines that are good.");
    }
}

internal sealed class MailSystemEnum : EnumerationGraphType
{
    public MailSystemEnum()
    {
        Name = "MailSystem";
        Description = "The mail system that a tenant has.";
        Add("MICROSOFT_365", MailSystem.Microsoft365, "Microsoft 365 (Exchange Online).");
        Add("GOOGLE_WORKSPACE", MailSystem.GoogleWorkspace, "Google Workspace.");
        Add("POSTFIX", MailSystem.Postfix, "Postfix.");
        Add("EXCHANGE", MailSystem.Exchange, "Exchange Server.");
    }
}
