namespace Platform.Engine.Attachments.Pdf;

/// <summary>Name trees of the catalogue (ISO 32000-1 7.7.4, 7.9.6).</summary>
internal sealed class PdfNames(PdfFile pdf)
{
    private const int MaxNodes = 2_000;

    /// <summary>Names and values of the tree under the key, such as JavaScript or EmbeddedFiles.</summary>
    public IEnumerable<(string Name, PdfValue Value)> Of(string key)
    {
        HashSet<PdfDictionary> seen = new(ReferenceEqualityComparer.Instance);
        var pending = new Queue<PdfValue?>();
        pending.Enqueue(pdf.Dictionary(pdf.Catalog?["Names"])?[key]);
        while (seen.Count < MaxNodes && pending.TryDequeue(out var next))
        {
            if (pdf.Dictionary(next) is not { } node || !seen.Add(node))
                continue;
            var names = pdf.Items(node["Names"]);
            for (var index = 0; index + 1 < names.Count && index < 2 * MaxNodes; index += 2)
                yield return (pdf.Text(names[index]), names[index + 1]);
            foreach (var kid in pdf.Items(node["Kids"]).Take(MaxNodes))
                pending.Enqueue(kid);
        }
    }
}
