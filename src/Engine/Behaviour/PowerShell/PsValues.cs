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

/// <summary>Conversions between values: text, numbers, truth, lists. Values are null, bool, char, byte, int, long, double, string, byte[], List of values, and objects.</summary>
internal static class PsValues
{
    public const int MaxText = 4 * 1024 * 1024;
    private const int MaxItems = 2_000_000;

    public static bool IsUnknown(object? value) => value is PsUnknown or PsRemote;

    public static string Text(object? value, int depth = 0) => value switch
    {
        null or PsUnknown => "",
        string text => text,
        bool truth => truth ? "True" : "False",
        char c => c.ToString(),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        byte[] octets => string.Join(' ', octets.Take(MaxText / 4)),
        List<object?> list when depth < 4 => Joined(list, " ", depth),
        PsBlock block => block.Source,
        PsRemote remote => remote.Address,
        PsTypeName type => type.Name,
        PsObject { Kind: "file" or "uri" or "regex" or "match" or "secret" or "text" or "variable" } item => item.Field("value"),
        PsObject item => item.Kind,
        _ => "",
    };

    public static string Joined(IReadOnlyList<object?> list, string separator, int depth = 0)
    {
        var made = new StringBuilder();
        for (var index = 0; index < list.Count && made.Length < MaxText; index++)
        {
            if (index > 0)
                made.Append(separator);
            made.Append(Text(list[index], depth + 1));
        }

        return made.Length > MaxText ? made.ToString(0, MaxText) : made.ToString();
    }

    public static bool Truth(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => text.Length > 0,
        List<object?> list => list.Count > 1 || list.Count == 1 && Truth(list[0]),
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
        List<object?> { Count: 1 } list => Number(list[0]),
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
        switch (value)
        {
            case byte[] octets:
                return octets;
            case PsObject { Data: not null } stream:
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
