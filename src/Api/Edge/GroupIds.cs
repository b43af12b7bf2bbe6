using Platform.Storage.Groups;

namespace Platform.Api.Edge;

/// <summary>The ids of what can be in a group: a mailbox or an account.</summary>
internal static class GroupIds
{
    public static string Of(GroupMemberKind kind, Guid id) => GlobalId.Of(kind == GroupMemberKind.Account ? NodeKind.Account : NodeKind.Mailbox, id);

    /// <summary>An id that can be of no member stands for one that nobody has, which the command then refuses.</summary>
    public static GroupMember Member(string id) => GlobalId.Find(id, NodeKind.Account) is { } account
        ? new GroupMember(GroupMemberKind.Account, account)
        : new GroupMember(GroupMemberKind.Mailbox, GlobalId.Find(id, NodeKind.Mailbox) ?? Guid.Empty);
}
