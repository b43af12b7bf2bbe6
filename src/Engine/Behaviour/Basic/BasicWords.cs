using System.Collections.Frozen;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Words of the language.</summary>
internal static class BasicWords
{
    private static readonly FrozenSet<string> Operators = ((string[])["and", "or", "xor", "not", "mod", "eqv", "imp", "is", "like", "then", "to", "step", "else", "case", "if", "elseif", "while", "until", "return", "print", "call", "in", "each"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>After this word a value begins, so that <c>&amp;H</c> is a number.</summary>
    public static bool EndsOperand(string word) => Operators.Contains(word);
}
