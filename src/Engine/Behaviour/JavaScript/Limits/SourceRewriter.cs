using System.Text;
using Acornima;
using Acornima.Ast;

namespace Platform.Engine.Behaviour.JavaScript.Limits;

/// <summary>
/// Rewrites, in the text, the few things that the interpreter cannot take or tell of. <c>eval(x)</c> becomes <c>eval(layer(x))</c>,
/// which keeps the scope that only a call of that very name has; a sum of hundreds of pieces, beyond the depth that the interpreter
/// walks, becomes one call; big integers, whose multiplication nothing can bound, become numbers; <c>import(x)</c> becomes a call that the world
/// answers. <c>window[x](y)</c> may be eval too: <c>window[key(x)](made(y))</c> knows when it runs.
/// </summary>
internal static class SourceRewriter
{
    public const string LayerName = "__layer__";
    public const string SumName = "__sum__";
    public const string ImportName = "__import__";
    public const string KeyName = "__key__";
    public const string MadeName = "__made__";

    // All of them are the global object.
    private static readonly string[] Globals = ["window", "self", "globalThis", "top", "parent", "frames", "this"];

    private const int MostPieces = 60;
    private const int ManyPieces = 100;
    private const int MostNodes = 1_500_000;

    public static string Rewrite(string code)
    {
        if (!code.Contains("eval", StringComparison.Ordinal) && !code.Contains("import", StringComparison.Ordinal) && code.AsSpan().Count('+') < ManyPieces && !MayHoldBigInteger(code) && !MayCallByName(code))
            return code;
        List<(int At, int Remove, string Insert)> edits = [];
        try
        {
            // What does not parse here will not run there: the interpreter reports it.
            Collect(new Parser(new ParserOptions { AllowReturnOutsideFunction = true }).ParseScript(code), code, edits);
        }
        catch (ParseErrorException)
        {
            return code;
        }

        return edits.Count == 0 ? code : Apply(code, edits);
    }

    private static void Collect(Node root, string code, List<(int At, int Remove, string Insert)> edits)
    {
        var pending = new Stack<Node>([root]);
        HashSet<Node> done = [];
        var count = 0;
        while (pending.TryPop(out var node))
        {
            if (++count > MostNodes)
                throw new OutOfBudgetException();
            switch (node)
            {
                case CallExpression call when IsEval(call.Callee) && call.Arguments.Count > 0 && call.Arguments[0].Type != NodeType.SpreadElement:
                    edits.Add((call.Arguments[0].Start, 0, $"{LayerName}("));
                    edits.Add((call.Arguments[0].End, 0, ")"));
                    break;
                case ImportExpression import:
                    edits.Add((import.Start, "import".Length, ImportName));
                    break;
                case CallExpression { Callee: MemberExpression { Computed: true, Property: not StringLiteral } member } call when IsGlobal(member.Object) && call.Arguments.Count > 0 && call.Arguments[0].Type != NodeType.SpreadElement:
                    edits.Add((member.Property.Start, 0, $"{KeyName}("));
                    edits.Add((member.Property.End, 0, ")"));
                    edits.Add((call.Arguments[0].Start, 0, $"{MadeName}("));
                    edits.Add((call.Arguments[0].End, 0, ")"));
                    break;
                case BigIntLiteral literal:
                    edits.Add((literal.End - 1, 1, ""));
                    break;
                case BinaryExpression sum when sum.Operator == Operator.Addition && done.Add(sum):
                    Flatten(sum, code, edits, done);
                    break;
            }

            foreach (var child in node.ChildNodes)
                if (child is not null)
                    pending.Push(child);
        }
    }

    // a + b + c is ((a + b) + c): down the left side as long as no bracket says otherwise.
    private static void Flatten(BinaryExpression sum, string code, List<(int At, int Remove, string Insert)> edits, HashSet<Node> done)
    {
        List<int> signs = [];
        Node left = sum;
        while (left is BinaryExpression inner && inner.Operator == Operator.Addition)
        {
            var between = code.AsSpan(inner.Left.End, inner.Right.Start - inner.Left.End);
            var sign = between.IndexOf('+');
            if (sign < 0 || between.Contains('/'))
                break;
            signs.Add(inner.Left.End + sign);
            done.Add(inner);
            if (between[..sign].Contains(')'))
                break;
            left = inner.Left;
        }

        if (signs.Count <= MostPieces)
            return;
        edits.Add((sum.Start, 0, $"{SumName}("));
        edits.Add((sum.End, 0, ")"));
        foreach (var sign in signs)
            edits.Add((sign, 1, ","));
    }

    private static bool IsEval(Node callee) => callee switch
    {
        Identifier name => name.Name == "eval",
        MemberExpression { Computed: false, Property: Identifier name } => name.Name == "eval",
        MemberExpression { Computed: true, Property: StringLiteral name } => name.Value == "eval",
        SequenceExpression sequence => IsEval(sequence.Expressions[^1]),
        _ => false,
    };

    private static bool IsGlobal(Node node) => node is ThisExpression || node is Identifier name && Globals.Contains(name.Name);

    private static bool MayCallByName(string code) =>
        code.Contains("](", StringComparison.Ordinal) && Array.Exists(Globals, name => code.Contains($"{name}[", StringComparison.Ordinal));

    private static bool MayHoldBigInteger(string code)
    {
        var hexadecimal = code.Contains("0x", StringComparison.OrdinalIgnoreCase);
        for (var at = code.IndexOf('n', StringComparison.Ordinal); at >= 0; at = code.IndexOf('n', at + 1))
            if (at > 0 && (char.IsAsciiDigit(code[at - 1]) || hexadecimal && char.IsAsciiHexDigit(code[at - 1])) && (at + 1 == code.Length || !char.IsAsciiLetterOrDigit(code[at + 1])))
                return true;
        return false;
    }

    private static string Apply(string code, List<(int At, int Remove, string Insert)> edits)
    {
        var result = new StringBuilder(code.Length + (edits.Count * 8));
        var at = 0;
        // Of edits at one place: what closes comes before what opens.
        foreach (var edit in edits.OrderBy(edit => edit.At).ThenBy(edit => edit.Insert == ")" ? 0 : 1))
        {
            result.Append(code, at, edit.At - at).Append(edit.Insert);
            at = edit.At + edit.Remove;
        }

        return result.Append(code, at, code.Length - at).ToString();
    }
}
