using System.Globalization;

namespace Platform.Engine.Detectors;

/// <summary>How often signs were seen in a labelled corpus: the file <c>docs/detectors-measured.tsv</c> that <c>train --signs</c> writes.</summary>
internal sealed class SignRecord
{
    private const string AllMails = "*";

    private readonly Dictionary<string, (int Attacks, int Honest)> _seen = new(StringComparer.Ordinal);

    public SignRecord(string table)
    {
        foreach (var cells in table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split('\t')))
            _seen[cells[0]] = (int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture));
    }

    public (int Attacks, int Honest) Mails => _seen.GetValueOrDefault(AllMails);

    /// <summary>Of the mails with the sign, the share that are attacks; empty when none has it.</summary>
    public string Precision(string sign) => _seen.TryGetValue(sign, out var seen) ? Share(seen.Attacks, seen.Attacks + seen.Honest) : "";

    /// <summary>Of the attacks, the share that have the sign; empty when none has it.</summary>
    public string Recall(string sign) => _seen.TryGetValue(sign, out var seen) ? Share(seen.Attacks, Mails.Attacks) : "";

    private static string Share(int part, int whole) => whole == 0 ? "" : (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture);
}
