namespace Platform.Engine.Authentication.Spf;

/// <summary>A macro-string taken apart (RFC 7208, 7.1).</summary>
internal sealed class MacroString
{
    public MacroString(IReadOnlyList<MacroPart> parts)
    {
        Parts = parts;
        foreach (var part in parts)
        {
            HasValidatedName |= part.Letter == 'p';
            HasLocalPart |= part.Letter is 's' or 'l';
        }
    }

    public IReadOnlyList<MacroPart> Parts { get; }

    /// <summary>Expanding takes look-ups: the macro <c>p</c> is there.</summary>
    public bool HasValidatedName { get; }

    /// <summary>The local-part of the sender is asked for (RFC 8616, 4).</summary>
    public bool HasLocalPart { get; }
}

/// <summary>Text as it stands, or one macro.</summary>
/// <param name="Literal">Empty for a macro.</param>
/// <param name="Letter">Lower case; NUL for a literal.</param>
/// <param name="IsEscaped">Written in upper case: the value is escaped as in a URL (RFC 7208, 7.3).</param>
/// <param name="Keep">How many parts to keep, from the right; 0: all.</param>
/// <param name="Delimiters">Empty: the dot.</param>
internal readonly record struct MacroPart(string Literal, char Letter = '\0', bool IsEscaped = false, int Keep = 0, bool IsReversed = false, string Delimiters = "");

/// <summary>Where a macro-string stands, which decides what it may hold (RFC 7208, 7.1, 7.2).</summary>
internal enum MacroPlace
{
    /// <summary>domain-spec: no <c>c</c>, <c>r</c>, <c>t</c>; ends with a top label or a macro.</summary>
    DomainSpec,

    /// <summary>The value of an unknown modifier.</summary>
    Modifier,

    /// <summary>explain-string: spaces too.</summary>
    Explanation,
}
