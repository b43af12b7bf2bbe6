using Platform.Benchmarks.Detection.Samples.Containers.Writers;
using Platform.Benchmarks.Detection.Samples.Documents;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Containers;

/// <summary>Disk images that hold a shortcut and what it starts, alone or in an archive; images of documents and pictures.</summary>
internal sealed class ImagesWithFiles : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    private static readonly (string Extension, Func<IReadOnlyList<SampleFile>, byte[]> Write)[] Formats =
    [
        ("iso", files => DiskImages.Iso(files, joliet: true)),
        ("iso", files => DiskImages.Iso(files, joliet: false)),
        ("img", DiskImages.Fat),
        ("img", files => DiskImages.Partitioned(DiskImages.Fat(files))),
        ("vhd", files => DiskImages.FixedVhd(DiskImages.Partitioned(DiskImages.Fat(files)))),
        ("vhd", files => DiskImages.DynamicVhd(DiskImages.Fat(files))),
    ];

    public string Name => "disk-image";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var (extension, write) in Formats)
        {
            IReadOnlyList<SampleFile> hostile = random.Chance(0.5) ? [Payloads.Shortcut(random), new SampleFile($"{random.Word()}.dll", Payloads.Program(random))] : [Payloads.Hostile(random), Payloads.Document(random, 0)];
            var image = new SampleFile($"{random.DocumentName()}.{extension}", write(hostile));
            yield return Sample.Hostile($"program in {extension}", SampleMail.With(random, random.Chance(0.3) ? new SampleFile($"{random.DocumentName()}.zip", ZipOf.Files(image)) : image), Types, Payloads.Reasons);
            yield return Sample.Benign($"documents in {extension}", SampleMail.With(random, new SampleFile($"{random.Word()}.{extension}", write(Payloads.Honest(random)))));
        }
    }
}
