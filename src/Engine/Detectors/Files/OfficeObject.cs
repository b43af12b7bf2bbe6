namespace Platform.Engine.Detectors.Files;

/// <summary>Objects inside of documents: packaged files, and those whose server is known to be broken into.</summary>
internal sealed class OfficeObject : IDetector
{
    private static readonly (string Fact, string Sign)[] Signed =
    [
        ("ole-package", "ole-object-package"),
        ("ole-equation-exploit", "equation-exploit"),
        ("ole-risky-class", "risky-object"),
        ("rtf-obfuscated", "rtf-obfuscated"),
    ];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("ole-object-package", "A document with a file packaged as an object, which opens by a double click.", "[MS-OLEDS] 2.3.6; ATT&CK T1204.002", "file", "detail"),
        new("equation-exploit", "An equation object that is none: it overflows the editor of equations.", "CVE-2017-11882, CVE-2018-0802; ATT&CK T1203; X.1236 7.1.1", "file", "detail"),
        new("risky-object", "A document with an object or control of a class that serves attacks alone.", "CVE-2012-0158, CVE-2017-0199, CVE-2017-8570; ATT&CK T1203", "file", "detail"),
        new("rtf-obfuscated", "A rich text document that hides an object from readers other than Word.", "ATT&CK T1027", "file", "detail"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var fact in input.Message.FileFacts)
            foreach (var (id, sign) in Signed)
                if (id == fact.Id && said.Add(sign))
                    yield return new Sign(sign, Seen.Fact(fact), ("file", fact.File.FileName), ("detail", Seen.Cut(fact.Value, 160)));
    }
}
