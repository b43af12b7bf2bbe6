namespace Platform.Engine.Conditions;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <param name="Value">Name, symbol or text without its quotes; of a number its digits.</param>
internal readonly record struct ConditionToken(TokenKind Kind, string Value, int Position, decimal Number = 0)
{
    public bool Is(string word) => Kind is TokenKind.Name or TokenKind.Symbol && Value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
