using GraphQL.Types;
using Platform.Storage.Support;

namespace Platform.Api.GraphQL.Support;

internal sealed class SupportLevelEnum : EnumerationGraphType
{
    public SupportLevelEnum()
    {
        Name = "SupportLevel";
        Description = "What support staff may do that is let in. Opening messages is said apart.";
        Add("READ", SupportLevel.Read, "See what a read-only client sees.");
        Add("ACT", SupportLevel.Act, "Also act on messages and change directory, policy and lists; never accounts, roles or who gets in.");
    }
}

internal sealed class SupportStateEnum : EnumerationGraphType
{
    public SupportStateEnum()
    {
        Name = "SupportState";
        Description = "What became of a request for support access.";
        Add("REQUESTED", SupportState.Requested, "The tenant has not answered.");
        Add("GRANTED", SupportState.Granted, "In force until it ends.");
        Add("REFUSED", SupportState.Refused, "The tenant said no.");
        Add("ENDED", SupportState.Ended, "Ended before its time, by the tenant or by the staff.");
        Add("EXPIRED", SupportState.Expired, "Its time is over, or nobody answered within seven days.");
    }
}
