using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Language;

/// <summary>Sentences for reasons, in Japanese for Japanese readers and in English for all others.</summary>
public static class ReasonText
{
    /// <summary>The sentence of a reason with its values put in. Values come from the mail: escape where the sentence is shown.</summary>
    public static string Render(Reason reason, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var texts = Texts.Of(culture);
        return Fill(texts.Get($"reason.{reason.Id}"), reason.Arguments, texts);
    }

    internal static string Fill(string text, IReadOnlyDictionary<string, string> arguments, Texts texts)
    {
        var filled = new StringBuilder(text.Length + 64);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
                return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at);
            var name = text[(open + 1)..close];
            var value = arguments.GetValueOrDefault(name, "?");
            filled.Append(name switch
            {
                "trick" => texts.Get($"trick.{value}"),
                "traits" => string.Join(texts.Comma, value.Split(", ").Select(trait => texts.Get($"trait.{trait}"))),
                _ => value,
            });
            at = close + 1;
        }

        return filled.ToString();
    }
}

/// <summary>Names of verdicts, attack types and the like, as lists and reports show them.</summary>
public static class VerdictText
{
    public static string Name(VerdictKind kind, CultureInfo culture) => Texts.Of(culture).Get($"verdict.{kind.ToString().ToLowerInvariant()}");

    public static string Name(AttackType type, CultureInfo culture) => Texts.Of(culture).Get($"type.{AttackTypes.WireName(type)}");

    public static string Name(AttackClass attackClass, CultureInfo culture) => Texts.Of(culture).Get($"class.{attackClass.ToString().ToLowerInvariant()}");

    /// <summary>A class of personal data.</summary>
    public static string Name(PersonalDataClass dataClass, CultureInfo culture) => Texts.Of(culture).Get($"data.{PersonalDataClasses.WireName(dataClass)}");

    /// <summary>How a source fared.</summary>
    public static string Name(SourceOutcome outcome, CultureInfo culture) => Texts.Of(culture).Get($"source.{SourceStatus.WireName(outcome)}");

    /// <summary>What a script would do, as a short clause.</summary>
    public static string Name(BehaviourKind kind, CultureInfo culture) => Texts.Of(culture).Get($"behaviour.{BehaviourKinds.WireName(kind)}");

    /// <summary>What could not be asked, by its id in <see cref="Verdict.NotAsked"/>.</summary>
    public static string NotAsked(string id, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(id);
        var texts = Texts.Of(culture);
        if (id.StartsWith("detector:", StringComparison.Ordinal))
            return $"{texts.Get("not-asked.detector")} ({id["detector:".Length..]})";
        if (id.StartsWith("source:", StringComparison.Ordinal))
            return $"{texts.Get("not-asked.source")} ({id["source:".Length..]})";
        return id.StartsWith("limit-", StringComparison.Ordinal) ? $"{texts.Get("not-asked.limit")} ({id})" : texts.Get($"not-asked.{id}");
    }
}

/// <summary>The texts of one language: <c>key = text</c> a line, from the embedded file.</summary>
internal sealed class Texts
{
    private static readonly Lazy<Texts> English = new(() => new Texts("Language/texts-en.txt", ", "));
    private static readonly Lazy<Texts> Japanese = new(() => new Texts("Language/texts-ja.txt", "、"));

    private readonly FrozenDictionary<string, string> _texts;

    private Texts(string resource, string comma)
    {
        Comma = comma;
        _texts = Links.EmbeddedText.Lines(resource)
            .Select(line => line.Split(" = ", 2))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>Stands between the members of a list.</summary>
    public string Comma { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    public static Texts Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "ja" ? Japanese.Value : English.Value;
    }

    /// <summary>The text; the key itself for an id of a newer engine than this one.</summary>
    public string Get(string key) => _texts.GetValueOrDefault(key, key[(key.IndexOf('.') + 1)..]);

    public bool Has(string key) => _texts.ContainsKey(key);
}
