using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Something whose value cannot be known here.</summary>
internal sealed class PsUnknown
{
    public static PsUnknown Value { get; } = new();
}

/// <summary>Content that came, or would come, from an address.</summary>
internal sealed record PsRemote(string Address);

/// <summary>An object of the run-time library, made up as far as scripts use it.</summary>
/// <param name="kind">Type name, lower-case, without <c>System.</c>.</param>
internal sealed class PsObject(string kind)
{
    public string Kind => kind;

    public Dictionary<string, object?> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Content of a stream.</summary>
    public object? Data { get; set; }

    public string Field(string name) => PsValues.Text(Fields.GetValueOrDefault(name));
}

/// <summary>
/// Conversions between values: text, numbers, truth, lists. Values are null, bool, char, byte, int, long, double, string, byte[],
/// List of values, and objects. A list may hold itself: nothing here follows lists in lists without a bound.
/// </summary>
internal static class PsValues
{
    public const int MaxText = 4 * 1024 * 1024;
    private const int MaxItems = 2_000_000;
    private const int MaxShown = 1_000;
    private const int MaxNesting = 4;

    public static bool IsUnknown(object? value) => value is PsUnknown or PsRemote;

    /// <summary>The value as text; of a list only its beginning, since nothing pays for it (<see cref="WholeText"/> does).</summary>
    public static string Text(object? value, int depth = 0) => value switch
    {
        null or PsUnknown => "",
        string text => text,
        bool truth => truth ? "True" : "False",
        char c => c.ToString(),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        byte[] octets => string.Join(' ', octets.Take(MaxShown / MaxNesting)),
        List<object?> list when depth < MaxNesting => Shown(list, depth + 1),
        PsBlock block => block.Source,
        PsRemote remote => remote.Address,
        PsTypeName type => type.Name,
        PsObject { Kind: "file" or "uri" or "regex" or "match" or "secret" or "text" or "variable" } item => depth < MaxNesting ? Text(item.Fields.GetValueOrDefault("value"), depth + 1) : "",
        PsObject item => item.Kind,
        _ => "",
    };

    /// <summary>The value as text, of a list all its items; paid for out of the budget.</summary>
    public static string WholeText(object? value, BehaviourLog log) => value switch
    {
        List<object?> list => Joined(list, " ", log),
        byte[] octets => Joined(log.Budget.TakeSteps(octets.Length / 16) ? Items(octets) : [], " ", log),
        _ => Text(value),
    };

    public static string Joined(IReadOnlyList<object?> list, string separator, BehaviourLog log) =>
        log.Budget.TakeSteps(1 + (list.Count / 32)) ? BuiltText.Joined(list.Select(item => Text(item)), separator, MaxText, log.Budget) : "";

    /// <summary>Going over a value costs steps by its size. False when there are none left.</summary>
    public static bool Weigh(object? value, BehaviourLog log) => value switch
    {
        List<object?> { Count: > 16 } list => log.Budget.TakeSteps(list.Count / 16),
        byte[] { Length: > 32 } octets => log.Budget.TakeSteps(octets.Length / 32),
        string { Length: > 512 } text => log.Budget.TakeSteps(text.Length / 512),
        _ => true,
    };

    public static bool Truth(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => text.Length > 0,
        List<object?> list => list.Count > 1 || list.Count == 1 && (list[0] is List<object?> || Truth(list[0])),
        byte[] octets => octets.Length > 0,
        char c => c != 0,
        double real => real != 0,
        byte or int or long => Number(value) != 0,
        _ => true,
    };

    public static long Number(object? value) => value switch
    {
        null => 0,
        bool truth => truth ? 1 : 0,
        char c => c,
        byte b => b,
        int i => i,
        long l => l,
        double d => double.IsFinite(d) && Math.Abs(d) < 9e18 ? (long)Math.Round(d, MidpointRounding.ToEven) : 0,
        string text => ParseNumber(text),
        List<object?> { Count: 1 } list when list[0] is not List<object?> => Number(list[0]),
        byte[] { Length: > 0 } octets => octets[0],
        PsObject item => ParseNumber(Text(item)),
        _ => 0,
    };

    public static bool IsNumber(object? value) => value is byte or int or long or double or char or bool || value is string text && text.Trim().Length > 0 && (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out _) || text.Trim().StartsWith("0x", StringComparison.OrdinalIgnoreCase));

    public static object Whole(long number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : number;

    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        null => [],
        List<object?> list => list,
        byte[] octets => [.. octets.Take(MaxItems).Select(octet => (object?)octet)],
        _ => [value],
    };

    /// <summary>Null when it holds what is not known.</summary>
    public static byte[]? Octets(object? value)
    {
        for (var depth = 0; value is PsObject { Data: PsObject inner } && depth < MaxNesting; depth++)
            value = inner;
        switch (value)
        {
            case byte[] octets:
                return octets;
            case PsObject { Data: not (null or PsObject) } stream:
                return Octets(stream.Data);
            case List<object?> list:
                var made = new byte[Math.Min(list.Count, MaxItems)];
                for (var index = 0; index < made.Length; index++)
                {
                    if (list[index] is PsUnknown or PsRemote or PsObject)
                        return null;
                    made[index] = unchecked((byte)Number(list[index]));
                }

                return made;
            case string text when text.Length > 0 && IsNumber(text):
                return [unchecked((byte)Number(text))];
            case byte or int or long or char:
                return [unchecked((byte)Number(value))];
            default:
                return null;
        }
    }

    public static object? Unwrap(List<object?> values) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => values,
    };

    private static string Shown(List<object?> list, int depth)
    {
        var made = new StringBuilder();
        for (var index = 0; index < list.Count && made.Length < MaxShown; index++)
        {
            if (index > 0)
                made.Append(' ');
            var text = Text(list[index], depth);
            made.Append(text, 0, Math.Min(text.Length, MaxShown));
        }

        return made.Length > MaxShown ? made.ToString(0, MaxShown) : made.ToString();
    }

    private static long ParseNumber(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(trimmed.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : 0;
        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        return double.TryParse(trimmed, CultureInfo.InvariantCulture, out var real) && Math.Abs(real) < 9e18 ? (long)Math.Round(real, MidpointRounding.ToEven) : 0;
    }
}
