using Platform.Api.Cli.Training;
using Platform.Benchmarks.Runner;
using Platform.Engine.Detectors;
using Platform.Engine.Learning;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>A mail of the corpus as the scanner sees it, all but for the model's word.</summary>
internal sealed record ExaminedMail(LabelledMail Mail, TrainingExample Example, IReadOnlyList<Sign> Signs, int Text)
{
    public bool IsAttack => Mail.Label != MailLabel.Honest;

    /// <summary>One of the training's own mails: learned from, never judged.</summary>
    public bool IsMade => Mail.Source == "made";
}

/// <summary>The whole corpus, looked at once for all benches that train on parts of it.</summary>
internal sealed class ExaminedCorpus
{
    private IReadOnlyList<ExaminedMail>? _mails;

    public async Task<IReadOnlyList<ExaminedMail>> LoadAsync(BenchContext context, CancellationToken cancellationToken) =>
        _mails ??= await ExamineAsync(context.Workspace.SharedPath("corpora/mail"), context.Options.Seed, cancellationToken);

    private static async Task<IReadOnlyList<ExaminedMail>> ExamineAsync(string folder, int seed, CancellationToken cancellationToken)
    {
        List<(LabelledMail Mail, float Importance, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> Read)> labelled =
        [
            .. LabelledCorpus.Read(folder).Select(mail => (mail, 1f, (Func<CancellationToken, Task<ReadOnlyMemory<byte>>>)(async cancelled => await File.ReadAllBytesAsync(mail.Path, cancelled)))),
            .. MadeMails.Make(seed).Select(made => (new LabelledMail("", made.Name, made.Label, "made", made.Template, "made"), MadeMails.Importance, (Func<CancellationToken, Task<ReadOnlyMemory<byte>>>)(_ => Task.FromResult(made.Message)))),
        ];
        var set = new TrainingSet();
        await Parallel.ForEachAsync(labelled, cancellationToken, async (row, cancelled) =>
            await set.AddAsync(row.Mail.Name, await row.Read(cancelled), row.Mail.Label, row.Mail.Template, row.Importance, cancelled));
        return [.. set.Examined().Join(labelled, seen => seen.Name, row => row.Mail.Name, (seen, row) => new ExaminedMail(row.Mail, seen.Example, seen.Signs, seen.Text))];
    }
}
