namespace Platform.Engine.Detectors.Files;

/// <summary>Small files whose opening starts, fetches or connects something: shortcuts, settings, remote desktop, queries, sheets of text.</summary>
internal sealed class ActiveShortcut : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        FactSigns.Describe("shortcut-command", "A shortcut or settings file that runs a command.", "[MS-SHLLINK]; ATT&CK T1204.002, T1547.009"),
        FactSigns.Describe("shortcut-remote", "A shortcut, search or library that opens a folder or program of a machine outside.", "ATT&CK T1187, T1204.001"),
        FactSigns.Describe("shortcut-hidden-arguments", "A shortcut pads its arguments so that they are not shown.", "ATT&CK T1027.012"),
        FactSigns.Describe("shortcut-disguise", "A shortcut to an interpreter wears the icon of another program.", "ATT&CK T1036.008"),
        FactSigns.Describe("shortcut-appended", "A shortcut with data after its end.", "ATT&CK T1027.012"),
        FactSigns.Describe("shortcut-installs", "A file that installs a program from an address.", "ATT&CK T1127.002, T1204.002"),
        FactSigns.Describe("shortcut-plain", "A shortcut to a page, document or folder.", "[MS-SHLLINK]"),
        FactSigns.Describe("remote-desktop-shares", "A remote desktop file gives a machine outside the reader's drives or devices, or shows a program of it.", "ATT&CK T1566.001, T1021.001"),
        FactSigns.Describe("remote-desktop-outside", "A remote desktop file connects to a machine outside.", "ATT&CK T1021.001"),
        FactSigns.Describe("registry-autostart", "A registry file that has something started by itself.", "ATT&CK T1547.001, T1112"),
        FactSigns.Describe("registry-lock", "A registry file that changes the protection of the machine.", "ATT&CK T1562.001, T1112"),
        FactSigns.Describe("sheet-command", "A formula in a text sheet (CSV, SYLK, query) starts a program.", "ATT&CK T1559.002"),
        FactSigns.Describe("sheet-auto-open", "A text sheet runs a macro on opening.", "ATT&CK T1059.005"),
        FactSigns.Describe("sheet-sends-cells", "A formula in a text sheet sends cells to an address.", "ATT&CK T1041"),
        FactSigns.Describe("sheet-remote-formula", "A formula in a text sheet fetches from an address.", "ATT&CK T1221"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input) => FactSigns.Of(input, Signs);
}
