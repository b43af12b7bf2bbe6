using Platform.Benchmarks.Detection.Samples.Containers.Writers;
using Platform.Benchmarks.Detection.Samples.Documents;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Containers;

/// <summary>ZIPs in which filters and readers see different files; honest ones that are unusual but tell no two stories.</summary>
internal sealed class TrickyZips : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    public string Name => "tricky-zip";

    public IEnumerable<Sample> Make(Random random)
    {
        var program = Payloads.Program(random);
        var stem = random.DocumentName();
        yield return Hostile("another name in the local header", new ZipWriter(random).Add($"{stem}.pdf", program, localName: $"{stem}.exe").ToArray());
        yield return Hostile("two archives in one", [.. new ZipWriter(random).Add(Payloads.Hostile(random).Name, program).ToArray(), .. Honest(random)]);
        yield return Hostile("called encrypted by the directory alone", new ZipWriter(random).Add($"{stem}.exe", program, listedAsEncrypted: true).ToArray());
        yield return Hostile("behind a picture", [.. "GIF89a"u8, .. random.Bytes(random.Next(200, 900)), .. new ZipWriter(random).Add($"{stem}.scr", program).ToArray()]);
        yield return Hostile("without its directory", new ZipWriter(random).Add($"{stem}.exe", program).ToArray()[..^(22 + 46 + stem.Length)]);

        yield return Benign("documents", Honest(random));
        yield return Benign("zip in zip", new ZipWriter(random).Add($"{random.Word()}.zip", Honest(random), stored: true).ToArray());
        yield return Benign("with a comment at its end", Commented(random));
        yield return Benign("folders and photos", ZipOf.Files([.. Payloads.Honest(random).Select(file => file with { Name = $"photos/{random.Word()}/{file.Name}" })]));

        Sample Hostile(string name, byte[] zip) => Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.zip", zip)), Types, [.. Payloads.Reasons, "archive-name-disagrees", "archive-hidden-entry"]);

        Sample Benign(string name, byte[] zip) => Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.zip", zip)));
    }

    private static byte[] Honest(Random random) => Payloads.Honest(random).Aggregate(new ZipWriter(random), (zip, file) => zip.Add(file.Name, file.Content.Span, stored: random.Chance(0.3))).ToArray();

    private static byte[] Commented(Random random)
    {
        var zip = Honest(random);
        byte[] comment = [.. System.Text.Encoding.ASCII.GetBytes($"made by {random.Word()} {random.Word()}")];
        zip[^2] = (byte)comment.Length;
        return [.. zip, .. comment];
    }
}
