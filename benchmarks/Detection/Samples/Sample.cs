using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples;

/// <summary>One mail made for a measurement.</summary>
/// <param name="Name">What it is, for the report: <c>iso with a shortcut</c>.</param>
/// <param name="Mail">The raw message.</param>
/// <param name="Types">Attack types that fit; empty for a benign mail.</param>
/// <param name="Reasons">Ids of which at least one must be among the reasons that weigh something; empty for a benign mail.</param>
internal sealed record Sample(string Name, ReadOnlyMemory<byte> Mail, IReadOnlyList<AttackType> Types, IReadOnlyList<string> Reasons)
{
    public bool IsHostile => Types.Count > 0;

    public static Sample Hostile(string name, ReadOnlyMemory<byte> mail, IReadOnlyList<AttackType> types, params IReadOnlyList<string> reasons) => new(name, mail, types, reasons);

    public static Sample Benign(string name, ReadOnlyMemory<byte> mail) => new(name, mail, [], []);
}
