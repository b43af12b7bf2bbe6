using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Operators between values. What is not known stays not known; what came from an address still does.</summary>
internal static class PsOperators
{
    private const int MaxItems = 1_000_000;

    public static object? Apply(string oper, object? left, object? right, BehaviourLog log)
    {
        if (left is PsRemote || right is PsRemote && oper is "+" or "f" or "join" or "replace" or "split")
            return oper is "eq" or "ne" or "like" or "match" or "and" or "or" ? PsUnknown.Value : left as PsRemote ?? right;
        if (left is PsUnknown && oper is not ("+" or "f" or "join" or "and" or "or" or "xor"))
            return PsUnknown.Value;
        if (!PsValues.Weigh(left, log) || !PsValues.Weigh(right, log))
            return PsUnknown.Value;
        return oper switch
        {
            "+" => Add(left, right, log),
            "-" => Arithmetic(oper, left, right),
            "*" => Multiply(left, right, log),
            "/" or "%" => Arithmetic(oper, left, right),
            "f" => Format(PsValues.WholeText(left, log), PsValues.Items(right), log),
            ".." => Range(PsValues.Number(left), PsValues.Number(right), log),
            "band" => PsValues.Whole(PsValues.Number(left) & PsValues.Number(right)),
            "bor" => PsValues.Whole(PsValues.Number(left) | PsValues.Number(right)),
            "bxor" => PsValues.Whole(PsValues.Number(left) ^ PsValues.Number(right)),
            "shl" => PsValues.Whole((int)(PsValues.Number(left) << (int)(PsValues.Number(right) & 31))),
            "shr" => PsValues.Whole(PsValues.Number(left) >> (int)(PsValues.Number(right) & 31)),
            "and" => left is PsUnknown || right is PsUnknown ? PsUnknown.Value : PsValues.Truth(left) && PsValues.Truth(right),
            "or" => left is PsUnknown || right is PsUnknown ? PsUnknown.Value : PsValues.Truth(left) || PsValues.Truth(right),
            "xor" => PsValues.Truth(left) ^ PsValues.Truth(right),
            "join" => PsValues.Joined(PsValues.Items(left), PsValues.Text(right), log),
            "split" or "csplit" => Split(left, right, log),
            "replace" or "creplace" => Replace(left, right, oper[0] == 'c', log),
            "is" => right is PsTypeName type && PsCasts.Is(left, type.Name),
            "isnot" => !(right is PsTypeName other && PsCasts.Is(left, other.Name)),
            "as" => PsCasts.Cast(right is PsTypeName target ? target.Name : PsValues.Text(right), left, log),
            _ => Compare(oper, left, right, log),
        };
    }

    private static object? Add(object? left, object? right, BehaviourLog log)
    {
        if (left is List<object?> or byte[])
        {
            var (first, second) = (PsValues.Items(left), PsValues.Items(right));
            if (first.Count + second.Count > MaxItems || !log.Budget.TakeOutput((first.Count / 16) + (second.Count * BuiltText.CostOfItem)) || !log.Budget.TakeSteps(first.Count / 16))
                return left;
            return new List<object?>([.. first, .. right is null ? [null] : second]);
        }

        if (left is string or char or PsUnknown or PsObject || left is null && right is string)
        {
            var (a, b) = (PsValues.Text(left), PsValues.WholeText(right, log));
            return BuiltText.Sum(a, b, PsValues.MaxText, log.Budget) ?? a;
        }

        if (left is null)
            return right;
        return right is PsUnknown ? right : Arithmetic("+", left, right);
    }

    private static object? Multiply(object? left, object? right, BehaviourLog log)
    {
        var times = right is PsUnknown ? 1 : PsValues.Number(right);
        switch (left)
        {
            case string text:
                return BuiltText.Repeated(text, times, PsValues.MaxText, log.Budget) ?? text;
            case List<object?> list:
                if (list.Count == 0 || times > MaxItems || times * list.Count > MaxItems || times < 0 || !log.Budget.TakeOutput(times * list.Count * BuiltText.CostOfItem))
                    return list;
                List<object?> made = [];
                for (var round = 0; round < times; round++)
                    made.AddRange(list);
                return made;
            default:
                return Arithmetic("*", left, right);
        }
    }

    private static object? Arithmetic(string oper, object? left, object? right)
    {
        if (right is PsUnknown)
            return right;
        if (left is double || right is double || oper == "/" && PsValues.Number(right) is not 0 and var divisor && PsValues.Number(left) % divisor != 0)
        {
            var (a, b) = (Real(left), Real(right));
            var result = oper switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => b == 0 ? 0 : a / b,
                _ => b == 0 ? 0 : a % b,
            };
            return result;
        }

