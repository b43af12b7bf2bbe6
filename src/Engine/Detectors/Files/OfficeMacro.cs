using Platform.Engine.Language;

namespace Platform.Engine.Detectors.Files;

/// <summary>Programs in Office documents: that there are any weighs little, what they do and how they hide weighs.</summary>
internal sealed class OfficeMacro : IDetector
{
    private static readonly (string Fact, string Sign)[] Signed =
    [
        ("vba-project", "macro-document"),
        ("vba-auto-run", "macro-auto-run"),
        ("vba-suspicious", "macro-suspicious"),
        ("vba-program-call", "macro-program-call"),
        ("vba-stomped", "macro-stomped"),
        ("excel4-sheet", "excel4-macro"),
        ("excel4-hidden", "excel4-hidden"),
        ("excel4-auto-run", "excel4-auto-run"),
        ("excel4-suspicious", "excel4-suspicious"),
    ];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("macro-document", "An Office document with a macro project (VBA).", "[MS-OVBA]; ATT&CK T1137, T1059.005; X.1236 7.1.1", "file", "detail"),
        new("macro-auto-run", "A macro that Office starts by itself when the document is opened, closed or drawn.", "[MS-OVBA]; ATT&CK T1204.002", "file", "detail"),
        new("macro-suspicious", "A macro that runs by itself and has the means to start programs, run machine code or fetch files, or hides what it has.", "ATT&CK T1059.005, T1106, T1027; X.1236 7.1.1", "file", "detail"),
        new("macro-program-call", "A macro that could start programs or fetch files, but only by the reader's hand.", "ATT&CK T1059.005", "file", "detail"),
        new("macro-stomped", "A macro whose source was erased or replaced, so that only its compiled form tells what it does.", "[MS-OVBA] 2.3.4.3; ATT&CK T1564.007; X.1236 7.1.1", "file", "detail"),
        new("excel4-macro", "A workbook with an Excel 4.0 macro sheet.", "[MS-XLS] 2.4.28; ATT&CK T1137", "file", "detail"),
        new("excel4-hidden", "An Excel 4.0 macro sheet that the reader does not see.", "[MS-XLS] 2.4.28; ATT&CK T1564", "file", "detail"),
        new("excel4-auto-run", "An Excel 4.0 macro that starts when the workbook is opened or closed.", "[MS-XLS] 2.4.150; ATT&CK T1204.002", "file", "detail"),
        new("excel4-suspicious", "An Excel 4.0 macro that starts programs, calls foreign code or writes the formulas that will.", "ATT&CK T1059, T1106, T1027; X.1236 7.1.1", "file", "detail"),
        new("macro-lure", "Asks to switch on the macros of the document it brings.", "ATT&CK T1204.002; X.1236 7.1.1", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var fact in input.Message.FileFacts)
            foreach (var (id, sign) in Signed)
                if (id == fact.Id && said.Add(sign))
                    yield return new Sign(sign, Seen.Fact(fact), ("file", fact.File.FileName), ("detail", Seen.Cut(sign is "excel4-macro" or "excel4-hidden" ? fact.Where : fact.Value, 160)));
        if (said.Count > 0 && AskToEnable(input) is { } ask)
            yield return new Sign("macro-lure", Seen.Words([ask]), ("words", ask.Phrase));
    }

    /// <summary>In the mail, or in the document itself.</summary>
    private static PhraseHit? AskToEnable(DetectionInput input)
    {
        if (input.Text.Find("enable-content") is [var inMail, ..])
            return inMail;
        foreach (var text in input.Message.FileTexts)
            if (Lexicon.Embedded.Find("enable-content", NormalText.Fold(Seen.Cut(text.Text, 8_000))) is [var inFile, ..])
                return inFile;
        return null;
    }
}
