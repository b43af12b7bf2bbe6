namespace Platform.Storage.Quarantine;

/// <summary>What a person may do with the mail of the own mailbox (QUA2); set for each verdict by the policy.</summary>
[Flags]
public enum QuarantineRights
{
    None = 0,

    /// <summary>See the header fields.</summary>
    Headers = 1,

    /// <summary>Read it, made safe.</summary>
    Preview = 2,

    /// <summary>Download the original.</summary>
    Download = 4,

    /// <summary>Have it delivered to the own mailbox.</summary>
    Release = 8,

    /// <summary>Ask an administrator to have it delivered.</summary>
    Request = 16,

    /// <summary>Delete it.</summary>
    Delete = 32,

    /// <summary>Block or allow its sender for the own mailbox.</summary>
    List = 64,
}

/// <summary>Rights as a policy's value spells them: <c>headers,preview,release</c>, or <c>none</c>.</summary>
public static class QuarantineRightNames
{
    private const string None = "none";

    /// <summary>Each right by its name, in the order in which a value holds them.</summary>
    public static IReadOnlyList<(string Name, QuarantineRights Right)> All { get; } =
        [.. Enum.GetValues<QuarantineRights>().Where(right => right != QuarantineRights.None).Select(right => (right.ToString().ToLowerInvariant(), right))];

    public static string Write(QuarantineRights rights) =>
        rights == QuarantineRights.None ? None : string.Join(',', All.Where(known => rights.HasFlag(known.Right)).Select(known => known.Name));

    /// <summary>Null when it holds a word that is no right.</summary>
    public static QuarantineRights? Read(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var rights = QuarantineRights.None;
        foreach (var word in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals(None, StringComparison.OrdinalIgnoreCase))
                continue;
            var known = All.FirstOrDefault(right => right.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (known.Right == QuarantineRights.None)
                return null;
            rights |= known.Right;
        }

        return value.Trim().Length == 0 ? null : rights;
    }
}
