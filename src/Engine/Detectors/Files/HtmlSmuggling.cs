namespace Platform.Engine.Detectors.Files;

/// <summary>Attached pages and drawings that build files or pages, lead on, or hide what they are, as their reader tells it.</summary>
internal sealed class HtmlSmuggling : IDetector
{
    private const string Redirect = "html-redirect-attachment";
    private const int CallOnly = 65;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        FactSigns.Describe("html-smuggling", "An HTML or SVG attachment decodes data that it carries and hands it over as a download.", "ATT&CK T1027.006"),
        FactSigns.Describe("html-obfuscated-script", "An HTML attachment runs a script that decodes and writes its own page.", "ATT&CK T1027, T1059.007"),
        FactSigns.Describe("svg-script", "An attached SVG picture runs a script that decodes or leads on.", "ATT&CK T1027.017"),
        FactSigns.Describe("svg-page", "An attached SVG picture is a page that asks or leads on.", "ATT&CK T1027.017, T1598.002"),
        FactSigns.Describe("html-nested-page", "An HTML attachment holds another page in an address.", "RFC 2397; ATT&CK T1027"),
        FactSigns.Describe("html-card-form", "An HTML attachment asks for the number of a card.", "ATT&CK T1598.002"),
        FactSigns.Describe(Redirect, "An HTML attachment leads on to another page.", "ATT&CK T1566.001"),
        FactSigns.Describe("html-remote-frame", "An HTML attachment is a frame around a page of another site.", "ATT&CK T1566.001"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var signs = FactSigns.Of(input, Signs).ToList();
        // A call that leads on may stand in a script and never be reached; a refresh is certain.
        if (!signs.Exists(sign => sign.Id == Redirect) && input.Message.FileFacts.FirstOrDefault(fact => fact.Id == "html-script-leads") is { } call)
            signs.Add(FactSigns.Make(Redirect, call) with { Percent = CallOnly });
        return signs;
    }
}
