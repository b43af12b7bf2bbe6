using System.CommandLine;
using System.Globalization;
using Platform.Api.Cli.Training;
using Platform.Engine.Learning;

namespace Platform.Api.Cli;

/// <summary><c>train --seed N --corpus DIR --out FILE</c>: makes the model of labelled mails anew; the same input gives the same file.</summary>
internal static class TrainVerb
{
    public const string Name = "train";

    public static Command Create(TextWriter output, TextWriter error)
    {
        var seed = new Option<int>("--seed") { Description = "Decides every order of chance in the training.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var corpus = new Option<string>("--corpus") { Description = $"A folder of mails with {LabelledCorpus.Manifest} (file, label, category, lang, year, source).", Required = true, HelpName = "DIR" };
        var file = new Option<string>("--out") { Description = "Where the model is written.", Required = true, HelpName = "FILE" };
        var signs = new Option<string?>("--signs") { Description = "Where a table is written of how often each sign was seen in attacks and in honest mails of the corpus.", HelpName = "FILE" };
        var command = new Command(Name, "Trains the model that judges wording and make of mails, from labelled ones. No packet leaves. Exit code 2 when the corpus cannot be read.") { seed, corpus, file, signs };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(seed), parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(file), parsed.GetValue(signs), output, error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int seed, string corpus, string file, string? signs, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var mails = LabelledCorpus.Read(corpus);
            var set = new TrainingSet();
            await Parallel.ForEachAsync(mails, cancellationToken, async (mail, cancelled) =>
                await set.AddAsync(mail.Name, await File.ReadAllBytesAsync(mail.Path, cancelled), mail.Label, mail.Template, 1, cancelled));
            await Parallel.ForEachAsync(MadeMails.Make(seed), cancellationToken, async (mail, cancelled) =>
                await set.AddAsync(mail.Name, mail.Message, mail.Label, mail.Template, MadeMails.Importance, cancelled));
            var model = set.Train(seed);
            var temporary = $"{file}.new";
            await using (var stream = File.Create(temporary))
                ModelFile.Write(model, stream);
            File.Move(temporary, file, overwrite: true);
            if (signs is not null)
                await File.WriteAllTextAsync(signs, set.CountSigns(), cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {new FileInfo(file).Length} bytes, made of {set.Count} mails with seed {seed} for version {model.Origin.FeatureVersion} of the features"));
            return 0;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return 2;
        }
    }
}
