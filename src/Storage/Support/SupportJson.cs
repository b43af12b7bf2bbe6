using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Platform.Storage.Support;

/// <summary>What event and audit entry tell of support access.</summary>
internal static class SupportJson
{
    private static readonly SupportJsonContext Context = new(new JsonSerializerOptions(SupportJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    public static string Of(string actor, SupportGrantRow grant) => JsonSerializer.Serialize(
        new ToldSupport(
            actor,
            new ToldGrant(grant.Id, grant.AccountName, grant.AccountAddress, grant.Level.ToString().ToLowerInvariant(), grant.IncludesContent, grant.Reason, grant.Hours, grant.DueAt)),
        Context.ToldSupport);
}

internal sealed record ToldSupport(string Actor, ToldGrant Support);

internal sealed record ToldGrant(Guid Id, string Name, string Address, string Level, bool IncludesContent, string Reason, int Hours, DateTimeOffset? Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldSupport))]
internal sealed partial class SupportJsonContext : JsonSerializerContext;
