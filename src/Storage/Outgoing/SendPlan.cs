using System.Text.Json.Serialization;
using Platform.Engine.Misdirection;
using Platform.Storage.Messages;

namespace Platform.Storage.Outgoing;

// What one of the tenant's own mailboxes sends passes stages before it leaves (OUT4, OUT5): its sender confirms it, it waits a while in
// which the sender may cancel it, people approve it. Which of them a delivery passes is decided once, with its scan, and kept with it;
// the stage it is in is its state. Each stage ends in one transaction that is guarded by that state, so that of a cancellation and the
// end of a wait exactly one happens, however late either comes. What is queued goes out: nothing leads back from there.

/// <summary>What is left to do before a delivery goes out, the stage it is in first.</summary>
public sealed record SendPlan(IReadOnlyList<SendStage> Stages)
{
    public static SendPlan AtOnce { get; } = new([]);

    [JsonIgnore]
    public SendStage? Current => Stages.Count > 0 ? Stages[0] : null;

    /// <summary>What is left when the current stage has ended well.</summary>
    [JsonIgnore]
    public SendPlan Rest => Stages.Count > 1 ? new SendPlan([.. Stages.Skip(1)]) : AtOnce;

    /// <summary>The state of a delivery with this plan.</summary>
    [JsonIgnore]
    public DeliveryState State => Current?.State ?? DeliveryState.Queued;

    /// <summary>The approvals of it alone: what is left to ask for where a person has decided that a mail goes out.</summary>
    [JsonIgnore]
    public SendPlan Approvals => new([.. Stages.Where(stage => stage is SendStage.Approve)]);

    /// <summary>In the order in which a mail passes them: confirmation, wait, approvals in the order given.</summary>
    public static SendPlan Of(params IEnumerable<SendStage> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        return new([.. stages.OrderBy(stage => stage.State switch
        {
            DeliveryState.AwaitingConfirmation => 0,
            DeliveryState.Waiting => 1,
            _ => 2,
        })]);
    }
}

/// <summary>Something that must happen, or a time that must pass, before a delivery goes on.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Wait), "wait")]
[JsonDerivedType(typeof(Follow), "follow")]
[JsonDerivedType(typeof(Approve), "approve")]
public abstract record SendStage
{
    /// <summary>The state of a delivery that is in it.</summary>
    [JsonIgnore]
    public abstract DeliveryState State { get; }

    /// <summary>From its begin on; then it ends by itself.</summary>
    [JsonIgnore]
    public abstract TimeSpan Lasts { get; }

    /// <summary>The sender was warned and confirms; else it is cancelled.</summary>
    /// <param name="Reasons">What it was warned of.</param>
    public sealed record Confirm(IReadOnlyList<SendReason> Reasons, int Hours) : SendStage
    {
        [JsonIgnore]
        public override DeliveryState State => DeliveryState.AwaitingConfirmation;

        [JsonIgnore]
        public override TimeSpan Lasts => TimeSpan.FromHours(Hours);
    }

    /// <summary>A time in which the sender may cancel.</summary>
    public sealed record Wait(int Minutes) : SendStage
    {
        /// <summary>What the sender is told beside that it waits; null: nothing.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<SendReason>? Reasons { get; init; }

        [JsonIgnore]
        public override DeliveryState State => DeliveryState.Waiting;

        [JsonIgnore]
        public override TimeSpan Lasts => TimeSpan.FromMinutes(Minutes);
    }

    /// <summary>A copy that a rule asks for waits until the mail itself has left for somebody; it is cancelled when it leaves for nobody.</summary>
    public sealed record Follow : SendStage
    {
        [JsonIgnore]
        public override DeliveryState State => DeliveryState.Waiting;

        /// <summary>Of no length of its own: it ends with the others'.</summary>
        [JsonIgnore]
        public override TimeSpan Lasts => TimeSpan.Zero;
    }

    /// <summary>People of a chain approve, or the chain says what happens without them.</summary>
    /// <param name="Chain">Its name at the time of the decision.</param>
    /// <param name="Reasons">Why they are asked.</param>
    public sealed record Approve(Guid ChainId, string Chain, IReadOnlyList<SendReason> Reasons, int Hours) : SendStage
    {
        [JsonIgnore]
        public override DeliveryState State => DeliveryState.AwaitingApproval;

        [JsonIgnore]
        public override TimeSpan Lasts => TimeSpan.FromHours(Hours);
    }
}

/// <summary>Why a mail does not go out at once.</summary>
/// <param name="Rule">Name of the rule that asks for it; empty: none does, but what was found of its recipients (<see cref="Finding"/>).</param>
/// <param name="Text">What the rule says to the sender; may be empty.</param>
/// <param name="Held">The part of the rule's condition that made it hold.</param>
public sealed record SendReason(string Rule, string Text, string Held)
{
    /// <summary>What was found of its recipients; null: a rule asks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SendFinding? Finding { get; init; }

    public static SendReason Of(SendFinding finding) => new("", "", "") { Finding = finding };
}
