using System.Globalization;
using System.Resources;
using Platform.Api.Identity.Credentials;

namespace Platform.Api.Identity.Pages;

/// <summary>The words of the sign-in pages in one language, from <c>Texts.resx</c> and <c>Texts.ja.resx</c>.</summary>
public sealed class Wording
{
    internal static readonly ResourceManager Texts = new("Platform.Api.Identity.Pages.Texts", typeof(Wording).Assembly);

    private static readonly Wording English = new("en");
    private static readonly Wording Japanese = new("ja");

    private readonly CultureInfo _culture;

    private Wording(string language) => _culture = CultureInfo.GetCultureInfo(language);

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Language => _culture.Name;

    /// <summary>English where the language is none of ours.</summary>
    public static Wording Of(string language) => language == Japanese.Language ? Japanese : English;

    /// <exception cref="MissingManifestResourceException">There is no such text: a mistake of ours.</exception>
    public string this[string key] => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    public string Format(string key, params object[] values) => string.Format(_culture, this[key], values);

    /// <summary>A while in words: seconds below two minutes, else minutes.</summary>
    public string Wait(TimeSpan wait) => wait < TimeSpan.FromMinutes(2)
        ? Format("wait.seconds", Math.Ceiling(wait.TotalSeconds))
        : Format("wait.minutes", Math.Ceiling(wait.TotalMinutes));

    internal string Flaw(PasswordFlaw flaw) => flaw switch
    {
        PasswordFlaw.TooShort => Format("password.too-short", Passwords.MinLength),
        PasswordFlaw.TooLong => Format("password.too-long", Passwords.MaxLength),
        PasswordFlaw.Guessable => this["password.guessable"],
        _ => this["password.breached"],
    };

    public string Moment(DateTimeOffset time) => time.ToUniversalTime().ToString(this["date.format"], _culture) + " UTC";
}
