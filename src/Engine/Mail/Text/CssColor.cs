using System.Globalization;

namespace Platform.Engine.Mail.Text;

/// <summary>A colour as CSS writes it (CSS Color 4), reduced to what decides whether text can be told from its ground.</summary>
internal readonly record struct CssColor(byte Red, byte Green, byte Blue, bool Transparent = false)
{
    private static readonly Dictionary<string, CssColor> Named = new(StringComparer.Ordinal)
    {
        ["white"] = new(255, 255, 255), ["black"] = new(0, 0, 0), ["red"] = new(255, 0, 0), ["green"] = new(0, 128, 0), ["blue"] = new(0, 0, 255),
        ["yellow"] = new(255, 255, 0), ["gray"] = new(128, 128, 128), ["grey"] = new(128, 128, 128), ["silver"] = new(192, 192, 192),
        ["snow"] = new(255, 250, 250), ["ivory"] = new(255, 255, 240), ["whitesmoke"] = new(245, 245, 245), ["ghostwhite"] = new(248, 248, 255),
        ["floralwhite"] = new(255, 250, 240), ["lightgray"] = new(211, 211, 211), ["lightgrey"] = new(211, 211, 211), ["orange"] = new(255, 165, 0),
        ["navy"] = new(0, 0, 128), ["maroon"] = new(128, 0, 0), ["purple"] = new(128, 0, 128), ["teal"] = new(0, 128, 128), ["olive"] = new(128, 128, 0),
        ["aqua"] = new(0, 255, 255), ["cyan"] = new(0, 255, 255), ["fuchsia"] = new(255, 0, 255), ["magenta"] = new(255, 0, 255), ["lime"] = new(0, 255, 0),
        ["transparent"] = new(0, 0, 0, true),
    };

    public static CssColor White { get; } = new(255, 255, 255);

    public static CssColor Black { get; } = new(0, 0, 0);

    /// <summary>True when a person cannot tell text of one colour from a ground of the other.</summary>
    public bool IsLike(CssColor other) => Math.Abs(Red - other.Red) + Math.Abs(Green - other.Green) + Math.Abs(Blue - other.Blue) <= 12;

    public static CssColor? Parse(string text)
    {
        var value = text.Trim().ToLowerInvariant();
        if (Named.TryGetValue(value, out var named))
            return named;
        if (value.StartsWith("rgb", StringComparison.Ordinal))
            return ParseFunction(value);
        var digits = value.TrimStart('#');
        if (digits.Length is not (3 or 4 or 6 or 8) || !digits.All(char.IsAsciiHexDigit))
            return null;
        if (digits.Length < 6)
            digits = string.Concat(digits.Select(d => new string(d, 2)));
        var transparent = digits.Length == 8 && digits[6..] == "00";
        return new CssColor(Hex(digits, 0), Hex(digits, 2), Hex(digits, 4), transparent);
    }

    /// <summary>The colour in a <c>background</c> shorthand; null when an image covers it or there is none.</summary>
    public static CssColor? ParseFirst(string shorthand)
    {
        if (shorthand.Contains("url(", StringComparison.Ordinal) || shorthand.Contains("gradient", StringComparison.Ordinal))
            return null;
        if (shorthand.StartsWith("rgb", StringComparison.Ordinal))
            return ParseFunction(shorthand);
        foreach (var word in shorthand.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
            if (Parse(word) is { } color)
                return color;
        return null;
    }

    private static CssColor? ParseFunction(string value)
    {
        var open = value.IndexOf('(', StringComparison.Ordinal);
        var close = value.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open)
            return null;
        var parts = value[(open + 1)..close].Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 3 || Channel(parts[0]) is not { } red || Channel(parts[1]) is not { } green || Channel(parts[2]) is not { } blue)
            return null;
        var transparent = parts.Length > 3 && double.TryParse(parts[3].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var alpha) && alpha < 0.05;
        return new CssColor(red, green, blue, transparent);
    }

    private static byte? Channel(string text)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (byte)Math.Clamp(percent ? number * 2.55 : number, 0, 255)
            : null;
    }

    private static byte Hex(string digits, int at) => byte.Parse(digits.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
