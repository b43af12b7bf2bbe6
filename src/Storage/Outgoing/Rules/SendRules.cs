using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Protection;
using Platform.Storage.Rules;

namespace Platform.Storage.Outgoing.Rules;

/// <summary>A sending rule of a tenant or of an MSP, whose tenants inherit it. Exactly one of the two owners is set.</summary>
public sealed class SendRuleRow
{
    public required Guid Id { get; init; }
    public Guid? TenantId { get; init; }
    public Guid? MspId { get; init; }
    public required string Name { get; set; }

    /// <summary>Source text of a <see cref="Engine.Conditions.Condition"/>.</summary>
    public required string Condition { get; set; }

    /// <summary>JSON array of <see cref="SendAction"/>.</summary>
    public required string Action { get; set; }
    public required bool Enabled { get; set; }

    /// <summary>Among the rules of its owner, from 1.</summary>
    public required int Position { get; set; }

    /// <summary>From 1; grows with each change but of the position.</summary>
    public required int Revision { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>A sending rule that is switched on, ready to be tried.</summary>
public sealed record SendRule(Guid Id, string Name, Condition Condition, IReadOnlyList<SendAction> Actions, int Revision, bool FromMsp)
{
    public RuleHit Hit(string held) => new(Id, Name, Revision, FromMsp, held);
}

/// <summary>An approval chain as rules need it.</summary>
public sealed record ChainInForce(string Name, int Hours);

/// <summary>Something that a sending rule does. All that hold count together: the longest wait, every confirmation, every chain; a block before all.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Allow), "allow")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Wait), "wait")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Hold), "hold")]
[JsonDerivedType(typeof(Block), "block")]
[JsonDerivedType(typeof(Protect), "protect")]
[JsonDerivedType(typeof(Strip), "strip")]
[JsonDerivedType(typeof(Bcc), "bcc")]
public abstract record SendAction
{
    /// <summary>No rule after this one is tried.</summary>
    public sealed record Allow : SendAction;

    /// <param name="Text">What the sender is warned of.</param>
    public sealed record Confirm(string Text) : SendAction;

    public sealed record Wait(int Minutes) : SendAction;

    /// <param name="Text">Why, for sender and approvers; may be empty.</param>
    public sealed record Approve(Guid ChainId, string Text) : SendAction;

    /// <summary>It is quarantined; an administrator releases or deletes it.</summary>
    public sealed record Hold : SendAction;

    /// <summary>It is refused while the program that sends it waits for the reply; where that is too late, quarantined.</summary>
    public sealed record Block : SendAction;

    /// <summary>Read in the secure reader alone.</summary>
    /// <param name="Days">How long; null: as the policy of the sender says.</param>
    public sealed record Protect(ProtectedExtent Extent, bool ViewOnly, int? Days) : SendAction;

    /// <summary>Files of these types do not go along.</summary>
    /// <param name="Types">By content or extension, in lower case: <c>exe</c>, <c>docm</c>.</param>
    public sealed record Strip(IReadOnlyList<string> Types) : SendAction;

    /// <summary>A copy goes to a mailbox of the tenant, unseen by recipients, once the mail leaves for one of them.</summary>
    /// <param name="Address">Of the mailbox, in lower case.</param>
    public sealed record Bcc(string Address) : SendAction;
}

/// <summary>The actions of a rule as its row keeps them, and what they must be like.</summary>
public static class SendActions
{
    public const int Most = 10;
    public const int MaxText = 500;
    public const int MaxMinutes = 1_440;
    public const int MaxDays = 366;
    public const int MaxTypes = 50;
    private const int MaxType = 20;

    public static string Write(IReadOnlyList<SendAction> actions) => JsonSerializer.Serialize(actions, SendRuleJsonContext.Default.IReadOnlyListSendAction);

    /// <returns>False: a newer version wrote it, or nobody of ours.</returns>
    public static bool TryRead(string json, [NotNullWhen(true)] out IReadOnlyList<SendAction>? actions)
    {
        try
        {
            actions = JsonSerializer.Deserialize(json, SendRuleJsonContext.Default.IReadOnlyListSendAction);
            return actions is not null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            actions = null;
            return false;
        }
    }

    /// <summary>The kinds of actions in their order, as events tell them: <c>confirm,wait</c>.</summary>
    public static string Told(string json) => TryRead(json, out var actions) ? string.Join(',', actions.Select(action => action.GetType().Name.ToLowerInvariant())) : "";

    internal static RuleResult? Check(IReadOnlyList<SendAction>? actions)
    {
        if (actions is null)
            return null;
        var fits = actions.Count is >= 1 and <= Most && actions.All(action => action switch
        {
            SendAction.Allow => actions.Count == 1,
            SendAction.Confirm { Text: var text } => text.Trim().Length is >= 1 and <= MaxText && !text.Any(char.IsControl),
            SendAction.Wait { Minutes: var minutes } => minutes is >= 1 and <= MaxMinutes,
            SendAction.Protect { Days: < 1 or > MaxDays } => false,
            SendAction.Protect { Extent: var extent, ViewOnly: var viewOnly } => extent is ProtectedExtent.Mail or ProtectedExtent.Files || (extent == ProtectedExtent.LockedFiles && !viewOnly),
            SendAction.Strip { Types: var types } => types.Count is >= 1 and <= MaxTypes && types.All(type => type.Length is >= 1 and <= MaxType && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')),
            SendAction.Approve { Text: var text } => text.Length <= MaxText && !text.Any(char.IsControl),
            SendAction.Bcc { Address: var address } => MailAddress.TryParse(address, out var local, out var domain) && address == $"{local}@{domain}",
            _ => true,
        });
        return fits
            ? null
            : new RuleResult(
                null, "INVALID_ACTIONS", $"A sending rule does 1 to {Most} things: a confirmation says in 1 to {MaxText} characters why, a wait is of 1 to {MaxMinutes} minutes, a protection is of the mail or its files for 1 to {MaxDays} days (locked files are not for viewing only), files to be left out are named by 1 to {MaxTypes} types in lower case, a copy names one address, and 'allow' stands alone.", "actions");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<SendAction>))]
internal sealed partial class SendRuleJsonContext : JsonSerializerContext;
