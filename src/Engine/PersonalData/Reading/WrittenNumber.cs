namespace Platform.Engine.PersonalData.Reading;

/// <summary>How the parts of a number are held together.</summary>
internal enum Spacing
{
    /// <summary>Digits without a break.</summary>
    None,

    /// <summary>A blank, a hyphen or a dot at a time, each time the same.</summary>
    Even,

    /// <summary>As people space by hand, or as a text recognition does; borders of cells and lines too.</summary>
    Loose,
}

/// <summary>A number of a known count of digits, however it is spaced.</summary>
/// <param name="Layout">Lengths of its groups.</param>
/// <param name="Last">Index of its last group.</param>
internal sealed record WrittenNumber(int Start, int End, string Digits, IReadOnlyList<int> Layout, Spacing Spacing, char Separator, int Last)
{
    public bool IsAllOneDigit => Digits.AsSpan().IndexOfAnyExcept(Digits[0]) < 0;

    /// <summary>A digit a box, or two where a text recognition joined them.</summary>
    public bool IsInBoxes => Layout.Count >= Digits.Length / 2;

    public bool HasLayout(params ReadOnlySpan<int> lengths)
    {
        if (Layout.Count != lengths.Length)
            return false;
        for (var index = 0; index < lengths.Length; index++)
            if (Layout[index] != lengths[index])
                return false;
        return true;
    }
}
