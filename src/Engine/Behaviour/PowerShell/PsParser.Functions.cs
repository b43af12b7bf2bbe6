namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Functions, their parameters, and blocks of code as values.</summary>
internal sealed partial class PsParser
{
    private PsFunction? Function()
    {
        reader.SkipLines();
        var start = reader.At;
        while (!reader.Ended && !char.IsWhiteSpace(reader.Current) && reader.Current is not ('(' or '{'))
            reader.At++;
        var name = reader.Text[start..reader.At].ToLowerInvariant();
        if (name.StartsWith("global:", StringComparison.Ordinal) || name.StartsWith("script:", StringComparison.Ordinal))
            name = name[7..];
        reader.SkipLines();
        List<string> parameters = reader.Current == '(' ? ParameterNames() : [];
        reader.SkipLines();
        if (reader.Current != '{' || name.Length == 0)
            return null;
        var block = Block();
        return new PsFunction(name, parameters.Count > 0 ? block with { Parameters = parameters } : block);
    }

    private PsNothing? Parameters()
    {
        _parameters = ParameterNames();
        return new PsNothing();
    }

    private List<string> _parameters = [];

    private List<string> ParameterNames()
    {
        List<string> names = [];
        reader.SkipLines();
        if (!reader.Take('('))
            return names;
        while (!reader.Ended && step())
        {
            reader.SkipLines();
            if (reader.Take(')'))
                break;
            if (reader.Current == '[')
            {
                BracketText();
                continue;
            }

            if (reader.Current == '$')
            {
                if (Postfix() is PsVariable variable)
                    names.Add(variable.Name);
                reader.SkipLines();
                if (reader.Take('='))
                {
                    reader.SkipLines();
                    Expression();
                }

                continue;
            }

            reader.At++;
        }

        return names;
    }

    private PsBlock Block()
    {
        var start = ++reader.At;
        var before = _parameters;
        _parameters = [];
        var statements = Statements('}');
        var end = Math.Max(start, Math.Min(reader.At, reader.Text.Length) - (reader.At > start && reader.Text[Math.Min(reader.At, reader.Text.Length) - 1] == '}' ? 1 : 0));
        var block = new PsBlock(reader.Text[start..end], _parameters, statements);
        _parameters = before;
        return block;
    }
}
