namespace Platform.Engine.Behaviour.Basic;

/// <summary>Functions of numbers and of kinds of value.</summary>
internal static partial class BasicFunctions
{
    private static object? Numbers(string name, object? first, List<object?> arguments)
    {
        switch (name)
        {
            case "cint" or "clng" or "clnglng" or "clngptr" or "cbyte":
                return BasicValues.Number(first);
            case "int" or "fix":
                return (long)(name == "int" ? Math.Floor(Finite(first)) : Math.Truncate(Finite(first)));
            case "cdbl" or "csng" or "ccur" or "cdec":
                return BasicValues.Real(first) is var real && real == Math.Floor(real) && Math.Abs(real) < 9e15 ? (long)real : BasicValues.Real(first);
            case "val":
                var digits = BasicValues.Text(first).Replace(" ", "", StringComparison.Ordinal);
                var end = 0;
                var isRadix = digits.StartsWith("&h", StringComparison.OrdinalIgnoreCase) || digits.StartsWith("&o", StringComparison.OrdinalIgnoreCase);
                while (end < digits.Length && (isRadix ? end < 2 || char.IsAsciiHexDigit(digits[end]) : char.IsAsciiDigit(digits[end]) || digits[end] is '.' or '-'))
                    end++;
                return BasicValues.Real(digits[..end]) is var number && number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : BasicValues.Real(digits[..end]);
            case "cbool":
                return BasicValues.Truth(first);
            case "cvar" or "nz":
                return first ?? "";
            case "abs":
                return first is double size ? Math.Abs(size) : unchecked(Math.Abs(BasicValues.Number(first) == long.MinValue ? 0 : BasicValues.Number(first)));
            case "sgn":
                return (long)Math.Sign(Finite(first));
            case "sqr":
                return Math.Sqrt(Math.Max(0, Finite(first)));
            case "round":
                return (long)Math.Round(Finite(first));
            case "sin" or "cos" or "tan" or "atn" or "exp" or "log":
                return name switch { "sin" => Math.Sin(Finite(first)), "cos" => Math.Cos(Finite(first)), "tan" => Math.Tan(Finite(first)), "atn" => Math.Atan(Finite(first)), "exp" => Math.Exp(Math.Min(Finite(first), 300)), _ => Math.Log(Math.Max(Finite(first), 1e-300)) };
            case "rgb":
                return BasicValues.Number(first) + (At(arguments, 1, 0) * 256) + (At(arguments, 2, 0) * 65_536);
            case "isnumeric":
                return BasicValues.IsNumeric(first);
            case "isempty":
                return first is null;
            case "isnull" or "ismissing" or "iserror" or "isdate":
                return false;
            case "isarray":
                return first is BasicArray;
            case "isobject":
                return first is BasicObject;
            case "typename":
                return first switch { string => "String", long => "Long", BasicArray => "Variant()", BasicObject => "Object", _ => "Empty" };
            case "vartype":
                return first switch { string => 8L, long => 3L, BasicArray => 8_204L, _ => 0L };
            case "ubound":
                return first is BasicArray upper && upper.Lengths.ElementAtOrDefault((int)Math.Clamp(At(arguments, 1, 1) - 1, 0, 10)) is var length ? (long)length - 1 + upper.Lower : -1L;
            case "lbound":
                return first is BasicArray lower ? lower.Lower : 0L;
            default:
                return null;
        }
    }

    private static double Finite(object? value) => BasicValues.Real(value) is var real && double.IsNaN(real) ? 0 : Math.Clamp(real, -9e15, 9e15);
}
