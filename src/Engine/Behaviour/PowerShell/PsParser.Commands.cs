using System.Buffers;
using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Pipelines, commands and their arguments.</summary>
internal sealed partial class PsParser
{
    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.xXabcdefABCDEFklmgtpKLMGTP");

    // Chains of version 7 (a && b || c): each of them is a statement of its own.
    private PsNode? Pipeline()
    {
        List<PsNode> chain = [];
        do
        {
            if (OnePipeline() is { } part)
                chain.Add(part);
        }
        while (TakeChain() && step());
        return chain.Count switch { 0 => null, 1 => chain[0], _ => new PsGroup(chain, IsArray: false) };
    }

    private bool TakeChain()
    {
        var mark = reader.At;
        reader.SkipLines();
        if (reader.Current == '|' && reader.Ahead() == '|' || reader.Current == '&' && reader.Ahead() == '&')
        {
            reader.At += 2;
            reader.SkipLines();
            return true;
        }

        reader.At = mark;
        return false;
    }

    private PsNode? OnePipeline()
    {
        List<PsNode> parts = [];
        while (true)
        {
            reader.SkipLines();
            if (PipelinePart() is not { } part)
                break;
            parts.Add(part);
            reader.SkipBlanks();
            var mark = reader.At;
            reader.SkipLines();
            if (reader.Current != '|' || reader.Ahead() == '|')
            {
                reader.At = mark;
                break;
            }

            reader.At++;
        }

        return parts.Count == 0 ? null : Joined(parts);
    }

    private static PsNode Joined(List<PsNode> parts) => parts.Count == 1 ? parts[0] : new PsPipeline(parts);

    private PsNode? PipelinePart()
    {
        var c = reader.Current;
        if (c == '&' || c == '.' && (char.IsWhiteSpace(reader.Ahead()) || reader.Ahead() is '(' or '$' or '\'' or '"' or '{' or '\u201c'))
            return Call(c);
        if (!StartsExpression(c))
            return Command(' ');
        var expression = Expression();
        if (expression is null)
            return null;
        reader.SkipBlanks();
        if (AssignmentOperator() is { } oper)
        {
            reader.SkipLines();
            return Statement() is { } value ? new PsAssignment(expression, oper, value) : null;
        }

        // 'text' > file
        return reader.Current == '>' ? Redirected(expression) : expression;
    }

    private bool StartsExpression(char c) =>
        c is '$' or '@' or '(' or '{' or '[' or '!' or ',' or '+' || PsReader.IsSingleQuote(c) || PsReader.IsDoubleQuote(c) || char.IsAsciiDigit(c) && IsNumberHere()
        || PsReader.IsDash(c) && (char.IsAsciiDigit(reader.Ahead()) || reader.Ahead() is '(' or '$' or '-' or '\'' or '"' || IsUnaryWord());

    private bool IsNumberHere()
    {
        var at = reader.At;
        while (at < reader.Text.Length && (char.IsAsciiLetterOrDigit(reader.Text[at]) || reader.Text[at] == '.'))
            at++;
        var word = reader.Text.AsSpan(reader.At, at - reader.At);
        return !word.ContainsAnyExcept(NumberLetters);
    }

    private bool IsUnaryWord()
    {
        reader.At++;
        var word = reader.PeekWord();
        reader.At--;
        return word is "join" or "split" or "csplit" or "isplit" or "not" or "bnot";
    }

    private string? AssignmentOperator()
    {
        var c = reader.Current;
        if (c == '=' && reader.Ahead() != '=')
        {
            reader.At++;
            return "=";
        }

        if (c is '+' or '-' or '*' or '/' or '%' && reader.Ahead() == '=')
        {
            reader.At += 2;
            return $"{c}=";
        }

        return null;
    }

    private PsCommand? Call(char call)
    {
        reader.At++;
        reader.SkipLines();
        return Command(call);
    }

