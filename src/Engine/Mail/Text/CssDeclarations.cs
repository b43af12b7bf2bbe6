using System.Globalization;
using System.Text;

namespace Platform.Engine.Mail.Text;

/// <summary>What a declaration block says about being seen; null where it says nothing.</summary>
internal sealed record CssDeclarations
{
    private const int MaxLength = 8_192;

    public bool? DisplayNone { get; init; }
    public bool? VisibilityHidden { get; init; }
    public double? FontSize { get; init; }
    public double? Opacity { get; init; }
    public CssColor? Color { get; init; }
    public CssColor? Background { get; init; }
    public bool OffScreen { get; init; }
    public bool Collapsed { get; init; }

    public static CssDeclarations None { get; } = new();

    /// <summary>Later declarations win; <c>!important</c> is not told apart.</summary>
    public CssDeclarations Over(CssDeclarations below) => new()
    {
        DisplayNone = DisplayNone ?? below.DisplayNone,
        VisibilityHidden = VisibilityHidden ?? below.VisibilityHidden,
        FontSize = FontSize ?? below.FontSize,
        Opacity = Opacity ?? below.Opacity,
        Color = Color ?? below.Color,
        Background = Background ?? below.Background,
        OffScreen = OffScreen || below.OffScreen,
        Collapsed = Collapsed || below.Collapsed,
    };

    public static CssDeclarations Parse(string? style)
    {
        if (string.IsNullOrWhiteSpace(style))
            return None;
        var text = WithoutComments(style.Length <= MaxLength ? style : style[..MaxLength]).ToLowerInvariant();
        var result = None;
        bool positioned = false, farAway = false, clipped = false, zeroExtent = false;
        foreach (var declaration in text.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var name = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..].Replace("!important", "", StringComparison.Ordinal).Trim();
            switch (name)
            {
                case "display":
                    result = result with { DisplayNone = value == "none" };
                    break;
                case "visibility":
                    result = result with { VisibilityHidden = value is "hidden" or "collapse" };
                    break;
                case "font-size":
                    result = result with { FontSize = Pixels(value) ?? result.FontSize };
                    break;
                case "font" when FontShorthandSize(value) is { } size:
                    result = result with { FontSize = size };
                    break;
                case "opacity" when double.TryParse(value.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var opacity):
                    result = result with { Opacity = opacity };
                    break;
                case "color":
                    result = result with { Color = CssColor.Parse(value) ?? result.Color };
                    break;
                case "background-color" or "background":
                    result = result with { Background = CssColor.ParseFirst(value) ?? result.Background };
                    break;
                case "position":
                    positioned = value is "absolute" or "fixed";
                    break;
                case "left" or "top" or "right" or "bottom" or "margin-left" or "margin-top" or "text-indent":
                    if (Pixels(value) is <= -500)
                        (farAway, positioned) = (true, positioned || name is "text-indent" or "margin-left" or "margin-top");
                    break;
                case "overflow" or "overflow-x" or "overflow-y":
                    clipped |= value == "hidden";
                    break;
                case "height" or "width" or "max-height" or "max-width":
                    zeroExtent |= Pixels(value) is 0;
                    break;
                case "clip" when value.Replace(" ", "", StringComparison.Ordinal) is "rect(0,0,0,0)" or "rect(0px,0px,0px,0px)" or "rect(000 0)":
                    result = result with { Collapsed = true };
                    break;
            }
        }

        return result with { OffScreen = positioned && farAway, Collapsed = result.Collapsed || (clipped && zeroExtent) };
    }

    /// <summary>A length in CSS pixels; relative lengths against the usual 16 pixels; null when it is none.</summary>
    public static double? Pixels(string value)
    {
        var length = 0;
        while (length < value.Length && (char.IsAsciiDigit(value[length]) || value[length] is '.' or '-' or '+'))
            length++;
        if (length == 0 || !double.TryParse(value.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value switch { "xx-small" => 9, "x-small" => 10, "small" => 13, "medium" => 16, "large" => 18, "x-large" => 24, "xx-large" => 32, _ => null };
        return value[length..].Trim() switch
        {
            "" or "px" => number,
            "pt" => number * 4 / 3,
            "em" or "rem" => number * 16,
            "%" => number * 0.16,
            "cm" => number * 37.8,
            "mm" => number * 3.78,
            "in" => number * 96,
            _ => number == 0 ? 0 : null,
        };
    }

    private static double? FontShorthandSize(string value)
    {
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (char.IsAsciiDigit(word[0]) && Pixels(word.Split('/')[0]) is { } size && !int.TryParse(word, out _))
                return size;
        return null;
    }

    private static string WithoutComments(string css)
    {
        if (!css.Contains("/*", StringComparison.Ordinal))
            return css;
        var kept = new StringBuilder(css.Length);
        var position = 0;
        while (position < css.Length)
        {
            var open = css.IndexOf("/*", position, StringComparison.Ordinal);
            if (open < 0)
                break;
            kept.Append(css, position, open - position);
            var close = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            position = close < 0 ? css.Length : close + 2;
        }

        return kept.Append(css, position, css.Length - position).ToString();
    }
}
