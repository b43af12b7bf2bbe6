using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Something whose value cannot be known here.</summary>
internal sealed class BasicUnknown
{
    public static BasicUnknown Value { get; } = new();
}

/// <summary>Content that came, or would come, from an address.</summary>
internal sealed record BasicRemote(string Address);

/// <summary>A procedure or a member whose call makes the value; kept by objects until they are called.</summary>
internal sealed class BasicArray(int lower, int[] lengths, List<object?> items)
{
    public int Lower => lower;

    /// <summary>Length of each dimension.</summary>
    public int[] Lengths => lengths;

    public List<object?> Items => items;

    public static BasicArray Of(IEnumerable<object?> items, int lower = 0)
    {
        List<object?> list = [.. items];
        return new BasicArray(lower, [list.Count], list);
    }

    /// <summary>Place of an element; negative when there is none.</summary>
    public int Place(IReadOnlyList<object?> indexes)
    {
        long place = 0;
        for (var dimension = 0; dimension < indexes.Count && dimension < lengths.Length; dimension++)
        {
            var index = BasicValues.Number(indexes[dimension]) - lower;
            if (index < 0 || index >= lengths[dimension])
                return -1;
            place = (place * lengths[dimension]) + index;
        }

        return place < items.Count ? (int)place : -1;
    }
}

/// <summary>An object of the made-up world.</summary>
/// <param name="kind">Lower-case; its ProgID, or a name of ours.</param>
internal sealed class BasicObject(string kind)
{
    public string Kind => kind;

    public Dictionary<string, object?> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Field(string name) => BasicValues.Text(Fields.GetValueOrDefault(name));
}

/// <summary>Conversions. Values are null (Empty), bool, long, double, string, arrays and objects.</summary>
internal static class BasicValues
{
    public const int MaxText = 4 * 1024 * 1024;
    public const int MaxItems = 1_000_000;
    private const int MaxShown = 1_000;
    private const int MaxNesting = 4;

    public static bool IsUnknown(object? value) => value is BasicUnknown or BasicRemote;

    /// <summary>The value as text; of an array only its beginning, since nothing pays for it (<see cref="WholeText"/> does).</summary>
    public static string Text(object? value) => Text(value, 0);

    /// <summary>The value as text, of an array all its items; paid for out of the budget.</summary>
    public static string WholeText(object? value, BehaviourLog log) => value switch
    {
        BasicArray array => log.Budget.TakeSteps(1 + (array.Items.Count / 16)) && log.Budget.TakeOutput(array.Items.Count) ? ArrayText(array, MaxText, 0) : "",
        BasicObject item when item.Fields.TryGetValue("value", out var inner) && inner is BasicArray => WholeText(inner, log),
        _ => Text(value),
    };

    private static string Text(object? value, int depth) => value switch
    {
        null or BasicUnknown => "",
        string text => text,
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        BasicRemote remote => remote.Address,
        BasicArray array => ArrayText(array, MaxShown, depth),
        BasicObject item => depth < MaxNesting && item.Fields.TryGetValue("value", out var inner) && inner is not BasicObject ? Text(inner, depth + 1) : "",
        _ => "",
    };

    public static bool Truth(object? value) => value switch
    {
        bool truth => truth,
        string text => text.Equals("true", StringComparison.OrdinalIgnoreCase) || Number(text) != 0,
        BasicObject => true,
        double real => real != 0,
        _ => Number(value) != 0,
    };

    public static double Real(object? value) => value switch
    {
        double real => real,
        long number => number,
        bool truth => truth ? -1 : 0,
        _ => double.TryParse(Text(value).Trim(), CultureInfo.InvariantCulture, out var parsed) ? parsed : Number(value),
    };

    public static long Number(object? value) => value switch
    {
        long number => number,
        bool truth => truth ? -1 : 0,
        double real => double.IsFinite(real) && Math.Abs(real) < 9e18 ? (long)Math.Round(real, MidpointRounding.ToEven) : 0,
        null or BasicUnknown or BasicRemote or BasicArray => 0,
        _ => Parse(Text(value)),
    };

    public static bool IsNumeric(object? value) => value is long or double or bool || value is string text && (double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out _) || IsRadix(text.Trim()));

    /// <summary>Octets of an array of numbers or of text, each letter one; null when it is neither.</summary>
    public static byte[]? Octets(object? value) => value switch
    {
        BasicArray array => [.. array.Items.Select(item => item is BasicObject ? (byte)0 : unchecked((byte)Number(item)))],
        string text => Encoding.Latin1.GetBytes(text),
        BasicObject item when item.Fields.TryGetValue("data", out var data) && data is not BasicObject => Octets(data),
        _ => null,
    };

    public static BasicArray ArrayOf(byte[] octets) => BasicArray.Of(octets.Select(octet => (object?)(long)octet));

    private static string ArrayText(BasicArray array, int longest, int depth)
    {
        if (depth >= MaxNesting)
            return "";
        var items = array.Items.Count > longest ? array.Items.GetRange(0, longest) : array.Items;
        // An array of octets taken for text is UTF-16.
        if (items.TrueForAll(item => item is long))
            return Encoding.Unicode.GetString([.. items.Select(item => unchecked((byte)Number(item)))]);
        var made = new StringBuilder();
        foreach (var item in items.Where(item => item is not BasicArray).Take(MaxShown))
        {
            var text = Text(item, depth + 1);
            made.Append(made.Length > 0 ? " " : "").Append(text, 0, Math.Min(text.Length, MaxShown));
            if (made.Length > longest)
                break;
        }

        return made.ToString();
    }

    private static bool IsRadix(string text) => text.Length > 2 && text[0] == '&' && text[1] is 'H' or 'h' or 'O' or 'o';

    private static long Parse(string text)
    {
        var trimmed = text.Trim();
        if (IsRadix(trimmed))
        {
            var digits = trimmed[2..].TrimEnd('&');
            long value = 0;
            foreach (var c in digits.Take(16))
            {
                if (!char.IsAsciiHexDigit(c))
                    break;
                value = unchecked((value * (trimmed[1] is 'H' or 'h' ? 16 : 8)) + Convert.ToInt32(c.ToString(), 16));
            }

            return value;
        }

        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        return double.TryParse(trimmed, CultureInfo.InvariantCulture, out var real) && Math.Abs(real) < 9e18 ? (long)Math.Round(real, MidpointRounding.ToEven) : 0;
    }
}
