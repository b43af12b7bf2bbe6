using GraphQL.Types;
using Platform.Storage.Access;

namespace Platform.Api.GraphQL.Whence;

internal sealed class AccessServiceEnum : EnumerationGraphType
{
    public AccessServiceEnum()
    {
        Name = "AccessService";
        Description = "By what somebody comes in.";
        Add("SUBMISSION", AccessService.Submission, "Mail programs that send.");
        Add("PORTAL", AccessService.Portal, "Sign-in at a browser, and sessions there.");
        Add("API", AccessService.Api, "Tokens of API clients, and of people by other applications than the portal.");
        Add("READER", AccessService.Reader, "The reader of protected mail.");
        Add("MAIL_SERVER", AccessService.MailServer, "Logins at the tenant's own mail servers, which ask by the auth-policy protocol.");
    }
}

internal sealed class AccessLevelEnum : EnumerationGraphType
{
    public AccessLevelEnum()
    {
        Name = "AccessLevel";
        Description = "Where an access rule is set, from the outside in.";
        Add("TENANT", AccessLevel.Tenant, "The whole tenant.");
        Add("GROUP", AccessLevel.Group, "A group: of several the first in the tenant's order that has a rule.");
        Add("MAILBOX", AccessLevel.Mailbox, "A mailbox, and the person whose own it is.");
        Add("ACCOUNT", AccessLevel.Account, "A person.");
    }
}

internal sealed class AccessReasonEnum : EnumerationGraphType
{
    public AccessReasonEnum()
    {
        Name = "AccessReason";
        Description = "Why somebody was not let in.";
        Add("NETWORK", AccessReason.Network, "The address is in none of the networks.");
        Add("COUNTRY", AccessReason.Country, "The country is not admitted.");
        Add("UNKNOWN_COUNTRY", AccessReason.UnknownCountry, "No country is known of the address.");
        Add("FAILED", AccessReason.Failed, "The secret was wrong, or there is no such mailbox.");
        Add("LOCKED", AccessReason.Locked, "Too much had failed from there; the secret was not looked at.");
        Add("SPRAYING", AccessReason.Spraying, "Few passwords were tried on each of many accounts of the tenant; the count is of accounts.");
    }
}
