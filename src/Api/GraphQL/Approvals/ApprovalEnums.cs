using GraphQL.Types;
using Platform.Storage.Outgoing.Approvals;

namespace Platform.Api.GraphQL.Approvals;

internal sealed class ApprovalStateEnum : EnumerationGraphType
{
    public ApprovalStateEnum()
    {
        Name = "ApprovalState";
        Description = "What became of an approval.";
        Add("WAITING", ApprovalState.Waiting, "The step it is at has not decided.");
        Add("APPROVED", ApprovalState.Approved, "Every step approved.");
        Add("DECLINED", ApprovalState.Declined, "Somebody declined.");
        Add("EXPIRED", ApprovalState.Expired, "Nobody decided in time; the state of the delivery says what came of it.");
        Add("CANCELLED", ApprovalState.Cancelled, "The mail was called back.");
    }
}

internal sealed class ApprovalExpiryEnum : EnumerationGraphType
{
    public ApprovalExpiryEnum()
    {
        Name = "ApprovalExpiry";
        Description = "What happens to a mail that nobody decided over in time.";
        Add("DECLINE", ApprovalExpiry.Decline, "It is declined.");
        Add("SEND", ApprovalExpiry.Send, "It goes on, if there was anybody who could have decided.");
    }
}
