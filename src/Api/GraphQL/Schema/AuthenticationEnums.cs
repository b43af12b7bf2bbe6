using GraphQL.Types;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;

namespace Platform.Api.GraphQL.Schema;

internal sealed class AuthenticationResultEnum : EnumerationGraphType
{
    public AuthenticationResultEnum()
    {
        Name = "AuthenticationResult";
        Description = "What a method of sender authentication found (RFC 8601, 2.7).";
        Add("NONE", AuthenticationResult.None, "Nothing to check: no record, no signature.");
        Add("PASS", AuthenticationResult.Pass, "Vouched for.");
        Add("FAIL", AuthenticationResult.Fail, "Disproved.");
        Add("SOFT_FAIL", AuthenticationResult.SoftFail, "SPF: probably not authorised.");
        Add("NEUTRAL", AuthenticationResult.Neutral, "No statement.");
        Add("POLICY", AuthenticationResult.Policy, "Verified, and not accepted: the key is too short, for one.");
        Add("TEMP_ERROR", AuthenticationResult.TempError, "DNS gave no answer now.");
        Add("PERM_ERROR", AuthenticationResult.PermError, "A record or signature is wrong.");
    }
}

internal sealed class DmarcPolicyEnum : EnumerationGraphType
{
    public DmarcPolicyEnum()
    {
        Name = "DmarcPolicy";
        Description = "What the owner of a domain asks for mail that nobody vouches for (RFC 9989, 4.7).";
        Add("NONE", DmarcPolicy.None, "Nothing.");
        Add("QUARANTINE", DmarcPolicy.Quarantine, "To keep it from the inbox.");
        Add("REJECT", DmarcPolicy.Reject, "To refuse it.");
    }
}

internal sealed class SpfIdentityEnum : EnumerationGraphType
{
    public SpfIdentityEnum()
    {
        Name = "SpfIdentity";
        Description = "Which name of the client SPF checked (RFC 7208, 2.3, 2.4).";
        Add("MAIL_FROM", SpfIdentity.MailFrom, "Domain of the reverse-path.");
        Add("HELO", SpfIdentity.Helo, "The name given in HELO or EHLO.");
    }
}
