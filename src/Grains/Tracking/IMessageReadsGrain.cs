using System.Globalization;
using Platform.Engine.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>
/// Counts who opened one message (OUT9). Invariant: an open counts once, whichever silo and however often it is asked, and an open that is told
/// twice within a minute (same copy, part, network and program) is one; each answer is durable before it is given. The count is rows: of two
/// grains that are awake, the one with the later version counts, and the other reads anew.
/// </summary>
[Alias("message-reads")]
public interface IMessageReadsGrain : IGrainWithStringKey
{
    /// <returns>False: it is another open told twice, or the message is gone.</returns>
    [Alias("count")]
    Task<bool> CountAsync(GradedRead read);
}

public static class MessageReadsKey
{
    /// <summary>The tenant comes first, so that no message of another tenant is ever met.</summary>
    public static string Of(Guid tenantId, Guid messageId) => string.Create(CultureInfo.InvariantCulture, $"{tenantId:N}/{messageId:N}");

    /// <exception cref="FormatException">The key was not made by <see cref="Of"/>.</exception>
    public static (Guid TenantId, Guid MessageId) Parse(string key) => key.Split('/') is [var tenant, var message]
        ? (Guid.ParseExact(tenant, "N"), Guid.ParseExact(message, "N"))
        : throw new FormatException("Not a key of a message's reads.");
}

/// <summary>An open with its grade, and what of it is kept.</summary>
[GenerateSerializer]
[Immutable]
[Alias("graded-read")]
public sealed record GradedRead(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid DeliveryId,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Part,
    [property: Id(4)] string NetworkKey,
    [property: Id(5)] string AgentKey,
    [property: Id(6)] OpenGrade Grade,
    [property: Id(7)] string Reason,
    [property: Id(8)] string? Country,
    [property: Id(9)] string? Region,
    [property: Id(10)] string? Network,
    [property: Id(11)] string Family,
    [property: Id(12)] string System,
    [property: Id(13)] DeviceKind Device);