    private PsCommand? Command(char call)
    {
        var start = reader.At;
        PsNode? name = call != ' ' && (reader.Current is '$' or '(' or '{' or '[' || PsReader.IsSingleQuote(reader.Current) || PsReader.IsDoubleQuote(reader.Current)) ? Postfix() : Word();
        if (name is null)
            return null;
        List<PsNode> arguments = [];
        PsNode? output = null;
        var appends = false;
        while (step())
        {
            reader.SkipBlanks();
            var c = reader.Current;
            if (reader.Ended || c is '|' or ';' or ')' or '}' or '\r' or '\n' || c == '&' && reader.Ahead() != '\'')
                break;
            start = reader.At;
            if (c == '>' || c is '1' or '2' or '*' && reader.Ahead() == '>')
            {
                var isOutput = c is '>' or '1';
                reader.At += c == '>' ? 1 : 2;
                var joins = reader.Current == '>';
                if (joins)
                    reader.At++;
                reader.SkipBlanks();
                if (reader.Current == '&')
                {
                    reader.At += 2;
                    continue;
                }

                var target = Argument();
                if (isOutput)
                    (output, appends) = (target, joins);
                continue;
            }

            if (PsReader.IsDash(c) && (char.IsAsciiLetter(reader.Ahead()) || reader.Ahead() is '?' or '`'))
                arguments.Add(Parameter());
            else if (ArgumentList() is { } argument)
                arguments.Add(argument);
            if (reader.At == start)
                reader.At++;
        }

        return new PsCommand(call, name, arguments, output, appends);
    }

    private PsCommand Redirected(PsNode expression)
    {
        reader.At++;
        var joins = reader.Take('>');
        reader.SkipBlanks();
        return new PsCommand(' ', new PsConstant("write-output"), [expression], Argument(), joins);
    }

    private PsParameter Parameter()
    {
        reader.At++;
        var name = reader.PeekWord();
        reader.PassWord(name.Length);
        if (reader.Current != ':')
            return new PsParameter(name, null);
        reader.At++;
        reader.SkipBlanks();
        return new PsParameter(name, Argument());
    }

    private PsNode? ArgumentList()
    {
        if (Argument() is not { } first)
            return null;
        List<PsNode> items = [first];
        while (true)
        {
            var mark = reader.At;
            reader.SkipBlanks();
            if (reader.Current != ',')
            {
                reader.At = mark;
                break;
            }

            reader.At++;
            reader.SkipLines();
            if (Argument() is not { } next)
                break;
            items.Add(next);
        }

        return items.Count == 1 ? first : new PsList(items);
    }

    private PsNode? Argument()
    {
        var c = reader.Current;
        if (c is '(' or '{' || c == '@' && reader.Ahead() is '(' or '{' or '\'' or '"' || c == '$' && reader.Ahead() != ' ')
        {
            var part = Postfix();
            return part is not null && Joins() ? Compound(part) : part;
        }

        if (PsReader.IsSingleQuote(c) || PsReader.IsDoubleQuote(c))
        {
            var part = Postfix();
            return part is not null && Joins() ? Compound(part) : part;
        }

        return c == '[' && char.IsAsciiLetter(reader.Ahead()) && Cast() is { } cast ? cast : Word();
    }

    // $env:temp\file.exe: what follows without a blank belongs to the same word.
    private bool Joins() => !reader.Ended && !char.IsWhiteSpace(reader.Current) && reader.Current is not (')' or '}' or ';' or ',' or '|' or '>' or '<' or ']' or '=' or '(' or '+' or '*' or '&');

    private PsText Compound(PsNode first)
    {
        List<PsNode> parts = [first];
        while (Joins() && parts.Count < 50)
        {
            var next = reader.Current is '$' or '"' or '\'' ? Primary() : Word();
            if (next is null)
                break;
            parts.Add(next);
        }

        return new PsText(parts);
    }

    /// <summary>A bare word; backticks escape, quotes within are taken in.</summary>
    private PsNode? Word()
    {
        var word = new StringBuilder();
        List<PsNode>? parts = null;
        while (!reader.Ended)
        {
            var c = reader.Current;
            if (char.IsWhiteSpace(c) || c is '|' or ';' or ')' or '}' or ',' or '>' or '<' or '&' or '(' or '{')
                break;
            if (c == '`' && reader.At + 1 < reader.Text.Length)
            {
                word.Append(reader.Ahead());
                reader.At += 2;
                continue;
            }

            if (PsReader.IsSingleQuote(c) || PsReader.IsDoubleQuote(c) || c == '$' && (char.IsAsciiLetter(reader.Ahead()) || reader.Ahead() is '{' or '('))
            {
                (parts ??= []).Add(new PsConstant(word.ToString()));
                word.Clear();
                if (Primary() is { } part)
                    parts.Add(part);
                else
                    break;
                continue;
            }

            word.Append(c);
            reader.At++;
        }

        if (parts is not null)
        {
            parts.Add(new PsConstant(word.ToString()));
            return new PsText(parts);
        }

        return word.Length == 0 ? null : new PsConstant(word.ToString());
    }
}
