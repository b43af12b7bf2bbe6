using System.Globalization;
using System.Resources;

namespace Platform.Mails;

/// <summary>The words of mails and of the pages behind their links in one language, from <c>Texts.resx</c> and <c>Texts.ja.resx</c>.</summary>
public sealed class Wording
{
    internal static readonly ResourceManager Texts = new("Platform.Mails.Texts", typeof(Wording).Assembly);

    private static readonly Wording English = new("en");
    private static readonly Wording Japanese = new("ja");

    private readonly CultureInfo _culture;

    private Wording(string language) => _culture = CultureInfo.GetCultureInfo(language);

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Language => _culture.Name;

    public CultureInfo Culture => _culture;

    /// <summary>English where the language is none of ours.</summary>
    public static Wording Of(string? language) => language is not null && language.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English;

    /// <exception cref="MissingManifestResourceException">There is no such text: a mistake of ours.</exception>
    public string this[string key] => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    public string Format(string key, params object[] values) => string.Format(_culture, this[key], values);

    /// <summary>A moment in the reader's zone, which is named.</summary>
    public string Moment(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var name = local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:h\\:mm}");
        return $"{local.ToString(this["date.format"], _culture)} ({name})";
    }
}
