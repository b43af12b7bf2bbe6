namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Statements that hold others: conditions, loops, choices, attempts.</summary>
internal sealed partial class PsParser
{
    private PsIf? If()
    {
        List<(PsNode, IReadOnlyList<PsNode>)> branches = [];
        while (Condition() is { } condition)
        {
            branches.Add((condition, Body()));
            var mark = reader.At;
            reader.SkipLines();
            var word = reader.PeekWord();
            if (word == "elseif")
            {
                reader.PassWord(word.Length);
                continue;
            }

            if (word == "else")
            {
                reader.PassWord(word.Length);
                return new PsIf(branches, Body());
            }

            reader.At = mark;
            break;
        }

        return branches.Count == 0 ? null : new PsIf(branches, null);
    }

    private PsLoop? While() => Condition() is { } condition ? new PsLoop("while", true, null, condition, null, Body()) : null;

    private PsLoop Do()
    {
        var body = Body();
        reader.SkipLines();
        var word = reader.PeekWord();
        reader.PassWord(word.Length);
        return new PsLoop(word == "until" ? "until" : "while", false, null, Condition(), null, body);
    }

    private PsLoop? For()
    {
        reader.SkipLines();
        if (!reader.Take('('))
            return null;
        PsNode?[] parts = [null, null, null];
        for (var index = 0; index < 3; index++)
        {
            reader.SkipLines();
            if (reader.Current is not (';' or ')'))
                parts[index] = Statement();
            reader.SkipLines();
            if (index < 2 && !reader.Take(';'))
                break;
        }

        reader.Take(')');
        return new PsLoop("for", true, parts[0], parts[1], parts[2], Body());
    }

    private PsForEach? ForEach()
    {
        reader.SkipLines();
        if (!reader.Take('('))
            return null;
        reader.SkipLines();
        var variable = Postfix();
        reader.SkipLines();
        if (reader.PeekWord() != "in" || variable is null)
            return null;
        reader.PassWord(2);
        reader.SkipLines();
        var source = Statement();
        reader.SkipLines();
        reader.Take(')');
        return source is null ? null : new PsForEach(variable, source, Body());
    }

    private PsSwitch? Switch()
    {
        reader.SkipLines();
        while (PsReader.IsDash(reader.Current))
        {
            reader.At++;
            reader.PassWord(reader.PeekWord().Length);
            reader.SkipLines();
        }

        if (Condition() is not { } subject)
            return null;
        reader.SkipLines();
        List<(PsNode?, IReadOnlyList<PsNode>)> cases = [];
        if (!reader.Take('{'))
            return null;
        while (true)
        {
            reader.SkipLines(semicolons: true);
            if (reader.Ended || reader.Take('}') || !step())
                return new PsSwitch(subject, cases);
            var start = reader.At;
            PsNode? value = null;
            if (reader.PeekWord() == "default")
                reader.PassWord(7);
            else
                value = reader.Current is '$' or '\'' or '"' or '(' or '{' || char.IsAsciiDigit(reader.Current) ? Expression() : Word();
            cases.Add((value, Body()));
            if (reader.At == start)
                reader.At++;
        }
    }

    private PsTry Try()
    {
        var body = Body();
        List<PsNode> handler = [];
        List<PsNode> last = [];
        while (true)
        {
            var mark = reader.At;
            reader.SkipLines();
            var word = reader.PeekWord();
            if (word is not ("catch" or "finally"))
            {
                reader.At = mark;
                return new PsTry(body, handler, last);
            }

            reader.PassWord(word.Length);
            reader.SkipLines();
            while (reader.Current == '[')
            {
                BracketText();
                reader.SkipLines();
                reader.Take(',');
                reader.SkipLines();
            }

            (word == "catch" ? handler : last).AddRange(Body());
        }
    }
}
