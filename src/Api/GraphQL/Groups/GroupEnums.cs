using GraphQL.Types;
using Platform.Storage.Groups;

namespace Platform.Api.GraphQL.Groups;

internal sealed class GroupMemberKindEnum : EnumerationGraphType
{
    public GroupMemberKindEnum()
    {
        Name = "GroupMemberKind";
        Description = "What is in a group.";
        Add("MAILBOX", GroupMemberKind.Mailbox, "A mailbox.");
        Add("ACCOUNT", GroupMemberKind.Account, "An account, which stands for its own mailbox where mail is concerned.");
    }
}
