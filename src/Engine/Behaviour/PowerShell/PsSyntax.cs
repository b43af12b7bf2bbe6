namespace Platform.Engine.Behaviour.PowerShell;

internal abstract record PsNode;

// Expressions

internal sealed record PsConstant(object? Value) : PsNode;

/// <summary>Text between double quotes: constants, variables and <c>$(...)</c> in a row.</summary>
internal sealed record PsText(IReadOnlyList<PsNode> Parts) : PsNode;

/// <param name="Name">Lower-case, scope before a colon where one is given: <c>env:temp</c>.</param>
internal sealed record PsVariable(string Name) : PsNode;

internal sealed record PsList(IReadOnlyList<PsNode> Items) : PsNode;

internal sealed record PsTable(IReadOnlyList<(PsNode Key, PsNode Value)> Entries) : PsNode;

internal sealed record PsUnary(string Operator, PsNode Operand) : PsNode;

/// <summary>Operators of one level in a row, from the left: long concatenations stay flat.</summary>
internal sealed record PsChain(PsNode First, IReadOnlyList<(string Operator, PsNode Operand)> Others) : PsNode;

internal sealed record PsCast(string Type, PsNode Operand) : PsNode;

internal sealed record PsTypeName(string Name) : PsNode;

/// <summary>Members, calls and indexes in a row, from the left.</summary>
internal sealed record PsPath(PsNode First, IReadOnlyList<PsStep> Steps) : PsNode;

/// <param name="Name">Null for an index.</param>
/// <param name="Arguments">Null for a property.</param>
internal sealed record PsStep(PsNode? Name, IReadOnlyList<PsNode>? Arguments, bool IsStatic);

/// <summary><c>$(...)</c>, <c>@(...)</c> and <c>(...)</c>.</summary>
internal sealed record PsGroup(IReadOnlyList<PsNode> Statements, bool IsArray) : PsNode;

/// <param name="Source">As it stands between the braces.</param>
internal sealed record PsBlock(string Source, IReadOnlyList<string> Parameters, IReadOnlyList<PsNode> Statements) : PsNode;

// Statements

internal sealed record PsAssignment(PsNode Target, string Operator, PsNode Value) : PsNode;

internal sealed record PsPipeline(IReadOnlyList<PsNode> Parts) : PsNode;

/// <param name="Call"><c>&amp;</c> or <c>.</c> before it, blank for none.</param>
/// <param name="Arguments">Words, and parameters as <see cref="PsParameter"/>.</param>
internal sealed record PsCommand(char Call, PsNode Name, IReadOnlyList<PsNode> Arguments, PsNode? Output, bool Appends) : PsNode;

/// <param name="Name">Lower-case, without its dash.</param>
internal sealed record PsParameter(string Name, PsNode? Value) : PsNode;

internal sealed record PsIf(IReadOnlyList<(PsNode Condition, IReadOnlyList<PsNode> Body)> Branches, IReadOnlyList<PsNode>? Else) : PsNode;

/// <param name="Kind"><c>while</c>, <c>until</c>, <c>for</c>.</param>
/// <param name="TestsFirst">The condition is asked before the first round.</param>
internal sealed record PsLoop(string Kind, bool TestsFirst, PsNode? Start, PsNode? Condition, PsNode? Step, IReadOnlyList<PsNode> Body) : PsNode;

internal sealed record PsForEach(PsNode Variable, PsNode Source, IReadOnlyList<PsNode> Body) : PsNode;

internal sealed record PsSwitch(PsNode Subject, IReadOnlyList<(PsNode? Case, IReadOnlyList<PsNode> Body)> Cases) : PsNode;

internal sealed record PsFunction(string Name, PsBlock Body) : PsNode;

internal sealed record PsTry(IReadOnlyList<PsNode> Body, IReadOnlyList<PsNode> Handler, IReadOnlyList<PsNode> Last) : PsNode;

/// <param name="Word"><c>return</c>, <c>break</c>, <c>continue</c>, <c>exit</c>, <c>throw</c>.</param>
internal sealed record PsLeave(string Word, PsNode? Value) : PsNode;

internal sealed record PsNothing : PsNode;
