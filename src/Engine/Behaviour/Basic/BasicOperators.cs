namespace Platform.Engine.Behaviour.Basic;

/// <summary>Operators between values.</summary>
internal static class BasicOperators
{
    public static object? Apply(string oper, object? left, object? right, BehaviourLog log)
    {
        (left, right) = (Value(left), Value(right));
        if (oper == "&" || oper == "+" && left is string && right is string or BasicRemote)
        {
            if (left is BasicRemote or BasicUnknown && right is BasicRemote)
                return right;
            if (left is BasicRemote && BasicValues.Text(right).Length == 0)
                return left;
            var (a, b) = (BasicValues.WholeText(left, log), BasicValues.WholeText(right, log));
            return BuiltText.Sum(a, b, BasicValues.MaxText, log.Budget) ?? a;
        }

        if (BasicValues.IsUnknown(left) || BasicValues.IsUnknown(right) || !Pays(left, log) || !Pays(right, log))
            return BasicUnknown.Value;
        switch (oper)
        {
            case "=" or "<>" or "<" or ">" or "<=" or ">=":
                return Compare(oper, left, right);
            case "is":
                return ReferenceEquals(left, right) || left is null && right is null;
            case "like":
                return PowerShell.PsPatterns.IsLike(BasicValues.Text(left), BasicValues.Text(right).Replace('#', '?'), log);
            case "and":
                return left is bool a && right is bool b ? a && b : (object)(BasicValues.Number(left) & BasicValues.Number(right));
            case "or":
                return left is bool c && right is bool d ? c || d : (object)(BasicValues.Number(left) | BasicValues.Number(right));
            case "xor":
                return left is bool e && right is bool f ? e ^ f : (object)(BasicValues.Number(left) ^ BasicValues.Number(right));
            case "eqv":
                return ~(BasicValues.Number(left) ^ BasicValues.Number(right));
            case "imp":
                return ~BasicValues.Number(left) | BasicValues.Number(right);
            default:
                return Arithmetic(oper, left, right);
        }
    }

    // Comparing texts, and taking them for numbers, goes over all their letters.
    private static bool Pays(object? value, BehaviourLog log) => value is not string { Length: > 512 } text || log.Budget.TakeSteps(text.Length / 512);

    /// <summary>The value of an object where an operator asks for one.</summary>
    public static object? Value(object? value) => value is BasicObject { Fields: var fields } item && fields.TryGetValue("value", out var inner) && item.Kind is "cell" or "property" or "control" or "node" or "text" ? inner : value;

    public static int Order(object? left, object? right) =>
        left is string && right is string || left is string && !BasicValues.IsNumeric(left) || right is string && !BasicValues.IsNumeric(right)
            ? string.CompareOrdinal(BasicValues.Text(left), BasicValues.Text(right))
            : BasicValues.Real(left).CompareTo(BasicValues.Real(right));

    private static bool Compare(string oper, object? left, object? right)
    {
        var order = Order(left, right);
        return oper switch
        {
            "=" => order == 0,
            "<>" => order != 0,
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
    }

    private static object Arithmetic(string oper, object? left, object? right)
    {
        if (oper is "\\" or "mod")
        {
            var divisor = BasicValues.Number(right);
            if (divisor is 0 or -1)
                return oper == "mod" || divisor == 0 ? 0L : unchecked(-BasicValues.Number(left));
            return oper == "mod" ? BasicValues.Number(left) % divisor : BasicValues.Number(left) / divisor;
        }

        if (left is double || right is double || oper is "/" or "^" || left is string || right is string)
        {
            var (a, b) = (BasicValues.Real(left), BasicValues.Real(right));
            var real = oper switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => b == 0 ? 0 : a / b,
                "^" => Math.Pow(a, b),
                _ => 0,
            };
            return double.IsFinite(real) && real == Math.Floor(real) && Math.Abs(real) < 9e15 ? (long)real : real;
        }

        var (x, y) = (BasicValues.Number(left), BasicValues.Number(right));
        return unchecked(oper switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            _ => 0L,
        });
    }
}
