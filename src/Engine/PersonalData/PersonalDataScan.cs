using Platform.Engine.PersonalData.Classes;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData;

// Personal data in mails (OUT7). A class is a number with a scheme (check digit, issuer, length, date), words that name it, or a form of
// its own. Schemes alone are not enough: one in eleven numbers of twelve digits passes for a My Number, one in ten of sixteen for
// a card, and firms number orders, parcels and articles by such. So the words around a number decide where its form does not:
// beside it, in the cell before, in the head of its column, on the line above (ReadableText.LabelOf). All texts are brought
// into one form first (PlainForm), so that full-width digits, any hyphen and borders of cells make no difference.

/// <summary>Finds personal data in the texts of a mail. What it hands out has no value in it but the beginning of the first of each place.</summary>
internal static class PersonalDataScan
{
    /// <summary>Characters of all texts together.</summary>
    public const int MaxCharacters = 6_000_000;

    private static readonly IReadOnlyList<IDataClass> Finders =
    [
        new MyNumber(), new CorporateNumber(), new Card(), new Iban(), new BankAccountJp(), new Phone(), new PostalAddress(), new ResidentNumber(), new Passport(), new EMailList(),
    ];

    private static readonly LabelWords Words = new(Finders);

    /// <param name="parties">Addresses in the header of the mail, which are no list.</param>
    public static PersonalDataReport Run(IEnumerable<ScannedText> texts, IReadOnlySet<string> parties, CancellationToken cancellationToken)
    {
        var left = MaxCharacters;
        var (cut, broken) = (false, false);
        var tallies = Finders.Select(finder => new ClassTally(finder.Class)).ToList();
        foreach (var (part, path, source) in texts)
        {
            if (source.Length == 0)
                continue;
            cut |= source.Length > left;
            if (left == 0)
                break;
            var text = new ReadableText(source.Length > left ? source[..left] : source, Words);
            left -= Math.Min(left, source.Length);
            for (var index = 0; index < Finders.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    tallies[index].Take(part, path, text, Finders[index].Find(text).Where(value => !parties.Contains(value.Value)));
                }
                catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
                {
                    // One broken class costs its own values in one text, and is said.
                    broken = true;
                }
            }

            cut |= text.IsCut;
        }

        return new PersonalDataReport([.. tallies.Select(tally => tally.Finding()).OfType<PersonalDataFinding>()], cut, broken);
    }
}

/// <summary>What was found, and whether that is all.</summary>
/// <param name="IsCut">There was more than is looked at.</param>
/// <param name="IsBroken">A class could not be looked for to the end.</param>
internal sealed record PersonalDataReport(IReadOnlyList<PersonalDataFinding> Findings, bool IsCut, bool IsBroken);

/// <summary>One text of a mail.</summary>
internal readonly record struct ScannedText(PersonalDataPart Part, string Path, string Text);
