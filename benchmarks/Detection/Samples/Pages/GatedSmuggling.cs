using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Pages that hand over a file only to who moves, presses, scrolls, or sits in one country; and pages that use the same events for themselves.</summary>
internal sealed class GatedSmuggling : ISampleKind
{
    private static readonly string[] Events = ["mousemove", "pointermove", "mouseover", "pointerdown", "touchstart", "keydown", "keyup", "scroll", "wheel", "focus", "visibilitychange", "click", "blur", "mouseenter"];

    public string Name => "gated-smuggling";

    public IEnumerable<Sample> Make(Random random)
    {
        for (var number = 0; number < 4; number++)
            yield return Hostile(random, "waits for an event", OnEvent(random, random.Pick(Events), Handing(random)));
        for (var number = 0; number < 3; number++)
            yield return Hostile(random, "waits for a place", $"if({Place(random)}){{{Handing(random)}}}");

        foreach (var (what, script) in Honest(random))
            yield return Sample.Benign(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<!DOCTYPE html><html><head><title>{random.Word()}</title></head><body><h1>{random.Word()} {random.Word()}</h1><p id=\"p\">{random.Word()} {random.Word()} {random.Word()}</p><script>{script}</script></body></html>", "text/html")));
    }

    private static Sample Hostile(Random random, string what, string script) =>
        Sample.Hostile(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<html><body><p id=\"p\">{random.Word()}</p><script>{random.Layered(script)}</script></body></html>", "text/html")), [AttackType.Behaviour], "behaviour-smuggle");

    private static string OnEvent(Random random, string type, string code) => random.Next(5) switch
    {
        0 => $"window.addEventListener({random.Text(type == "mouseenter" ? "mouseover" : type)},function(){{{code}}},{{once:true}})",
        1 => $"document['on'+{random.Text(type is "focus" or "blur" or "mouseenter" ? "mousemove" : type)}]=function(e){{{code}}}",
        2 => $"document.getElementById('p').addEventListener({random.Text(type)},()=>{{{code}}})",
        3 => $"document.body.addEventListener({random.Text(type)},()=>setTimeout(()=>{{{code}}},{random.Next(10, 4_000)}))",
        _ => $"var {random.Name()}=0,n=0;document.addEventListener('mousemove',function(){{if(++n=={random.Next(2, 5)}){{{code}}}}})",
    };

    private static string Place(Random random) => random.Next(6) switch
    {
        0 => $"navigator[{random.Text("language")}].startsWith({random.Text("ja")})",
        1 => $"Intl.DateTimeFormat().resolvedOptions().timeZone==={random.Text("Asia/Tokyo")}",
        2 => "new Date().getTimezoneOffset()===-540",
        3 => $"navigator.languages.some(function(l){{return l.indexOf({random.Text("ko")})===0}})",
        4 => $"/Tokyo|Seoul/.test(Intl['DateTimeFormat']()[{random.Text("resolvedOptions")}]().timeZone)&&screen.width>{random.Next(600, 1_200)}",
        _ => "!navigator.webdriver&&navigator.language==='ja-JP'&&navigator.hardwareConcurrency>1",
    };

    private static string Handing(Random random)
    {
        var file = random.Pick<byte[]>([[.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 8, 0, .. random.Bytes(random.Next(300, 2_000))], [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, .. random.Bytes(random.Next(300, 2_000))]]);
        var name = $"{random.Word()}.{random.Pick(["zip", "exe", "iso", "js", "msi"])}";
        var key = random.Next(1, 255);
        var octets = random.Next(3) switch
        {
            0 => $"Uint8Array.from(window[{random.Text("atob")}]('{Convert.ToBase64String([.. file.Select(octet => (byte)(octet ^ key))])}'),function(c){{return c.charCodeAt(0)^{key}}})",
            1 => $"Uint8Array.from(atob('{new string([.. Convert.ToBase64String(file).Reverse()])}'.split('').reverse().join('')),c=>c.charCodeAt(0))",
            _ => $"new Uint8Array('{Convert.ToHexStringLower(file)}'.match(/../g).map(h=>parseInt(h,16)))",
        };
        return $"var l=document.createElement('a');l.href=window[{random.Text("URL")}].createObjectURL(new Blob([{octets}]));l.download={random.Text(name)};l.click();";
    }

    private static IEnumerable<(string What, string Script)> Honest(Random random)
    {
        yield return ("follows the pointer", $"document.addEventListener('mousemove',function(e){{document.getElementById('p').textContent=e.pageX+','+e.pageY}});");
        yield return ("marks what was scrolled to", "window.addEventListener('scroll',function(){document.body.classList.toggle('away',window.scrollY>40)},{passive:true});");
        yield return ("turns pages by keys", $"document.addEventListener('keydown',function(e){{if(e.key==='ArrowRight')location.hash='{random.Word()}'}});");
        yield return ("speaks the reader's language", $"var t={{ja:'{random.Word()}',en:'{random.Word()}'}};document.getElementById('p').textContent=t[navigator.language.slice(0,2)]||t.en;document.title=new Date().toLocaleString();");
        yield return ("saves a table by a key", $"document.addEventListener('keyup',function(e){{if(e.ctrlKey)return;var a=document.createElement('a');a.href=URL.createObjectURL(new Blob(['{random.Word()},{random.Next(99)}\\n'],{{type:'text/csv'}}));a.download='{random.Word()}.csv';a.click()}});");
        yield return ("packed data, saved as JSON", $"var d=JSON.parse(atob('{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"[{string.Join(", ", Enumerable.Range(0, random.Next(90, 300)).Select(_ => random.Next(1_000)))}]"))}'));document.getElementById('p').onclick=function(){{var a=document.createElement('a');a.href=URL.createObjectURL(new Blob([JSON.stringify(d)],{{type:'application/json'}}));a.download='{random.Word()}.json';a.click()}};");
    }
}
