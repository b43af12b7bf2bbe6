namespace Platform.Engine.Detectors.Words;

/// <summary>
/// Whether somebody is told to open the Run dialog, a terminal or the address bar of the Explorer and to paste there.
/// </summary>
internal static class PasteInstructions
{
    private const string Box = "run-box";
    private const string Terminal = "run-terminal";

    /// <summary>In the mail or in a file with it.</summary>
    public static bool AreAnywhere(DetectionInput input) =>
        input.Text.FindAnywhere("paste-ask").Count > 0 && (input.Text.FindAnywhere(Box).Count > 0 || input.Text.FindAnywhere(Terminal).Count > 0);

    /// <summary>In the mail itself.</summary>
    public static bool AreInText(DetectionInput input) => input.Text.Has("paste-ask") && (InBox(input) || input.Text.Has(Terminal));

    /// <summary>For the Run dialog or an address bar, where nobody who knows what they do runs commands.</summary>
    public static bool InBox(DetectionInput input) => input.Text.Has(Box);
}
