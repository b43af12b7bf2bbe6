using Platform.Storage.Directory;

namespace Platform.Storage.Quarantine;

/// <summary>Why what a person wants with held mail is not done, each with what to do.</summary>
internal static class QuarantineRefusals
{
    public static Refusal UnknownDelivery { get; } = new("NOT_FOUND", "There is no such delivery.");

    public static Refusal UnknownEntry { get; } = new("NOT_FOUND", "There is no such entry.");

    public static Refusal UnknownRequest { get; } = new("NOT_FOUND", "There is no such request.");

    public static Refusal RightMissing { get; } = new("RIGHT_MISSING", "The policy of this mailbox keeps its owner from that. Ask an administrator.");

    public static Refusal NoSender { get; } = new("LIST_SENDER_UNKNOWN", "The message names no author, or is not inspected yet.");

    public static Refusal Unproven { get; } = new("LIST_SENDER_UNPROVEN", "Authentication says that this message is not of the author it names; whoever forges the name again would be let in.");

    public static Refusal OwnDomain { get; } = new("LIST_SENDER_OWN_DOMAIN", "The domain is the organisation's own: mail of colleagues would be held. List the address.");

    public static Refusal TooManySenders { get; } = new("LIST_FULL", "A mailbox has at most 500 senders of its own; remove what is no longer needed.");

    public static Refusal InvalidNote { get; } = new("INVALID_NOTE", "A note has at most 500 characters and no control characters but line breaks.");

    public static Refusal NotHeld { get; } = new("MOVE_NOT_ALLOWED", "The mail is no longer held.");

    public static Refusal Decided { get; } = new("ALREADY_DECIDED", "Somebody has decided over this request already.");

    public static Refusal AskedBefore { get; } = new("ALREADY_REQUESTED", "This mail was asked for before; the request stands, or was decided over.");
}
