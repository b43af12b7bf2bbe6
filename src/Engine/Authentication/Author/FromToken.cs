namespace Platform.Engine.Authentication.Author;

internal enum FromTokenKind
{
    /// <summary>A run of characters that are neither white space nor special, dots included.</summary>
    Atom,
    Quoted,
    Comment,

    /// <summary><c>[...]</c> with its brackets.</summary>
    Literal,

    /// <summary>One of <c>&lt; &gt; , ; : @ ) ]</c>.</summary>
    Mark,
}

/// <param name="Text">Content without quotes or parentheses, pairs resolved.</param>
/// <param name="AfterSpace">White space or a comment stands before it.</param>
internal readonly record struct FromToken(FromTokenKind Kind, string Text, bool AfterSpace)
{
    public bool IsMark(char mark) => Kind == FromTokenKind.Mark && Text[0] == mark;
}
