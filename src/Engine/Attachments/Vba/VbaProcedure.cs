namespace Platform.Engine.Attachments.Vba;

/// <summary>What one procedure speaks of; the lines outside of all procedures are one without a name.</summary>
internal sealed class VbaProcedure(string module, string name)
{
    public string Module => module;

    public string Name => name;

    /// <summary>Names in its code, without type letters; strings and comments left out.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Its strings; those joined by <c>&amp;</c> or <c>+</c> as one.</summary>
    public List<string> Strings { get; } = [];

    /// <summary>Characters given by their number, line ends and quotes left out.</summary>
    public int NumberedCharacters { get; set; }

    /// <summary>Characters whose number is computed: what decodes a text does that.</summary>
    public int ComputedCharacters { get; set; }

    /// <summary>Calls of <c>CreateObject</c> or <c>GetObject</c> whose class is no string.</summary>
    public int ComputedClasses { get; set; }

    /// <summary>Small numbers in one list, the most of any.</summary>
    public int LongestNumberList { get; set; }
}
