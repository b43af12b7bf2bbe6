using System.Text;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Links.Qr;
using Platform.Engine.Mail;

namespace Platform.Fuzz.Targets.Links;

/// <summary>Addresses as links write them, unwrapped.</summary>
internal static class UnwrapTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var link = LinkTarget.Make(LinkKind.Anchor, text, null, text, "1");
        if (link.Via.Count > 8)
            throw new InvalidOperationException("a link has more layers than are opened");
        List<MailLink> links = [];
        TextLinks.Collect(text, "1", LinkKind.Text, links, 100);
        if (links.Count > 100)
            throw new InvalidOperationException("more links than were asked for");
    }
}

/// <summary>Text folded and searched by the lexicon.</summary>
internal static class LexiconTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var folded = NormalText.Fold(text);
        if (NormalText.Fold(folded) != folded)
            throw new InvalidOperationException("folded text folds again");
        Lexicon.Embedded.Search(folded);
        DisguisedWords.Find(text);
    }
}

/// <summary>Pictures and drawings looked through for QR codes.</summary>
internal static class QrTarget
{
    private const int MostOctets = 4_096;

    public static void Run(ReadOnlySpan<byte> input)
    {
        var bound = input[..Math.Min(MostOctets, input.Length)];
        if (new QrPictures().Read(bound.ToArray()) is { } picture)
            new QrDecoder().Read(picture);
        foreach (var drawing in DrawnCodes.InText(Encoding.UTF8.GetString(bound)))
            new QrDecoder().Read(drawing);
        var width = 1 + (bound.Length > 0 ? bound[0] % 64 : 0);
        if (bound.Length >= width)
            new QrDecoder().Read(new GreyPicture(bound[..(bound.Length / width * width)].ToArray(), width, bound.Length / width));
    }
}
