using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Methods of text and of lists.</summary>
internal static class PsTexts
{
    private const int MaxItems = 1_000_000;
    private const int MaxSeparators = 100;

    // What gives a text as long as the one it is called on.
    private static readonly FrozenSet<string> Copies = ((string[])["tolower", "tolowerinvariant", "toupper", "toupperinvariant", "trim", "trimstart", "trimend", "remove"]).ToFrozenSet(StringComparer.Ordinal);

    public static object? Call(string text, string name, List<object?> arguments, BehaviourLog log)
    {
        if (!log.Budget.TakeSteps(1 + (text.Length / 256)) || Copies.Contains(name) && !log.Budget.TakeOutput(text.Length))
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
                return BuiltText.Replaced(text, one, arguments.Count > 1 ? PsValues.Text(arguments[1]) : "", StringComparison.Ordinal, PsValues.MaxText, log.Budget) ?? text;
            case "split":
                return Split(text, arguments, log);
            case "substring":
                if (number < 0 || number > text.Length)
                    return "";
                var length = arguments.Count > 1 ? (int)Math.Clamp(PsValues.Number(arguments[1]), 0, text.Length - number) : text.Length - number;
                return log.Budget.TakeOutput(length) ? text.Substring(number, length) : "";
            case "tochararray":
                return log.Budget.TakeOutput((long)text.Length * BuiltText.CostOfItem) ? text.Select(c => (object?)c).ToList() : [];
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
                var added = arguments.Count < 2 ? "" : PsValues.Text(arguments[1]);
                return number < 0 || number > text.Length || text.Length + added.Length > PsValues.MaxText || !log.Budget.TakeOutput(text.Length + added.Length) ? text : text.Insert(number, added);
            case "remove":
                if (number < 0 || number > text.Length)
                    return text;
                return arguments.Count > 1 ? text.Remove(number, (int)Math.Clamp(PsValues.Number(arguments[1]), 0, text.Length - number)) : text[..number];
            case "padleft" or "padright":
                if (number is < 0 or > 100_000 || !log.Budget.TakeOutput(Math.Max(number, text.Length)))
                    return text;
                var filler = arguments.Count > 1 && PsValues.Text(arguments[1]) is { Length: > 0 } fill ? fill[0] : ' ';
                return name == "padleft" ? text.PadLeft(number, filler) : text.PadRight(number, filler);
            case "get_chars" or "chars":
                return PsMembers.Index(text, first, log);
            case "gettype":
                return new PsTypeName("string");
            default:
                return PsUnknown.Value;
        }
    }

    public static object? CallList(List<object?> list, string name, List<object?> arguments, BehaviourLog log)
    {
        if (name is not "add" && !PsValues.Weigh(list, log))
            return PsUnknown.Value;
        switch (name)
        {
            case "add":
                if (list.Count < MaxItems && log.Budget.TakeOutput(BuiltText.CostOfItem))
                    list.Add(arguments.FirstOrDefault());
                return list.Count - 1;
            case "addrange":
                var items = PsValues.Items(arguments.FirstOrDefault());
                if (list.Count + items.Count < MaxItems && log.Budget.TakeOutput((long)items.Count * BuiltText.CostOfItem))
                    list.AddRange(items);
                return null;
            case "reverse":
                list.Reverse();
                return null;
            case "toarray" or "clone":
                return log.Budget.TakeOutput((long)list.Count * BuiltText.CostOfItem) ? list.ToList() : list;
            case "contains":
                var sought = PsValues.Text(arguments.FirstOrDefault());
                return list.Exists(item => PsValues.Text(item) == sought);
            case "tostring":
                return "System.Object[]";
            case "getvalue":
                return PsMembers.Index(list, arguments.FirstOrDefault(), log);
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

    private static List<object?> Split(string text, List<object?> arguments, BehaviourLog log)
    {
        // The .NET behind Windows PowerShell takes each letter of the text for a separator.
        var separators = arguments.Count == 0 ? [] : PsValues.Items(arguments[0]);
        List<string> parts;
        if (separators.Count < 2 && separators.FirstOrDefault(" \t\r\n") is string letters)
        {
            var values = SearchValues.Create(letters);
            parts = BuiltText.Pieces(text, start => (text.AsSpan(start).IndexOfAny(values) is >= 0 and var at ? start + at : -1, 1), MaxItems, log.Budget);
        }
        else
        {
            var words = separators.Take(MaxSeparators).Select(item => PsValues.Text(item)).Where(item => item.Length > 0).ToList();
            var values = SearchValues.Create(words.Count == 0 ? [" "] : CollectionsMarshal.AsSpan(words), StringComparison.Ordinal);
            parts = BuiltText.Pieces(text, start => Separator(text, start, values, words), MaxItems, log.Budget);
        }

        var drops = arguments.Count > 1 && PsValues.Text(arguments[^1]) is "1" or "RemoveEmptyEntries";
        return parts.Where(part => !drops || part.Length > 0).Select(part => (object?)part).ToList();
    }

    private static (int At, int Length) Separator(string text, int start, SearchValues<string> values, List<string> words)
    {
        var at = text.AsSpan(start).IndexOfAny(values);
        return at < 0 ? (-1, 0) : (start + at, words.Find(word => text.AsSpan(start + at).StartsWith(word))?.Length ?? 1);
    }

    private static char[] Letters(List<object?> arguments) => string.Concat(arguments.SelectMany(PsValues.Items).Select(item => PsValues.Text(item))).ToCharArray();
}
