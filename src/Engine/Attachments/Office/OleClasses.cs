namespace Platform.Engine.Attachments.Office;

/// <summary>Classes of embedded objects and controls that mean something: by program id, and by class id where the object names only that.</summary>
internal static class OleClasses
{
    public static readonly Guid Equation = new("0002CE02-0000-0000-C000-000000000046");
    public static readonly Guid Package = new("0003000C-0000-0000-C000-000000000046");
    public static readonly Guid Package2 = new("F20DA720-C02F-11CE-927B-0800095AE340");

    private static readonly Dictionary<Guid, string> Risky = new()
    {
        [new("8856F961-340A-11D0-A96B-00C04FD705A2")] = "Shell.Explorer.2",
        [new("EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B")] = "Shell.Explorer.1",
        [new("25336920-03F9-11CF-8FD0-00AA00686F13")] = "htmlfile",
        [new("D27CDB6E-AE6D-11CF-96B8-444553540000")] = "ShockwaveFlash",
        [new("06290BD3-48AA-11D2-8432-006008C3FBFC")] = "script moniker",
        [new("ECABB0C7-7F19-11D2-978E-0000F8757E2A")] = "SOAP moniker",
        [new("ECABAFC6-7F19-11D2-978E-0000F8757E2A")] = "new moniker",
        [new("00000309-0000-0000-C000-000000000046")] = "composite moniker",
        [new("3050F4D8-98B5-11CF-BB82-00AA00BDCE0B")] = "HTA moniker",
        [new("0E59F1D5-1FBE-11D0-8FF2-00A0D10038BC")] = "ScriptControl",
        [new("BDD1F04B-858B-11D1-B16A-00C0F0283628")] = "MSComctlLib.ListViewCtrl (CVE-2012-0158)",
        [new("996BF5E0-8044-4650-ADEB-0B013914E99C")] = "MSComctlLib.ListViewCtrl (CVE-2012-0158)",
        [new("C74190B6-8589-11D1-B16A-00C0F0283628")] = "MSComctlLib.TreeCtrl (CVE-2012-0158)",
        [new("DD9DA666-8594-11D1-B16A-00C0F0283628")] = "MSComctlLib.ImageComboCtl (CVE-2014-1761)",
        [new("A08A033D-1A75-4AB6-A166-EAD02F547959")] = "otkloadr.WRAssembly",
    };

    public static bool IsEquation(string program) => program.StartsWith("Equation.", StringComparison.OrdinalIgnoreCase);

    public static void Tell(string program, string where, FileContents contents)
    {
        if (program.StartsWith("Shell.Explorer", StringComparison.OrdinalIgnoreCase) || program.Equals("htmlfile", StringComparison.OrdinalIgnoreCase) || program.StartsWith("ShockwaveFlash", StringComparison.OrdinalIgnoreCase) || program.StartsWith("MSComctlLib.ListView", StringComparison.OrdinalIgnoreCase)
            || program.StartsWith("otkloadr", StringComparison.OrdinalIgnoreCase) || program.StartsWith("ScriptControl", StringComparison.OrdinalIgnoreCase))
            contents.Fact("ole-risky-class", where, program);
    }

    public static void Tell(Guid classId, string where, FileContents contents)
    {
        if (Risky.TryGetValue(classId, out var name))
            contents.Fact("ole-risky-class", where, name);
    }
}
