using System.Globalization;

namespace Platform.Engine.Behaviour.Batch;

/// <summary><c>set</c>: a variable, arithmetic by <c>/a</c>, a line of input by <c>/p</c>, or the list.</summary>
internal static class BatchSet
{
    private const int MaxListed = 100;

    public static void Run(string rest, BatchVariables variables, string? input, Action<string> print)
    {
        var text = rest.Trim(' ', '\t');
        if (text.StartsWith("/a", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var term in text[2..].Trim().Trim('"').Split(','))
                Calculate(term, variables);
            return;
        }

        var asks = text.StartsWith("/p", StringComparison.OrdinalIgnoreCase);
        if (asks)
            text = text[2..].TrimStart();
        if (text.StartsWith('"'))
        {
            var end = text.LastIndexOf('"');
            text = end > 0 ? text[1..end] : text[1..];
        }
        else
        {
            text = rest.TrimStart(' ', '\t');
            if (asks)
                text = text[2..].TrimStart();
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            variables.Set(text[..equals], asks ? (input ?? "").Split('\n')[0].TrimEnd('\r') : text[(equals + 1)..]);
        else
            foreach (var line in variables.Listed(text).Take(MaxListed))
                print(line);
    }

    private static void Calculate(string term, BatchVariables variables)
    {
        var equals = term.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return;
        var name = term[..equals].Trim();
        if (name.Length == 0)
            return;
        var expression = term[(equals + 1)..];
        if ("+-*/%^&|".Contains(name[^1], StringComparison.Ordinal))
        {
            expression = $"{name.TrimEnd('+', '-', '*', '/', '%', '^', '&', '|')}{name[^1]}({expression})";
            name = name.TrimEnd('+', '-', '*', '/', '%', '^', '&', '|').Trim();
        }

        if (variables.Pays(expression.Length / 8))
            variables.Set(name, new BatchArithmetic(expression, variables).Value().ToString(CultureInfo.InvariantCulture));
    }
}
