using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing;
using Platform.Storage.Quarantine;
using Platform.Storage.Sending;
using Platform.Storage.Tracking;

namespace Platform.Storage.Policies;

/// <summary>
/// The settings that a policy is made of (DET9). They are data: a new one is a line in <see cref="All"/>, and then it can be set,
/// inherited, locked, put into a template and shown, at every level, without a change of schema or of the database.
/// </summary>
public static class PolicySettings
{
    public const int MaxTagText = 60;

    private static readonly FrozenDictionary<VerdictKind, PolicySetting> Actions =
        Enum.GetValues<VerdictKind>().ToFrozenDictionary(kind => kind, kind => new PolicySetting(ActionKey(kind), PolicyValueKind.Action, Name(VerdictPolicy.Default.For(kind))));

    /// <summary>Own words that mark a tagged mail, in the header field X-Inspection-Tag; empty for none.</summary>
    public static PolicySetting TagText { get; } = new("tag.text", PolicyValueKind.Text, "") { MaxLength = MaxTagText };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [.. Enum.GetValues<VerdictKind>().Select(kind => Actions[kind]), TagText, .. QuarantineSettings.All, .. SendSettings.All, .. MisdirectionSettings.All, .. TrackingSettings.All, .. SendLimitSettings.All];

    private static readonly FrozenDictionary<string, PolicySetting> ByKey = All.ToFrozenDictionary(setting => setting.Key, StringComparer.Ordinal);

    public static PolicySetting? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>What is done with mail of the verdict.</summary>
    public static PolicySetting ActionFor(VerdictKind verdict) => Actions[verdict];

    /// <summary>An action as values spell it.</summary>
    public static string Name(PolicyAction action) => action.ToString().ToLowerInvariant();

    private static string ActionKey(VerdictKind kind) => "action." + kind.ToString().ToLowerInvariant();
}

public enum PolicyValueKind
{
    /// <summary><c>deliver</c>, <c>tag</c>, <c>quarantine</c> or <c>reject</c>.</summary>
    Action,

    /// <summary>One line of text.</summary>
    Text,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Several of the choices with commas between, or <c>none</c>.</summary>
    Rights,

    /// <summary>A time zone of the IANA database: <c>Asia/Tokyo</c>.</summary>
    TimeZone,

    /// <summary>A whole number between two bounds, or one of the choices where there are any: <c>none</c>.</summary>
    Number,
}

/// <param name="Key">Stable name: <c>action.spam</c>.</param>
/// <param name="Default">The platform's value.</param>
public sealed record PolicySetting(string Key, PolicyValueKind Kind, string Default)
{
    /// <summary>The values that there are; empty where any text is one.</summary>
    public IReadOnlyList<string> Choices { get; init; } = Kind == PolicyValueKind.Action ? [.. Enum.GetValues<PolicyAction>().Select(PolicySettings.Name)] : [];

    /// <summary>Characters of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least that a number may be.</summary>
    public int? Least { get; init; }

    /// <summary>The most that a number may be.</summary>
    public int? Most { get; init; }

    /// <summary>What a value must look like, for people.</summary>
    public string Form => Kind switch
    {
        PolicyValueKind.Action or PolicyValueKind.Choice => $"The value of '{Key}' is one of: {string.Join(", ", Choices)}.",
        PolicyValueKind.Rights => $"The value of '{Key}' is 'none', or with commas between some of: {string.Join(", ", Choices)}.",
        PolicyValueKind.Number when Choices.Count > 0 => $"The value of '{Key}' is a number from {Least} to {Most}, or: {string.Join(", ", Choices)}.",
        PolicyValueKind.Number => $"The value of '{Key}' is a number from {Least} to {Most}.",
        PolicyValueKind.TimeZone => $"The value of '{Key}' is a time zone such as 'Asia/Tokyo' or 'Europe/Berlin'.",
        _ => $"The value of '{Key}' is one line of at most {MaxLength} characters.",
    };

    /// <returns>The value as it is kept; null when it is none of this setting.</returns>
    public string? Normalise(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = value.Trim();
        return Kind switch
        {
            PolicyValueKind.Action or PolicyValueKind.Choice => Choices.FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase)),
            PolicyValueKind.Rights => QuarantineRightNames.Read(value) is { } rights ? QuarantineRightNames.Write(rights) : null,
            PolicyValueKind.Number when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                number >= Least && number <= Most ? number.ToString(CultureInfo.InvariantCulture) : null,
            PolicyValueKind.Number => Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)),
            PolicyValueKind.TimeZone => text.Length <= MaxLength && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId ? zone.Id : null,
            _ => text.Length <= MaxLength && text.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar) ? text : null,
        };
    }
}
