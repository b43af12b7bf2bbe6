using System.Globalization;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>
/// What one mailbox, or all of a group or tenant, sent in the last minute, hour and day (OUT3). Invariants: in no window, wherever it starts,
/// is more accepted than the limit, however many edges ask at once, over crashes, and when two grains of one name are awake; nothing that
/// was let through and then not accepted counts for long. What is counted is read from the spool when the grain wakes; the number of
/// that count goes with each message, which is accepted under it alone.
/// </summary>
[Alias("send-window")]
public interface ISendWindowGrain : IGrainWithStringKey
{
    /// <summary>May this be sent? It counts at once when it may, and <see cref="SettleAsync"/> says what became of it.</summary>
    [Alias("reserve")]
    Task<SendAnswer> ReserveAsync(SendRequest request);

    /// <summary>Whether a message that was let through was accepted. One that is never told of counts until the spool is looked at again.</summary>
    [Alias("settle")]
    Task SettleAsync(Guid messageId, bool accepted);
}

public static class SendWindowKey
{
    /// <summary>The tenant comes first, so that no sender of another tenant is ever met.</summary>
    public static string Of(SendSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return string.Create(CultureInfo.InvariantCulture, $"{subject.TenantId:N}/{(int)subject.Kind}/{subject.Id:N}");
    }

    /// <exception cref="FormatException">The key was not made by <see cref="Of"/>.</exception>
    public static SendSubject Parse(string key) => key.Split('/') is [var tenant, var kind, var id]
        ? new SendSubject(Guid.ParseExact(tenant, "N"), (SendSubjectKind)int.Parse(kind, CultureInfo.InvariantCulture), Guid.ParseExact(id, "N"))
        : throw new FormatException("Not a key of a send window.");
}

/// <summary>How much is, or was, sent.</summary>
/// <param name="Inside">Recipients within the tenant.</param>
/// <param name="Outside">Recipients outside of it.</param>
/// <param name="New">Recipients to whom the mailbox never sent.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-load")]
public sealed record SendLoad([property: Id(0)] int Messages, [property: Id(1)] int Inside, [property: Id(2)] int Outside, [property: Id(3)] int New)
{
    public static SendLoad Zero { get; } = new(0, 0, 0, 0);

    public int Of(SendMeasure measure) => measure switch
    {
        SendMeasure.Messages => Messages,
        SendMeasure.Recipients => Inside + Outside,
        SendMeasure.Inside => Inside,
        SendMeasure.Outside => Outside,
        SendMeasure.New => New,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "not a measure"),
    };

    public static SendLoad operator +(SendLoad left, SendLoad right) =>
        new(left.Messages + right.Messages, left.Inside + right.Inside, left.Outside + right.Outside, left.New + right.New);

    public static SendLoad operator -(SendLoad left, SendLoad right) =>
        new(left.Messages - right.Messages, left.Inside - right.Inside, left.Outside - right.Outside, left.New - right.New);
}

/// <param name="Most">In any window of this length.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-limit")]
public sealed record SendLimit([property: Id(0)] SendPeriod Period, [property: Id(1)] SendMeasure Measure, [property: Id(2)] int Most)
{
    /// <summary>Stable: <c>hour.messages</c>.</summary>
    public string Name => $"{SendLimitSettings.Name(Period)}.{SendLimitSettings.Name(Measure)}";
}

/// <param name="MessageId">The queue id of the message; asked again, it counts once.</param>
/// <param name="Stale">The count that no longer held when the message was to be accepted under it; null at first.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-request")]
public sealed record SendRequest(
    [property: Id(0)] Guid MessageId, [property: Id(1)] SendLoad Load, [property: Id(2)] IReadOnlyList<SendLimit> Limits, [property: Id(3)] long? Stale = null);

public enum SendOutcome
{
    Allowed,

    /// <summary>A limit would be exceeded.</summary>
    LimitExceeded,

    /// <summary>It depends on messages that are being accepted this moment; ask again soon.</summary>
    Busy,
}

/// <param name="Epoch">Of the count; the message is accepted under it alone.</param>
/// <param name="Limit">The limit that would be exceeded; null when allowed.</param>
[GenerateSerializer]
[Immutable]
[Alias("send-answer")]
public sealed record SendAnswer([property: Id(0)] SendOutcome Outcome, [property: Id(1)] long Epoch, [property: Id(2)] SendLimit? Limit);
