using System.Globalization;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Methods of text and of lists.</summary>
internal static class PsTexts
{
    public static object? Call(string text, string name, List<object?> arguments, BehaviourLog log)
    {
        if (!log.Budget.TakeSteps(1 + (text.Length / 256)))
            return PsUnknown.Value;
        if (arguments.Exists(PsValues.IsUnknown))
            return arguments.Find(argument => argument is PsRemote) ?? PsUnknown.Value;
        var first = arguments.Count > 0 ? arguments[0] : null;
        var one = PsValues.Text(first);
        var number = (int)Math.Clamp(PsValues.Number(first), int.MinValue, int.MaxValue);
        switch (name)
        {
            case "replace":
                if (one.Length == 0)
                    return text;
                var made = text.Replace(one, arguments.Count > 1 ? PsValues.Text(arguments[1]) : "", StringComparison.Ordinal);
                return made.Length > PsValues.MaxText ? text : PsOperators.Taken(made, log);
            case "split":
                return Split(text, arguments);
            case "substring":
                if (number < 0 || number > text.Length)
                    return "";
                var length = arguments.Count > 1 ? (int)Math.Clamp(PsValues.Number(arguments[1]), 0, text.Length - number) : text.Length - number;
                return text.Substring(number, length);
            case "tochararray":
                return log.Budget.TakeOutput(text.Length) ? text.Select(c => (object?)c).ToList() : [];
            case "tolower" or "tolowerinvariant":
                return text.ToLowerInvariant();
            case "toupper" or "toupperinvariant":
                return text.ToUpperInvariant();
            case "tostring" or "normalize" or "clone":
                return text;
            case "trim":
                return arguments.Count > 0 ? text.Trim(Letters(arguments)) : text.Trim();
            case "trimstart":
                return arguments.Count > 0 ? text.TrimStart(Letters(arguments)) : text.TrimStart();
            case "trimend":
                return arguments.Count > 0 ? text.TrimEnd(Letters(arguments)) : text.TrimEnd();
            case "indexof":
                return text.IndexOf(one, StringComparison.Ordinal);
            case "lastindexof":
                return text.LastIndexOf(one, StringComparison.Ordinal);
            case "contains":
                return text.Contains(one, StringComparison.Ordinal);
            case "startswith":
                return text.StartsWith(one, StringComparison.Ordinal);
            case "endswith":
                return text.EndsWith(one, StringComparison.Ordinal);
            case "equals":
                return text.Equals(one, arguments.Count > 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
            case "insert":
                return number < 0 || number > text.Length || arguments.Count < 2 ? text : PsOperators.Taken(text.Insert(number, PsValues.Text(arguments[1])), log);
            case "remove":
                if (number < 0 || number > text.Length)
                    return text;
                return arguments.Count > 1 ? text.Remove(number, (int)Math.Clamp(PsValues.Number(arguments[1]), 0, text.Length - number)) : text[..number];
            case "padleft" or "padright":
                if (number is < 0 or > 100_000)
                    return text;
                var filler = arguments.Count > 1 && PsValues.Text(arguments[1]) is { Length: > 0 } fill ? fill[0] : ' ';
                return PsOperators.Taken(name == "padleft" ? text.PadLeft(number, filler) : text.PadRight(number, filler), log);
            case "get_chars" or "chars":
                return PsMembers.Index(text, first);
            case "gettype":
                return new PsTypeName("string");
            default:
                return PsUnknown.Value;
        }
    }

    public static object? CallList(List<object?> list, string name, List<object?> arguments)
    {
        switch (name)
        {
            case "add":
                if (list.Count < 1_000_000)
                    list.Add(arguments.FirstOrDefault());
                return list.Count - 1;
            case "addrange":
                if (list.Count < 1_000_000)
                    list.AddRange(PsValues.Items(arguments.FirstOrDefault()));
                return null;
            case "reverse":
                list.Reverse();
                return null;
            case "toarray" or "clone":
                return list.ToList();
            case "contains":
                return list.Exists(item => PsValues.Text(item) == PsValues.Text(arguments.FirstOrDefault()));
            case "tostring":
                return "System.Object[]";
            case "getvalue":
                return PsMembers.Index(list, arguments.FirstOrDefault());
            case "clear":
                list.Clear();
                return null;
            default:
                return PsUnknown.Value;
        }
    }

    public static object NumberText(object? value, List<object?> arguments)
    {
        var how = arguments.Count > 0 ? PsValues.Text(arguments[0]) : "";
        if (how.Length is > 0 and < 4 && char.ToUpperInvariant(how[0]) is 'X' or 'D' && value is byte or int or long && (how.Length == 1 || int.TryParse(how.AsSpan(1), CultureInfo.InvariantCulture, out _)))
            return ((IFormattable)value).ToString(how, CultureInfo.InvariantCulture);
        return PsValues.Text(value);
    }

    private static List<object?> Split(string text, List<object?> arguments)
    {
        if (arguments.Count == 0)
            return text.Split([' ', '\t', '\r', '\n']).Select(part => (object?)part).ToList();
        // The .NET behind Windows PowerShell takes each letter of the text for a separator.
        var separators = PsValues.Items(arguments[0]);
        string[] parts = separators.Count == 1 && separators[0] is string word ? text.Split(word.ToCharArray()) : text.Split([.. separators.Select(item => PsValues.Text(item)).Where(item => item.Length > 0)], StringSplitOptions.None);
        var drops = arguments.Count > 1 && PsValues.Text(arguments[^1]) is "1" or "RemoveEmptyEntries";
        return parts.Where(part => !drops || part.Length > 0).Select(part => (object?)part).ToList();
    }

    private static char[] Letters(List<object?> arguments) => string.Concat(arguments.SelectMany(PsValues.Items).Select(item => PsValues.Text(item))).ToCharArray();
}
