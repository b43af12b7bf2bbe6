using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Functions of text.</summary>
internal static partial class BasicFunctions
{
    private static object? Text(string name, object? first, List<object?> arguments, BehaviourLog log)
    {
        var text = first is not BasicArray ? BasicValues.Text(first) : OfArrays.Contains(name) ? BasicValues.WholeText(first, log) : "";
        // What goes over the whole of its text pays for it; what takes a part pays for the part.
        var whole = name is "len" or "lenb" or "asc" or "ascw" or "ascb" or "mid" or "midb" or "left" or "leftb" or "right" or "rightb" ? 0 : text.Length;
        if (whole > 128 && !log.Budget.TakeSteps(whole / 128) || name is "trim" or "ltrim" or "rtrim" or "lcase" or "ucase" or "strreverse" or "unescape" or "strconv" && !log.Budget.TakeOutput(text.Length))
            return "";
        switch (name)
        {
            case "chr" or "chrw" or "chrb":
                return ((char)(ushort)BasicValues.Number(first)).ToString();
            case "asc" or "ascw" or "ascb":
                return text.Length == 0 ? 0L : (long)text[0];
            case "len" or "lenb":
                return (long)text.Length * (name == "lenb" ? 2 : 1);
            case "left" or "leftb":
                return Part(text, 0, At(arguments, 1, 0), log);
            case "right" or "rightb":
                return Part(text, text.Length - Math.Clamp(At(arguments, 1, 0), 0, text.Length), text.Length, log);
            case "mid" or "midb":
                return Part(text, At(arguments, 1, 1) - 1, At(arguments, 2, text.Length), log);
            case "lcase":
                return text.ToLowerInvariant();
            case "ucase":
                return text.ToUpperInvariant();
            case "trim":
                return text.Trim(' ');
            case "ltrim":
                return text.TrimStart(' ');
            case "rtrim":
                return text.TrimEnd(' ');
            case "strreverse":
                var letters = text.ToCharArray();
                Array.Reverse(letters);
                return new string(letters);
            case "replace":
                var (find, by) = (BasicValues.Text(Get(arguments, 1)), BasicValues.Text(Get(arguments, 2)));
                if (find.Length == 0)
                    return text;
                return BuiltText.Replaced(text, find, by, At(arguments, 5, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal, BasicValues.MaxText, log.Budget) ?? text;
            case "space":
                return Repeated(" ", BasicValues.Number(first), log);
            case "string":
                var letter = BasicOperators.Value(Get(arguments, 1));
                return Repeated(letter is string filler ? filler.Length > 0 ? filler[..1] : "" : ((char)(ushort)BasicValues.Number(letter)).ToString(), BasicValues.Number(first), log);
            case "split":
                var separator = arguments.Count > 1 ? BasicValues.Text(arguments[1]) : " ";
                return BasicArray.Of(separator.Length == 0 ? [text] : BuiltText.Pieces(text, from => (text.IndexOf(separator, from, StringComparison.Ordinal), separator.Length), BasicValues.MaxItems, log.Budget));
            case "join":
                return first is BasicArray array ? Joined(array, arguments.Count > 1 ? BasicValues.Text(arguments[1]) : " ", log) : BasicUnknown.Value;
            case "instr":
                return InStr(arguments, log);
            case "instrrev":
                return (long)text.LastIndexOf(BasicValues.Text(Get(arguments, 1)), StringComparison.Ordinal) + 1;
            case "hex":
                return BasicValues.Number(first).ToString(BasicValues.Number(first) < 0 ? "X8" : "X", CultureInfo.InvariantCulture) is var hex && hex.Length > 8 ? hex[^8..] : BasicValues.Number(first).ToString("X", CultureInfo.InvariantCulture);
            case "oct":
                return Convert.ToString(BasicValues.Number(first), 8);
            case "cstr" or "str":
                return name == "str" && BasicValues.Number(first) >= 0 ? " " + text : text;
            case "format":
                return text;
            case "strconv":
                return first is BasicArray octets && !log.Budget.TakeOutput(octets.Items.Count) ? "" : StrConv(first, text, At(arguments, 1, 0));
            case "strcomp":
                return (long)Math.Sign(string.Compare(text, BasicValues.Text(Get(arguments, 1)), At(arguments, 2, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
            case "unescape":
                return Unescape(text);
            case "escape":
                return text;
            case "filter":
                return first is BasicArray list && log.Budget.TakeSteps(list.Items.Count) && log.Budget.TakeOutput((long)list.Items.Count * BuiltText.CostOfItem) ? Filtered(list, BasicValues.Text(Get(arguments, 1)), arguments.Count < 3 || BasicValues.Truth(arguments[2])) : BasicUnknown.Value;
            default:
                return null;
        }
    }

    private static string Part(string text, long start, long length, BehaviourLog log)
    {
        var from = (int)Math.Clamp(start, 0, text.Length);
        var count = (int)Math.Clamp(length, 0, text.Length - from);
        return log.Budget.TakeSteps(count / 128) && log.Budget.TakeOutput(count) ? text.Substring(from, count) : "";
    }

    private static BasicArray Filtered(BasicArray list, string part, bool holds) =>
        BasicArray.Of(list.Items.Where(item => BasicValues.Text(item).Contains(part, StringComparison.Ordinal) == holds));

    private static string Repeated(string text, long times, BehaviourLog log) => BuiltText.Repeated(text.Length > 1 ? text[..1] : text, times, BasicValues.MaxText, log.Budget) ?? "";

    private static string Joined(BasicArray array, string separator, BehaviourLog log) =>
        log.Budget.TakeSteps(1 + (array.Items.Count / 16)) ? BuiltText.Joined(array.Items.Select(BasicValues.Text), separator, BasicValues.MaxText, log.Budget) : "";

    private static long InStr(List<object?> arguments, BehaviourLog log)
    {
        var offset = arguments.Count > 2 && BasicOperators.Value(arguments[0]) is long or double ? 1 : 0;
        var (text, find) = (BasicValues.Text(Get(arguments, offset)), BasicValues.Text(Get(arguments, offset + 1)));
        if (offset == 1 && !log.Budget.TakeSteps(text.Length / 128))
            return 0;
        var start = offset == 1 ? (int)Math.Clamp(BasicValues.Number(arguments[0]) - 1, 0, text.Length) : 0;
        return text.IndexOf(find, start, At(arguments, offset + 2, 0) == 1 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) + 1L;
    }

    private static object StrConv(object? value, string plain, long how)
    {
        var text = value is BasicArray array ? Encoding.Latin1.GetString(BasicValues.Octets(array)!) : plain;
        return how switch
        {
            1 => text.ToUpperInvariant(),
            2 => text.ToLowerInvariant(),
            128 => BasicValues.ArrayOf(Encoding.Latin1.GetBytes(text)),
            _ => text,
        };
    }

    private static string Unescape(string text)
    {
        var made = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var (skip, length) = text[at] == '%' && at + 5 < text.Length && text[at + 1] is 'u' or 'U' ? (2, 4) : (1, 2);
            if (text[at] == '%' && at + skip + length <= text.Length && ushort.TryParse(text.AsSpan(at + skip, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                made.Append((char)code);
                at += skip + length - 1;
            }
            else
            {
                made.Append(text[at]);
            }
        }

        return made.ToString();
    }
}
