using Platform.Engine.Detectors;
using Platform.Engine.Learning;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Learned;

/// <param name="Score">Of the whole scanner, which knows nothing of the tenant.</param>
/// <param name="AtFirstContact">The score where the tenant's history says that this sender never wrote before.</param>
internal sealed record JudgedMail(ExaminedMail Mail, int Score, int AtFirstContact, AttackType? Type, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Judges each mail by the whole scanner with a model that saw neither the mail, nor one with nearly the same text, nor one made
/// from the same template or of the same mailing list. Folds are of whole templates; what shares a text with a fold is left out
/// of its training too, since the made mails cross texts with templates.
/// </summary>
internal static class CrossValidation
{
    /// <param name="mayTrain">Which mails any model may be made of.</param>
    /// <param name="wanted">Which mails are judged.</param>
    public static IReadOnlyList<JudgedMail> Judge(IReadOnlyList<ExaminedMail> mails, int folds, int seed, Func<ExaminedMail, bool> mayTrain, Func<ExaminedMail, bool> wanted, CancellationToken cancellationToken)
    {
        var foldOf = Deal(mails, folds, seed);
        var judged = new JudgedMail?[mails.Count];
        Parallel.For(0, folds, new ParallelOptions { CancellationToken = cancellationToken }, fold =>
        {
            var tested = Enumerable.Range(0, mails.Count).Where(index => foldOf[mails[index].Example.Group] == fold && !mails[index].IsMade && wanted(mails[index])).ToList();
            if (tested.Count == 0)
                return;
            var texts = tested.Select(index => mails[index].Text).ToHashSet();
            var model = ModelTraining.Train([.. mails.Where(mail => !texts.Contains(mail.Text) && (mail.IsMade || mayTrain(mail) && foldOf[mail.Example.Group] != fold)).Select(mail => mail.Example)], seed);
            var learned = new LearnedSigns(model);
            foreach (var index in tested)
                judged[index] = Weigh(mails[index], learned);
        });
        return [.. judged.OfType<JudgedMail>()];
    }

    /// <summary>The scanner with the learned part off.</summary>
    public static JudgedMail WithoutModel(ExaminedMail mail) => Weigh(mail, null);

    private static JudgedMail Weigh(ExaminedMail mail, LearnedSigns? learned)
    {
        List<Sign> signs = [.. mail.Signs, .. learned?.Inspect(mail.Example.Features) ?? []];
        var weighed = Weighing.Weigh(signs);
        var stranger = Weighing.Weigh([.. signs, new Sign("first-contact", new Evidence(EvidenceKind.History, "mailbox", ""))]);
        return new JudgedMail(mail, weighed.Score, stranger.Score, weighed.Type, weighed.Reasons);
    }

    // Large groups first, each to the fold that has fewest of its kind: folds of like size and make.
    private static Dictionary<string, int> Deal(IReadOnlyList<ExaminedMail> mails, int folds, int seed)
    {
        var groups = mails.GroupBy(mail => mail.Example.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(groups);
        var sizes = new int[2, folds];
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups.OrderByDescending(group => group.Count()))
        {
            if (group.First().IsMade)
            {
                foldOf[group.Key] = 0;
                continue;
            }

            var kind = group.First().IsAttack ? 1 : 0;
            var fold = Enumerable.Range(0, folds).MinBy(candidate => sizes[kind, candidate]);
            sizes[kind, fold] += group.Count();
            foldOf[group.Key] = fold;
        }

        return foldOf;
    }
}
