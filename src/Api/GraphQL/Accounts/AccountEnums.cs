using GraphQL.Types;
using Platform.Storage.Accounts;

namespace Platform.Api.GraphQL.Accounts;

internal sealed class AccountStateEnum : EnumerationGraphType
{
    public AccountStateEnum()
    {
        Name = "AccountState";
        Description = "Whether an account may sign in.";
        Add("INVITED", AccountState.Invited, "Asked to join; not yet.");
        Add("ACTIVE", AccountState.Active, "It may.");
        Add("DISABLED", AccountState.Disabled, "Not until it is enabled again.");
    }
}
