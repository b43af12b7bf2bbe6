namespace Platform.Engine.Attachments.Office;

/// <summary>Classes of embedded objects and controls that mean something: by program id, and by class id where the object names only that.</summary>
internal static class OleClasses
{
    public static readonly Guid Equation = new("0002CE02-0000-0000-C000-000000000046");
    public static readonly Guid Package = new("0003000C-0000-0000-C000-000000000046");
    public static readonly Guid Package2 = new("F20DA720-C02F-11CE-927B-0800095AE340");

    private static readonly Dictionary<Guid, string> Risky = new()
    {
        [new("25336920-03F9-11CF-8FD0-00AA00686F13")] = "htmlfile",
        [new("06290BD3-48AA-11D2-8432-006008C3FBFC")] = "script moniker",
        [new("ECABB0C7-7F19-11D2-978E-0000F8757E2A")] = "SOAP moniker",
        [new("3050F4D8-98B5-11CF-BB82-00AA00BDCE0B")] = "HTA moniker",
        [new("0E59F1D5-1FBE-11D0-8FF2-00A0D10038BC")] = "ScriptControl",
        [new("A08A033D-1A75-4AB6-A166-EAD02F547959")] = "otkloadr.WRAssembly",
    };

    // The controls are honest on forms of macros, whose objects have no name; an object of a document that names one is not.
    private static readonly string[] RiskyPrograms = ["htmlfile", "otkloadr", "ScriptControl", "MSScriptControl", "MSComctlLib.ListView", "MSComctlLib.TreeCtrl", "MSComctlLib.Toolbar", "MSComctlLib.ImageCombo", "COMCTL.ListView"];

    public static bool IsEquation(string program) => program.StartsWith("Equation.", StringComparison.OrdinalIgnoreCase);

    /// <param name="program">By name: of Word's own objects and of those in rich text.</param>
    public static void Tell(string program, string where, FileContents contents)
    {
        if (RiskyPrograms.Any(risky => program.StartsWith(risky, StringComparison.OrdinalIgnoreCase)))
            contents.Fact("ole-risky-class", where, program);
    }

    public static void Tell(Guid classId, string where, FileContents contents)
    {
        if (Risky.TryGetValue(classId, out var name))
            contents.Fact("ole-risky-class", where, name);
    }
}
