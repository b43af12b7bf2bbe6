using GraphQL.Types;
using Platform.Storage.Quarantine;

namespace Platform.Api.GraphQL.Quarantine;

internal sealed class QuarantineRightEnum : EnumerationGraphType
{
    public QuarantineRightEnum()
    {
        Name = "QuarantineRight";
        Description = "What the owner of a mailbox may do with a mail of it, by the policy for its verdict.";
        Add("HEADERS", QuarantineRights.Headers, "See the header fields.");
        Add("PREVIEW", QuarantineRights.Preview, "Read it, made safe.");
        Add("DOWNLOAD", QuarantineRights.Download, "Download the original.");
        Add("RELEASE", QuarantineRights.Release, "Have it delivered.");
        Add("REQUEST", QuarantineRights.Request, "Ask an administrator to have it delivered.");
        Add("DELETE", QuarantineRights.Delete, "Delete it.");
        Add("LIST", QuarantineRights.List, "Block or allow its sender for the mailbox.");
    }
}

internal sealed class RequestStateEnum : EnumerationGraphType
{
    public RequestStateEnum()
    {
        Name = "ReleaseRequestState";
        Description = "What became of a request.";
        Add("WAITING", RequestState.Waiting, "Nobody has decided yet.");
        Add("APPROVED", RequestState.Approved, "The mail was delivered.");
        Add("REFUSED", RequestState.Refused, "The mail was not delivered.");
    }
}
