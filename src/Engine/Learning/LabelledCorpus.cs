namespace Platform.Engine.Learning;

/// <summary>A labelled mail of a corpus on disk.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Name">As the manifest writes it.</param>
/// <param name="Template">What it was made from, together with others; empty when it was written by itself.</param>
/// <param name="Source">Where the corpus has it from. Never seen by the model.</param>
public sealed record LabelledMail(string Path, string Name, MailLabel Label, string Category, string Template, string Source);

/// <summary>
/// A folder of mails with a <c>manifest.tsv</c>: a header line, then <c>file, label, category, lang, year, source</c> with tabs
/// between. The label is <c>malicious</c> or <c>ham</c>; of the malicious ones the categories <c>advance-fee</c>,
/// <c>bec-fakepo</c> and <c>extortion</c> are fraud and the others phishing.
/// </summary>
public static class LabelledCorpus
{
    public const string Manifest = "manifest.tsv";

    private static readonly string[] FraudCategories = ["advance-fee", "bec-fakepo", "extortion"];
    private static readonly string[] SharedSources = ["template:", "written:", "list:"];

    /// <exception cref="InvalidDataException">The manifest lacks a column, or a line has a label that is none.</exception>
    /// <exception cref="IOException">There is no manifest.</exception>
    public static IReadOnlyList<LabelledMail> Read(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, Manifest));
        var columns = lines.Length > 0 ? lines[0].Split('\t').ToList() : [];
        int Column(string name) => columns.IndexOf(name) is >= 0 and var index ? index : throw new InvalidDataException($"{Manifest} has no column '{name}'.");
        var (file, label, category, source) = (Column("file"), Column("label"), Column("category"), Column("source"));
        return
        [
            .. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t')).Select(cells => new LabelledMail(
                Path.Combine(folder, cells[file]),
                cells[file],
                LabelOf(cells[label], cells[category]),
                cells[category],
                SharedSources.Any(start => cells[source].StartsWith(start, StringComparison.Ordinal)) ? cells[source] : "",
                cells[source])),
        ];
    }

    private static MailLabel LabelOf(string label, string category) => label switch
    {
        "ham" => MailLabel.Honest,
        "malicious" => FraudCategories.Contains(category) ? MailLabel.Fraud : MailLabel.Phishing,
        _ => throw new InvalidDataException($"'{label}' is no label: write ham or malicious."),
    };
}
