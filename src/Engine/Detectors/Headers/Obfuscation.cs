using System.Buffers;
using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Headers;

/// <summary>Text written for people to read and for filters to miss, or the other way round.</summary>
internal sealed class Obfuscation : IDetector
{
    private const int HiddenLetters = 400;
    private const int InvisibleInWords = 5;
    private const int InvisibleInName = 2;
    private const int MixedWords = 3;
    private const int LittleText = 120;
    private const int StyledEnough = 4;

    private static readonly SearchValues<char> Invisible = SearchValues.Create("\u200b\u200c\u200d\u2060\ufeff\u00ad");

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("hidden-text", "Much text that no reader sees (filler against filters).", "ATT&CK T1027", "letters"),
        new("zero-width-text", "Words are cut by invisible characters.", "UTR #36; ATT&CK T1027", "count"),
        new("homoglyph-text", "Words mix Latin letters with look-alikes of other scripts.", "UTS #39; ATT&CK T1036", "word"),
        new("styled-letters", "Subject or sender's name is set in styled letters (mathematical, small capitals) that filters do not read as words.", "UTS #39; UAX #15", "text"),
        new("image-only-mail", "Hardly any text, only remote pictures under a link.", "ATT&CK T1027", "images"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var message = input.Message;
        // Newsletters hide a preview line and its padding; that is short once the padding is gone.
        var hidden = message.HiddenText.Count(char.IsLetterOrDigit);
        var visible = message.VisibleText.Count(char.IsLetterOrDigit);
        if (hidden >= HiddenLetters && hidden > visible / 2)
            yield return new Sign("hidden-text", Seen.Of(EvidenceKind.Text, "hidden", NormalText.Fold(Seen.Cut(message.HiddenText, 2_000))), ("letters", Text(hidden)));

        var inName = InvisibleCuts(input.Sender.Address?.Name ?? "");
        var cuts = InvisibleCuts(message.VisibleText) + InvisibleCuts(message.Subject) + inName;
        if (cuts >= InvisibleInWords || inName >= InvisibleInName || InvisibleCuts(message.Subject) > 0)
            yield return new Sign("zero-width-text", Seen.Of(EvidenceKind.Text, "text", Shown(message)), ("count", Text(cuts)));

        var mixed = input.Text.All.Split(' ').Where(word => word.Length is > 2 and < 60 && Confusables.MixesScripts(word)).Take(MixedWords).ToList();
        if (mixed.Count >= MixedWords || input.Text.Subject.Split(' ').Any(word => word.Length > 3 && Confusables.MixesScripts(word)))
            yield return new Sign("homoglyph-text", Seen.Of(EvidenceKind.Text, "text", string.Join(", ", mixed)), ("word", mixed[0]));

        foreach (var (name, value) in ((string Name, string Value)[])[("Subject", message.Subject), ("From", input.Sender.Address?.Name ?? "")])
        {
            if (StyledLetters(value) < StyledEnough)
                continue;
            yield return new Sign("styled-letters", Seen.Header(name, value), ("text", Seen.Cut(value, 80)));
            break;
        }

        var images = message.Links.Count(link => link.Kind == LinkKind.Image && link.Uri?.Scheme is "http" or "https");
        if (images > 0 && visible < LittleText && message.Html.Count > 0 && message.Links.Any(link => link.Kind is LinkKind.Anchor or LinkKind.Area) && !BulkMarks.IsBulk(message))
            yield return new Sign("image-only-mail", Seen.Of(EvidenceKind.Link, "", message.Links.First(link => link.Kind == LinkKind.Image).Target), ("images", Text(images)));
    }

    // Only inside words of scripts that never need them: Persian, Indic and emoji use joiners rightly, and a soft hyphen
    // every now and then is typography.
    private static int InvisibleCuts(string text)
    {
        var cuts = 0;
        for (var index = 1; index + 1 < text.Length; index++)
        {
            if (char.IsAscii(text[index]) || !NormalText.IsInvisible(text[index]))
                continue;
            var end = index;
            while (end + 1 < text.Length && NormalText.IsInvisible(text[end + 1]))
                end++;
            if (end + 1 < text.Length && IsPlainLetter(text[index - 1]) && IsPlainLetter(text[end + 1]))
                cuts++;
            index = end;
        }

        return cuts;
    }

    private static int StyledLetters(string text) =>
        text.EnumerateRunes().Count(rune => rune.Value is >= 0x1d400 and <= 0x1d7ff or >= 0x1d00 and <= 0x1d22 or >= 0x1f130 and <= 0x1f189 or >= 0x24b6 and <= 0x24e9);

    private static bool IsPlainLetter(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '\u00c0' and <= '\u024f' or >= '\u0400' and <= '\u04ff' or >= '\u3041' and <= '\u30ff' or >= '\u4e00' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3';

    private static string Shown(MailMessage message)
    {
        var text = InvisibleCuts(message.Subject) > 0 ? message.Subject : message.VisibleText;
        var at = text.AsSpan().IndexOfAny(Invisible);
        var from = Math.Max(0, at - 40);
        return string.Concat(text[from..Math.Min(text.Length, from + 160)].Select(character => NormalText.IsInvisible(character) ? "\u00b7" : character.ToString()));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
