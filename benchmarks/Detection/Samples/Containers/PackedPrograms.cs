using Platform.Benchmarks.Detection.Samples.Containers.Writers;
using Platform.Benchmarks.Detection.Samples.Documents;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Containers;

/// <summary>A program, script or shortcut in an archive of every format, once and twice packed; documents and pictures in the same.</summary>
internal sealed class PackedPrograms : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    private static readonly (string Extension, Func<Random, IReadOnlyList<SampleFile>, byte[]> Pack)[] Formats =
    [
        ("zip", (_, files) => ZipOf.Files(files)),
        ("zip", (random, files) => files.Aggregate(new ZipWriter(random), (zip, file) => zip.Add(file.Name, file.Content.Span, stored: true)).ToArray()),
        ("7z", (random, files) => SevenZipWriter.Write(random, files)),
        ("rar", (_, files) => OtherArchives.Rar(files)),
        ("tar", (_, files) => OtherArchives.Tar(files)),
        ("tgz", (_, files) => OtherArchives.GZip(OtherArchives.Tar(files))),
        ("cab", (_, files) => OtherArchives.Cabinet(files, stored: false)),
        ("cab", (_, files) => OtherArchives.Cabinet(files, stored: true)),
        ("lzh", (_, files) => OtherArchives.Lha(files)),
    ];

    public string Name => "packed-program";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var (extension, pack) in Formats)
        {
            yield return Hostile(extension, pack(random, [Payloads.Hostile(random)]), $"program in {extension}");
            yield return Benign(extension, pack(random, Payloads.Honest(random)), $"documents in {extension}");
        }

        var (inner, packInner) = random.Pick(Formats);
        var (outer, packOuter) = random.Pick(Formats);
        yield return Hostile(outer, packOuter(random, [new SampleFile($"{random.DocumentName()}.{inner}", packInner(random, [Payloads.Hostile(random)]))]), $"program in {inner} in {outer}");
        yield return Benign(outer, packOuter(random, [new SampleFile($"{random.DocumentName()}.{inner}", packInner(random, Payloads.Honest(random)))]), $"documents in {inner} in {outer}");
        yield return Hostile(outer, packOuter(random, [.. Payloads.Honest(random), Payloads.Hostile(random), .. Payloads.Honest(random)]), $"program among documents in {outer}");
        var single = Payloads.Hostile(random);
        yield return Sample.Hostile("program in gzip", SampleMail.With(random, new SampleFile($"{single.Name}.gz", OtherArchives.GZip(single.Content.Span))), Types, Payloads.Reasons);

        Sample Hostile(string extension, byte[] content, string name) => Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.{extension}", content)), Types, Payloads.Reasons);

        Sample Benign(string extension, byte[] content, string name) => Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", content)));
    }
}
