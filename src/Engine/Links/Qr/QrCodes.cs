using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Links.Qr;

/// <summary>Links that a telephone would read from the pictures and drawings of a mail.</summary>
internal sealed class QrCodes
{
    /// <summary>Where a code drawn with characters or cells stands, in <see cref="MailLink.PartPath"/>.</summary>
    public const string Drawn = "drawn";

    private const int MostLinks = 20;
    private const int MostHalves = 6;
    private const int LongestText = 4_096;
    private const int LongestDrawing = 200_000;

    private readonly QrDecoder _decoder = new();
    private readonly QrPictures _pictures = new();
    private readonly List<MailLink> _links = [];

    /// <param name="leaves">Leaves of the mail; plain texts among them may be drawings.</param>
    /// <param name="files">Files and what they hold: pictures among them.</param>
    /// <param name="links">Links so far: pictures may be held in <c>data:</c> addresses.</param>
    public static IReadOnlyList<MailLink> Read(IReadOnlyList<MailPart> leaves, IReadOnlyList<HtmlBody> html, IReadOnlyList<MailAttachment> files, IReadOnlyList<MailLink> links)
    {
        var codes = new QrCodes();
        codes.FromPictures(files.Select(file => (file.Path, file.Content)).Concat(links.Select(link => (link.PartPath, Data(link)))));
        codes.FromDrawings(leaves, html);
        return codes._links;
    }

    private void FromPictures(IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> contents)
    {
        List<(string Path, GreyPicture Picture)> unread = [];
        foreach (var (path, content) in contents)
        {
            if (content.IsEmpty || _pictures.Read(content) is not { } picture)
                continue;
            var texts = _decoder.Read(picture);
            foreach (var text in texts)
                Add(text, path);
            if (texts.Count == 0 && unread.Count < MostHalves && QrDecoder.HasFinder(picture))
                unread.Add((path, picture));
        }

        // A code cut in two is whole again when both pictures stand beside or above each other.
        for (var first = 0; first < unread.Count; first++)
            for (var second = 0; second < unread.Count; second++)
                if (first != second)
                    foreach (var whole in Joined(unread[first].Picture, unread[second].Picture))
                        foreach (var text in _decoder.Read(whole))
                            Add(text, unread[first].Path);
    }

    private void FromDrawings(IReadOnlyList<MailPart> leaves, IReadOnlyList<HtmlBody> html)
    {
        foreach (var leaf in leaves)
            if (leaf.MediaType == "text/plain" && leaf.Disposition is not "attachment" && leaf.Content.Length is > 200 and < LongestDrawing)
                foreach (var picture in DrawnCodes.InText(Charsets.Decode(leaf.Content.Span, leaf.Charset)))
                    foreach (var text in _decoder.Read(picture))
                        Add(text, Drawn);
        foreach (var body in html)
            foreach (var picture in DrawnCodes.InHtml(body.Document))
                foreach (var text in _decoder.Read(picture))
                    Add(text, Drawn);
    }

    // What a telephone opens as a page. Payments, networks and visiting cards are no links.
    private void Add(string text, string path)
    {
        var address = text.Trim();
        if (_links.Count >= MostLinks || address.Length is 0 or > LongestText || address.AsSpan().ContainsAny("\r\n"))
            return;
        if (address.StartsWith("URLTO:", StringComparison.OrdinalIgnoreCase))
            address = address[6..];
        var uri = LinkTarget.Resolve(address.Contains("://", StringComparison.Ordinal) || address.Contains(':', StringComparison.Ordinal) && !address.Contains('.', StringComparison.Ordinal) ? address : $"http://{address}", null);
        if (uri is { Scheme: "http" or "https" } && OrganisationOrAddress(uri) && !_links.Exists(link => link.Target == address))
            _links.Add(LinkTarget.Unwrapped(LinkKind.QrCode, address, uri, "", path));
    }

    private static bool OrganisationOrAddress(Uri uri) => uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || uri.Host.Contains('.', StringComparison.Ordinal);

    private static IEnumerable<GreyPicture> Joined(GreyPicture first, GreyPicture second)
    {
        if (first.Width == second.Width && first.Height + second.Height <= 2 * QrDecoder.LongestSide)
            yield return new GreyPicture([.. first.Pixels, .. second.Pixels], first.Width, first.Height + second.Height);
        if (first.Height != second.Height || first.Width + second.Width > 2 * QrDecoder.LongestSide)
            yield break;
        var width = first.Width + second.Width;
        var pixels = new byte[width * first.Height];
        for (var y = 0; y < first.Height; y++)
        {
            first.Pixels.AsSpan(y * first.Width, first.Width).CopyTo(pixels.AsSpan(y * width));
            second.Pixels.AsSpan(y * second.Width, second.Width).CopyTo(pixels.AsSpan(y * width + first.Width));
        }

        yield return new GreyPicture(pixels, width, first.Height);
    }

    // data:image/png;base64,... (RFC 2397)
    private static ReadOnlyMemory<byte> Data(MailLink link)
    {
        if (link.Kind != LinkKind.Image || !link.Target.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            return ReadOnlyMemory<byte>.Empty;
        var comma = link.Target.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !link.Target.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return ReadOnlyMemory<byte>.Empty;
        var coded = Uri.UnescapeDataString(link.Target[(comma + 1)..]).TrimEnd('=');
        var bytes = new byte[coded.Length];
        return coded.Length % 4 != 1 && Convert.TryFromBase64String(coded.PadRight((coded.Length + 3) / 4 * 4, '='), bytes, out var count) ? bytes.AsMemory(0, count) : ReadOnlyMemory<byte>.Empty;
    }
}
