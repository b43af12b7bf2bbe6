namespace Platform.Engine.Behaviour.Batch;

internal abstract record BatchNode;

/// <param name="Text">As written, carets and redirections taken out.</param>
/// <param name="Output">File that takes the output; null for the console.</param>
internal sealed record BatchCommand(string Text, string? Output, bool Appends, string? Input) : BatchNode;

/// <param name="Operators">Between the parts: <c>&amp;</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>|</c>; one fewer than parts.</param>
internal sealed record BatchSequence(IReadOnlyList<BatchNode> Parts, IReadOnlyList<string> Operators, string? Output = null, bool Appends = false) : BatchNode;

internal sealed record BatchIf(bool Not, bool IgnoresCase, string Left, string Operator, string Right, BatchNode Then, BatchNode? Else) : BatchNode;

/// <param name="Mode">Letter after the slash (<c>f</c>, <c>l</c>, <c>r</c>, <c>d</c>), blank for none.</param>
internal sealed record BatchFor(char Mode, string Options, char Variable, string Set, BatchNode Body) : BatchNode;
