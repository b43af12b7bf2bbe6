using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples;

/// <summary>Scripts attached as they are, and the same words in files that are only read.</summary>
internal sealed class BareScripts : ISampleKind
{
    public string Name => "bare-script";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var extension in (string[])["js", "vbs", "bat", "ps1"])
        {
            var name = random.Word();
            var source = $"rem {random.Word()}\r\necho {random.Word()}\r\n";
            yield return Sample.Hostile($"{extension} script", SampleMail.With(random, SampleFile.Text($"{name}.{extension}", source)), [AttackType.Behaviour], "script-attachment");
            yield return Sample.Benign($"text about a {extension} script", SampleMail.With(random, SampleFile.Text($"{name}-{extension}.txt", source)));
        }
    }
}
