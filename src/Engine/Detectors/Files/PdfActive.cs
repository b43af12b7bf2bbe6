namespace Platform.Engine.Detectors.Files;

/// <summary>What acts in PDF files, as their reader tells it.</summary>
internal sealed class PdfActive : IDetector
{
    private static readonly SignDescription CredentialForm = FactSigns.Describe("pdf-credential-form", "A PDF form asks for a password and sends it off.", "ISO 32000-1 12.7.4.3, 12.7.5.2; ATT&CK T1598.002");

    private static readonly IReadOnlyList<SignDescription> Facts =
    [
        FactSigns.Describe("pdf-launch", "A PDF that starts a program.", "ISO 32000-1 12.6.4.5; ATT&CK T1204.002"),
        FactSigns.Describe("pdf-javascript", "A PDF that holds a script.", "ISO 32000-1 12.6.4.16; ATT&CK T1059.007"),
        FactSigns.Describe("pdf-open-action", "A PDF whose script or launch runs by itself on opening.", "ISO 32000-1 12.6.3"),
        FactSigns.Describe("pdf-opens-by-itself", "A PDF that leads to an address or another file by itself.", "ISO 32000-1 12.6.3; ATT&CK T1204.001"),
        FactSigns.Describe("pdf-hidden-name", "A PDF writes the names of actions in a disguised form.", "ISO 32000-1 7.3.5"),
        FactSigns.Describe("pdf-embedded-file", "A PDF carries another file.", "ISO 32000-1 7.11.4"),
        FactSigns.Describe("pdf-script-hostile", "A script in a PDF starts a file, leads on by itself or lays out memory for a fault of the reader.", "ATT&CK T1203, T1204.002"),
        FactSigns.Describe("pdf-script-active", "A script in a PDF opens a file that the PDF carries.", "ATT&CK T1204.002"),
        FactSigns.Describe("pdf-script-disguised", "A script in a PDF decodes and runs another.", "ATT&CK T1027, T1059.007"),
        FactSigns.Describe("pdf-remote-file", "A PDF opens a file of a machine outside, or a place that Windows acts on.", "ISO 32000-1 12.6.4.3; ATT&CK T1187"),
        FactSigns.Describe("pdf-submits-form", "A PDF form that is sent to an address.", "ISO 32000-1 12.7.5.2"),
        FactSigns.Describe("pdf-rich-media", "A PDF that holds a film or three-dimensional model, which runs code.", "ISO 32000-2 13.7; ATT&CK T1203"),
        FactSigns.Describe("pdf-page-link", "A page of a PDF that is one big link, with hardly a word.", "ATT&CK T1566.002"),
    ];

    public IReadOnlyList<SignDescription> Signs { get; } = [.. Facts, CredentialForm];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var sign in FactSigns.Of(input, Facts))
            yield return sign;
        foreach (var submitted in input.Message.FileFacts)
            if (submitted.Id == "pdf-submits-form" && input.Message.FileFacts.Any(fact => fact.Id == "pdf-password-field" && fact.File.Path == submitted.File.Path))
            {
                yield return FactSigns.Make(CredentialForm.Id, submitted);
                yield break;
            }
    }
}
