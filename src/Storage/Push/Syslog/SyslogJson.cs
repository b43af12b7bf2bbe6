using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Storage.Push.Syslog;

/// <summary>What events and audit entries tell of a target.</summary>
internal static class SyslogJson
{
    public static string Write(string actor, string action, StoredSyslogTarget target) => JsonSerializer.Serialize(
        new ToldSyslogChange(
            actor,
            action,
            target.Owner.IsMsp ? "msp" : "tenant",
            new ToldSyslogTarget(target.Description, target.Host, target.Port, target.Format.ToString().ToLowerInvariant(), EventKindFilter.Read(target.Kinds).Entries, target.State == SyslogState.Enabled)),
        SyslogJsonContext.Default.ToldSyslogChange);
}

/// <param name="Kinds">Empty: all.</param>
internal sealed record ToldSyslogTarget(string Description, string Host, int Port, string Format, IReadOnlyList<string> Kinds, bool Enabled);

internal sealed record ToldSyslogChange(string Actor, string Action, string From, ToldSyslogTarget Target);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldSyslogChange))]
internal sealed partial class SyslogJsonContext : JsonSerializerContext;
