using System.Globalization;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// Pages that are one big button: a picture, or hardly a word, under a link that takes the most of the page. An invoice has links of
/// a line's size; the picture of a document with "open" on it is the lure (ATT&amp;CK T1566.002).
/// </summary>
internal static class PdfPages
{
    private const int MaxPages = 3;
    private const int MaxAnnotations = 60;
    private const double Most = 0.5;
    private const int FewCharacters = 700;

    public static void Read(PdfFile pdf, string text, FileContents contents)
    {
        var pages = 0;
        foreach (var entry in pdf.Objects)
        {
            if (entry.Value is not PdfDictionary page || page.Name("Type") != "Page" || pages++ >= MaxPages)
                continue;
            var area = Area(pdf, MediaBox(pdf, page));
            if (area <= 0)
                continue;
            foreach (var item in pdf.Items(page["Annots"]).Take(MaxAnnotations))
            {
                if (pdf.Dictionary(item) is not { } annotation || pdf.Dictionary(annotation["A"]) is not { } action || pdf.Text(action["URI"]) is not { Length: > 0 } target)
                    continue;
                var share = Area(pdf, annotation["Rect"]) / area;
                if (share >= Most && text.Length <= FewCharacters)
                    contents.Fact("pdf-page-link", string.Create(CultureInfo.InvariantCulture, $"page {pages}"), target);
            }
        }
    }

    private static PdfValue? MediaBox(PdfFile pdf, PdfDictionary page)
    {
        var node = page;
        for (var level = 0; level < 12 && node is not null; level++)
        {
            if (node["MediaBox"] is { } box)
                return box;
            node = pdf.Dictionary(node["Parent"]);
        }

        return null;
    }

    private static double Area(PdfFile pdf, PdfValue? rectangle)
    {
        double[] sides = [.. pdf.Items(rectangle).Select(item => pdf.Number(item) ?? 0)];
        return sides.Length < 4 ? 0 : Math.Abs(sides[2] - sides[0]) * Math.Abs(sides[3] - sides[1]);
    }
}
