using Platform.Storage.Rules;

namespace Platform.Storage.Outgoing.Copies;

/// <summary>A copy of an outgoing mail that a sending rule asks for, to a mailbox of the tenant whom the mail does not name.</summary>
/// <param name="Why">The decision kept with it; its rule is the one that asks.</param>
public sealed record NewCopy(string Recipient, Guid MailboxId, DecisionRecord Why);
