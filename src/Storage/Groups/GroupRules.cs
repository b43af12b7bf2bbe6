using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Storage.Groups;

/// <summary>What a group must look like. A refusal has a code and a sentence that says what to do.</summary>
internal static class GroupRules
{
    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such group.");

    public static Refusal NameTaken { get; } = new("GROUP_EXISTS", "The tenant has a group of this name or external id already; change that one, or choose another.");

    public static Refusal OrderIncomplete { get; } = new("GROUP_ORDER_INCOMPLETE", "Name every group of the tenant, each once.");

    public static Refusal Full { get; } = new("TOO_MANY_GROUPS", $"A tenant has at most {GroupLimits.MaxGroups} groups. Delete one that is no longer needed.");

    public static Refusal TooManyMembers { get; } = new("TOO_MANY_MEMBERS", $"A group has at most {GroupLimits.MaxMembers:N0} members.");

    public static Refusal TooManyAtOnce { get; } = new("TOO_MANY_MEMBERS", $"Add and remove from 1 to {GroupLimits.MaxChange:N0} members at a time.");

    public static Refusal MemberUnknown { get; } = new("MEMBER_UNKNOWN", "One of the members is no mailbox and no account of the group's tenant. Nothing was changed.");

    public static Refusal? Name(string? name) =>
        name is null || (DirectoryRules.Name(name) is null && SafeText.Clean(name, name.Length) == name)
            ? null
            : new("INVALID_NAME", $"A name has 1 to {GroupLimits.MaxName} characters and no control characters.");

    public static Refusal? ExternalId(string? id) =>
        id is null || (id.Length <= GroupLimits.MaxExternalId && !id.Any(char.IsControl) && SafeText.Clean(id, id.Length) == id)
            ? null
            : new("INVALID_EXTERNAL_ID", $"An external id has at most {GroupLimits.MaxExternalId} characters and no control characters.");
}