        var (x, y) = (PsValues.Number(left), PsValues.Number(right));
        return PsValues.Whole(unchecked(oper switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => y == 0 ? 0 : y == -1 ? -x : x / y,
            _ => y is 0 or -1 ? 0 : x % y,
        }));
    }

    private static double Real(object? value) => value is double real ? real : value is string text && double.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed : PsValues.Number(value);

    private static List<object?> Range(long from, long to, BehaviourLog log)
    {
        (from, to) = (Math.Clamp(from, int.MinValue, int.MaxValue), Math.Clamp(to, int.MinValue, int.MaxValue));
        var count = Math.Min(Math.Abs(to - from) + 1, MaxItems);
        List<object?> list = [];
        if (log.Budget.TakeSteps(count / 8) && log.Budget.TakeOutput(count * BuiltText.CostOfItem))
            for (long index = 0; index < count; index++)
                list.Add(PsValues.Whole(from <= to ? from + index : from - index));
        return list;
    }

    public static string Format(string format, IReadOnlyList<object?> arguments, BehaviourLog log)
    {
        var made = new StringBuilder();
        if (!log.Budget.TakeSteps(format.Length / 64) || !log.Budget.TakeOutput(format.Length))
            return "";
        var last = format.LastIndexOf('}');
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c is '{' or '}' && at + 1 < format.Length && format[at + 1] == c)
            {
                made.Append(c);
                at++;
                continue;
            }

            var end = c == '{' && at < last ? format.IndexOf('}', at) : -1;
            if (end < 0)
            {
                made.Append(c);
                continue;
            }

            var cell = format[(at + 1)..end];
            var cut = cell.IndexOfAny([',', ':']);
            if (int.TryParse((cut < 0 ? cell : cell[..cut]).Trim(), CultureInfo.InvariantCulture, out var index) && index >= 0 && index < arguments.Count)
            {
                var text = Formatted(arguments[index], cut >= 0 && cell[cut] == ':' ? cell[(cut + 1)..] : "");
                if (made.Length + text.Length > PsValues.MaxText || !log.Budget.TakeOutput(text.Length))
                    break;
                made.Append(text);
            }

            at = end;
        }

        return made.ToString();
    }

    private static string Formatted(object? value, string how)
    {
        if (how.Length is 0 or > 20 || value is not (byte or int or long))
            return PsValues.Text(value);
        try
        {
            return how.Length > 1 && how.AsSpan(1).ContainsAnyExceptInRange('0', '9') || how.Length > 3 ? PsValues.Text(value) : ((IFormattable)value).ToString(how, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return PsValues.Text(value);
        }
    }

    private static List<object?> Split(object? left, object? right, BehaviourLog log)
    {
        var options = PsValues.Items(right);
        var pattern = options.Count > 0 ? PsValues.Text(options[0]) : " ";
        var most = options.Count > 1 ? (int)Math.Clamp(PsValues.Number(options[1]), 0, MaxItems) : 0;
        List<object?> parts = [];
        foreach (var item in PsValues.Items(left))
        {
            if (!log.Budget.TakeSteps(1))
                break;
            parts.AddRange(PsPatterns.Split(PsValues.Text(item), pattern, most, log));
        }

        return parts;
    }

    private static object? Replace(object? left, object? right, bool exact, BehaviourLog log)
    {
        var options = PsValues.Items(right);
        if (options.Count == 0)
            return left;
        var replacement = options.Count > 1 ? PsValues.Text(options[1]) : "";
        if (left is List<object?> list)
            return !log.Budget.TakeSteps(list.Count / 4) ? list : list.Select(item => (object?)PsPatterns.Replace(PsValues.Text(item), PsValues.Text(options[0]), replacement, exact, log)).ToList();
        return PsPatterns.Replace(PsValues.Text(left), PsValues.Text(options[0]), replacement, exact, log);
    }

    private static object? Compare(string oper, object? left, object? right, BehaviourLog log)
    {
        if (right is PsUnknown or PsRemote)
            return PsUnknown.Value;
        // Of a list every item is compared.
        if (!log.Budget.TakeSteps(((left as List<object?>)?.Count ?? 0) / 4) || !log.Budget.TakeSteps(((right as List<object?>)?.Count ?? 0) / 4))
            return PsUnknown.Value;
        var exact = oper[0] == 'c' && oper is not "contains";
        var plain = exact ? oper[1..] : oper;
        if (left is List<object?> list && plain is "eq" or "ne" or "like" or "match" or "notmatch" or "notlike" or "gt" or "lt" or "ge" or "le")
            return ((List<object?>)left).Where(item => item is not List<object?> && Compare(oper, item, right, log) is true).ToList();
        return plain switch
        {
            "eq" => Order(left, right, exact) == 0,
            "ne" => Order(left, right, exact) != 0,
            "gt" => Order(left, right, exact) > 0,
            "ge" => Order(left, right, exact) >= 0,
            "lt" => Order(left, right, exact) < 0,
            "le" => Order(left, right, exact) <= 0,
            "like" => PsPatterns.IsLike(PsValues.Text(left), PsValues.Text(right), log),
            "notlike" => !PsPatterns.IsLike(PsValues.Text(left), PsValues.Text(right), log),
            "match" => PsPatterns.IsMatch(PsValues.Text(left), PsValues.Text(right), exact, log),
            "notmatch" => !PsPatterns.IsMatch(PsValues.Text(left), PsValues.Text(right), exact, log),
            "contains" => PsValues.Items(left).Any(item => Order(item, right, false) == 0),
            "notcontains" => PsValues.Items(left).All(item => Order(item, right, false) != 0),
            "in" => PsValues.Items(right).Any(item => Order(item, left, false) == 0),
            "notin" => PsValues.Items(right).All(item => Order(item, left, false) != 0),
            _ => PsUnknown.Value,
        };
    }

    private static int Order(object? left, object? right, bool exact)
    {
        if (left is null || right is null)
            return left is null && right is null ? 0 : left is null ? -1 : 1;
        if (left is bool truth)
            return truth.CompareTo(PsValues.Truth(right));
        if (left is double || right is double)
            return Real(left).CompareTo(Real(right));
        return left is byte or int or long && PsValues.IsNumber(right) || left is char && right is byte or int or long
            ? PsValues.Number(left).CompareTo(PsValues.Number(right))
            : string.Compare(PsValues.Text(left), PsValues.Text(right), exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }
}
