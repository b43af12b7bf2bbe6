using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Retention;

/// <summary>The kinds of mail that retention tells apart.</summary>
public enum RetentionClass
{
    Clean,

    /// <summary>Bulk and spam.</summary>
    Unwanted,

    /// <summary>Suspicious, or without a verdict: notices of our own, mail that could not be inspected.</summary>
    Suspicious,
    Phishing,
    Malware,
}

/// <summary>Where a value comes from.</summary>
public enum RetentionOrigin
{
    Platform,
    Msp,
    Tenant,
}

/// <param name="Days">Days after receipt.</param>
/// <param name="Capped">A maximum of the MSP or the platform is shorter than what was asked for.</param>
public sealed record RetentionValue(int Days, RetentionOrigin Origin, bool Capped);

/// <param name="Content">The original, its text, and what reasons quote of it.</param>
/// <param name="Metadata">All the rest: sender, subject, verdict, deliveries, and what events tell of them. Never shorter.</param>
public sealed record RetentionPeriod(RetentionValue Content, RetentionValue Metadata);

/// <summary>How long mail is kept, all values in force.</summary>
public sealed record RetentionPolicy(IReadOnlyDictionary<RetentionClass, RetentionPeriod> Periods, int MaxDays)
{
    public const int LongestDays = 3_650;

    private static readonly FrozenDictionary<RetentionClass, (int Content, int Metadata)> Defaults = new Dictionary<RetentionClass, (int, int)>
    {
        [RetentionClass.Clean] = (30, 365),
        [RetentionClass.Unwanted] = (30, 365),
        [RetentionClass.Suspicious] = (90, 365),
        [RetentionClass.Phishing] = (180, 365),
        [RetentionClass.Malware] = (180, 365),
    }.ToFrozenDictionary();

    /// <param name="platformMaxDays">Of the installation.</param>
    public static RetentionPolicy Of(RetentionRules msp, RetentionRules tenant, int platformMaxDays)
    {
        var most = Math.Min(platformMaxDays, msp.MaxDays ?? platformMaxDays);
        return new RetentionPolicy(
            Enum.GetValues<RetentionClass>().ToDictionary(kind => kind, kind =>
            {
                var metadata = Value(tenant.Metadata, msp.Metadata, kind, Defaults[kind].Metadata, most);
                var content = Value(tenant.Content, msp.Content, kind, Defaults[kind].Content, metadata.Days);
                return new RetentionPeriod(content, metadata);
            }),
            most);
    }

    /// <summary>Verdicts of a class; null stands for mail without one.</summary>
    public static IReadOnlyList<VerdictKind?> VerdictsOf(RetentionClass kind) => kind switch
    {
        RetentionClass.Clean => [VerdictKind.Clean],
        RetentionClass.Unwanted => [VerdictKind.Bulk, VerdictKind.Spam],
        RetentionClass.Suspicious => [VerdictKind.Suspicious, null],
        RetentionClass.Phishing => [VerdictKind.Phishing],
        _ => [VerdictKind.Malware],
    };

    private static RetentionValue Value(
        IReadOnlyDictionary<RetentionClass, int> tenant, IReadOnlyDictionary<RetentionClass, int> msp, RetentionClass kind, int fallback, int most)
    {
        var (days, origin) = tenant.TryGetValue(kind, out var own) ? (own, RetentionOrigin.Tenant)
            : msp.TryGetValue(kind, out var inherited) ? (inherited, RetentionOrigin.Msp)
            : (fallback, RetentionOrigin.Platform);
        return new RetentionValue(Math.Min(days, most), origin, days > most);
    }
}

/// <summary>What one tenant or MSP says itself.</summary>
/// <param name="MaxDays">Of an MSP: no tenant of it keeps anything longer.</param>
public sealed record RetentionRules(IReadOnlyDictionary<RetentionClass, int> Content, IReadOnlyDictionary<RetentionClass, int> Metadata, int? MaxDays)
{
    public static RetentionRules None { get; } = new(new Dictionary<RetentionClass, int>(), new Dictionary<RetentionClass, int>(), null);

    internal static RetentionRules Read(string? json) => json is null ? None : JsonSerializer.Deserialize(json, RetentionJsonContext.Default.RetentionRules) ?? None;

    internal string Write() => JsonSerializer.Serialize(this, RetentionJsonContext.Default.RetentionRules);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DictionaryKeyPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RetentionRules))]
internal sealed partial class RetentionJsonContext : JsonSerializerContext;
