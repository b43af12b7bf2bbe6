namespace Platform.Engine.Behaviour.Basic;

internal abstract record BasicNode;

// Expressions

internal sealed record BasicConstant(object? Value) : BasicNode;

/// <summary>A name and what is taken of it: members, arguments, in a row.</summary>
/// <param name="First">Null where a With block stands for it.</param>
internal sealed record BasicPath(BasicNode? First, IReadOnlyList<BasicStep> Steps) : BasicNode;

internal sealed record BasicName(string Name) : BasicNode;

/// <param name="Name">Null for arguments alone: <c>(1)</c>.</param>
/// <param name="Arguments">Null where there are none; an argument left out is null.</param>
internal sealed record BasicStep(string? Name, IReadOnlyList<BasicNode?>? Arguments);

internal sealed record BasicUnary(string Operator, BasicNode Operand) : BasicNode;

/// <summary>Operators of one level from the left: long concatenations stay flat.</summary>
internal sealed record BasicChain(BasicNode First, IReadOnlyList<(string Operator, BasicNode Operand)> Others) : BasicNode;

internal sealed record BasicNew(string Type) : BasicNode;

/// <param name="Name">Lower-case.</param>
internal sealed record BasicNamedArgument(string Name, BasicNode Value) : BasicNode;

// Statements

internal sealed record BasicAssignment(BasicNode Target, BasicNode Value) : BasicNode;

internal sealed record BasicCall(BasicNode Target) : BasicNode;

/// <param name="Bounds">Null for no array.</param>
internal sealed record BasicDeclaration(string Name, IReadOnlyList<BasicNode>? Bounds, BasicNode? Value, bool Keeps, string Type) : BasicNode;

internal sealed record BasicIf(IReadOnlyList<(BasicNode Condition, IReadOnlyList<BasicNode> Body)> Branches, IReadOnlyList<BasicNode> Else) : BasicNode;

/// <param name="Cases">Without conditions: Case Else. A condition is a value, or a comparison with the subject put to its left.</param>
internal sealed record BasicSelect(BasicNode Subject, IReadOnlyList<(IReadOnlyList<(string Operator, BasicNode Value, BasicNode? To)> Conditions, IReadOnlyList<BasicNode> Body)> Cases) : BasicNode;

internal sealed record BasicFor(string Variable, BasicNode From, BasicNode To, BasicNode? Step, IReadOnlyList<BasicNode> Body) : BasicNode;

internal sealed record BasicForEach(string Variable, BasicNode Source, IReadOnlyList<BasicNode> Body) : BasicNode;

internal sealed record BasicLoop(BasicNode? Condition, bool Until, bool TestsFirst, IReadOnlyList<BasicNode> Body) : BasicNode;

internal sealed record BasicWith(BasicNode Subject, IReadOnlyList<BasicNode> Body) : BasicNode;

/// <param name="What"><c>for</c>, <c>do</c>, <c>sub</c>, <c>end</c>.</param>
internal sealed record BasicExit(string What) : BasicNode;

internal sealed record BasicJump(string Label) : BasicNode;

internal sealed record BasicLabel(string Name) : BasicNode;

/// <param name="Verb"><c>open</c>, <c>print</c>, <c>put</c>, <c>close</c>, <c>kill</c>, <c>filecopy</c>, <c>name</c>, <c>get</c>, <c>input</c>.</param>
internal sealed record BasicFile(string Verb, IReadOnlyList<BasicNode> Operands, string Mode) : BasicNode;

/// <param name="Name">Lower-case.</param>
internal sealed record BasicProcedure(string Name, IReadOnlyList<string> Parameters, IReadOnlyList<BasicNode> Body, string Module, bool IsFunction);

/// <param name="Entry">Name in the library.</param>
internal sealed record BasicDeclare(string Name, string Library, string Entry);

internal sealed record BasicClass(string Name, IReadOnlyList<BasicNode> Fields, IReadOnlyDictionary<string, BasicProcedure> Procedures);

/// <summary>All that a source holds.</summary>
internal sealed class BasicProgram
{
    public Dictionary<string, BasicProcedure> Procedures { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, BasicDeclare> Declares { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, BasicClass> Classes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What stands outside of procedures, in order.</summary>
    public List<BasicNode> Statements { get; } = [];
}
