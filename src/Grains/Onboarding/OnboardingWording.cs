using System.Globalization;
using System.Resources;

namespace Platform.Grains.Onboarding;

/// <summary>The words of onboarding in one language, from <c>Texts.resx</c> and <c>Texts.ja.resx</c>. Values stand in them by name, in braces.</summary>
public sealed class OnboardingWording
{
    private static readonly ResourceManager Texts = new("Platform.Grains.Onboarding.Texts", typeof(OnboardingWording).Assembly);
    private static readonly OnboardingWording English = new("en");
    private static readonly OnboardingWording Japanese = new("ja");

    private readonly CultureInfo _culture;

    private OnboardingWording(string language) => _culture = CultureInfo.GetCultureInfo(language);

    /// <summary>English where the language is none of ours.</summary>
    public static OnboardingWording Of(string? language) => language is not null && language.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English;

    /// <exception cref="MissingManifestResourceException">There is no such text: a mistake of ours.</exception>
    public string this[string key] => Find(key) ?? throw new MissingManifestResourceException(key);

    /// <returns>Null when there is no such text.</returns>
    public string? Find(string key) => Texts.GetString(key, _culture);

    /// <summary>The text with values in place of their names; a value is put in once and never read again.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        var filled = new System.Text.StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && rest[open..].IndexOf('}') is > 0 and var length)
        {
            filled.Append(rest[..open]);
            var name = rest.Slice(open + 1, length - 1).ToString();
            filled.Append(values.TryGetValue(name, out var value) ? value : $"{{{name}}}");
            rest = rest[(open + length + 1)..];
        }

        return filled.Append(rest).ToString();
    }
}
