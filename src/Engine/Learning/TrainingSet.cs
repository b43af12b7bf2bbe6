using System.Globalization;
using System.Text;
using Platform.Engine.Detectors;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Learning;

/// <summary>
/// Labelled mails, looked at once by the scanner as it runs without a model, from which models are trained. Mails that share a
/// text or a template belong to one group: what a model is calibrated with, it never saw the like of.
/// </summary>
public sealed class TrainingSet
{
    // A scan of the training asks nothing and judges no date: every mail is looked at as at this moment.
    private static readonly DateTimeOffset Moment = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Scanner _scanner = new(new MailReader(), NetworkTable.Embedded, EngineParts.Detectors, TimeProvider.System);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Row> _mails = new(StringComparer.Ordinal);

    public int Count => _mails.Count;

    /// <summary>Looks at a mail and keeps what the model would see of it. May be called from several threads.</summary>
    /// <param name="name">Its place among the others: the order of adding does not matter.</param>
    /// <param name="template">What it was made from, together with others; empty when it was written by itself.</param>
    /// <param name="importance">What an error on it costs, an ordinary mail being 1.</param>
    public async ValueTask AddAsync(string name, ReadOnlyMemory<byte> message, MailLabel label, string template, float importance, CancellationToken cancellationToken)
    {
        var seen = await _scanner.ExamineAsync(new ScanRequest(message, Envelope.None, ScanContext.Offline(Moment)), cancellationToken).ConfigureAwait(false);
        var features = MailFeatures.Of(seen.Input, seen.Signs);
        lock (_gate)
            _mails[name] = new Row(features, seen.Signs, label, template, importance);
    }

    /// <summary>The same mails and the same seed give the same model.</summary>
    public LearnedModel Train(int seed) => ModelTraining.Train([.. Examined().Select(mail => mail.Example)], seed);

    /// <summary>How often each sign was seen: a header line, a line for all mails, then a line a sign, with tabs between.</summary>
    public string CountSigns()
    {
        var mails = _mails.Values.Where(mail => mail.Importance >= 1).ToList();
        var table = new StringBuilder("sign\tattacks\thonest\n");
        table.Append(CultureInfo.InvariantCulture, $"*\t{mails.Count(mail => mail.Label != MailLabel.Honest)}\t{mails.Count(mail => mail.Label == MailLabel.Honest)}\n");
        foreach (var sign in mails.SelectMany(mail => mail.Signs.Select(sign => sign.Id).Distinct(StringComparer.Ordinal).Select(id => (Id: id, mail.Label))).GroupBy(seen => seen.Id, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            table.Append(CultureInfo.InvariantCulture, $"{sign.Key}\t{sign.Count(seen => seen.Label != MailLabel.Honest)}\t{sign.Count(seen => seen.Label == MailLabel.Honest)}\n");
        return table.ToString();
    }

    /// <summary>All mails in the order of their names, with the signs of the detectors and the number of the text they share.</summary>
    internal IReadOnlyList<(string Name, TrainingExample Example, IReadOnlyList<Sign> Signs, int Text)> Examined()
    {
        var clusters = TextClusters.Of([.. _mails.Values.Select(mail => mail.Features.Text)]);
        return
        [
            .. _mails.Select((mail, index) => (
                mail.Key,
                new TrainingExample(mail.Value.Features, mail.Value.Label, mail.Value.Template.Length > 0 ? mail.Value.Template : $"text {clusters[index]}", mail.Value.Importance),
                (IReadOnlyList<Sign>)mail.Value.Signs,
                clusters[index])),
        ];
    }

    private sealed record Row(FeatureVector Features, List<Sign> Signs, MailLabel Label, string Template, float Importance);
}
