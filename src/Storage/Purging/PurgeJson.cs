using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Purging;

/// <summary>What a purge took.</summary>
public sealed record PurgeCounts
{
    public static PurgeCounts None { get; } = new();

    public int Messages { get; init; }
    public int Deliveries { get; init; }

    /// <summary>Body files, and the keys that opened them.</summary>
    public int Bodies { get; init; }

    /// <summary>Events that stay without their personal fields.</summary>
    public int EventsRedacted { get; init; }

    /// <summary>Audit entries that stay without their personal fields.</summary>
    public int AuditErased { get; init; }

    /// <summary>Other rows: search texts, verdict's evidence, requests, notes.</summary>
    public int OtherRows { get; init; }

    public static PurgeCounts operator +(PurgeCounts one, PurgeCounts other) => new()
    {
        Messages = one.Messages + other.Messages,
        Deliveries = one.Deliveries + other.Deliveries,
        Bodies = one.Bodies + other.Bodies,
        EventsRedacted = one.EventsRedacted + other.EventsRedacted,
        AuditErased = one.AuditErased + other.AuditErased,
        OtherRows = one.OtherRows + other.OtherRows,
    };
}

/// <summary>What a receipt says. Its form is told in docs/retention.md.</summary>
/// <param name="Items">SHA-256 of the UUID of each message, or of the tenant, in lower-case text form; lower-case hex.</param>
/// <param name="Compacted">Free pages of the database and the index were rewritten too.</param>
internal sealed record PurgeReceipt(
    int Version, Guid Id, string Kind, Guid Subject, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset FinishedAt, IReadOnlyList<string> Items, PurgeCounts Counts, bool Compacted, ChainHead? Audit);

/// <summary>The end of an audit chain: an entry's number and hash.</summary>
public sealed record ChainHead(Guid Owner, long Sequence, string Hash);

internal static class PurgeJson
{
    public static string Write(PurgeCounts counts) => JsonSerializer.Serialize(counts, PurgeJsonContext.Default.PurgeCounts);

    public static PurgeCounts ReadCounts(string json) => JsonSerializer.Deserialize(json, PurgeJsonContext.Default.PurgeCounts) ?? PurgeCounts.None;

    public static string Write(IEnumerable<string> items) => JsonSerializer.Serialize([.. items], PurgeJsonContext.Default.StringArray);

    public static IReadOnlyList<string> ReadItems(string json) => JsonSerializer.Deserialize(json, PurgeJsonContext.Default.StringArray) ?? [];

    public static string Write(IEnumerable<Guid> ids) => JsonSerializer.Serialize([.. ids], PurgeJsonContext.Default.GuidArray);

    public static IReadOnlyList<Guid> ReadIds(string json) => JsonSerializer.Deserialize(json, PurgeJsonContext.Default.GuidArray) ?? [];

    public static string Write(PurgeReceipt receipt) => JsonSerializer.Serialize(receipt, PurgeJsonContext.Default.PurgeReceipt);

    public static string Text(string value) => JsonSerializer.Serialize(value, PurgeJsonContext.Default.String);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PurgeCounts))]
[JsonSerializable(typeof(PurgeReceipt))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Guid[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class PurgeJsonContext : JsonSerializerContext;
