using System.Security.Cryptography;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Pages and drawings that build a file and hand it over; and reports that save a table or a picture.</summary>
internal sealed class SmugglingPages : ISampleKind
{
    private static readonly string[] Extensions = ["zip", "iso", "exe", "js", "img", "rar", "lnk", "msi", "hta"];

    public string Name => "smuggling-page";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var encoding in (string[])["base64", "reversed", "xor", "numbers", "hex", "pieces", "cipher", "data"])
        {
            var page = Page(random, random.Layered(Handing(random, encoding)));
            yield return Sample.Hostile($"page, {encoding}", SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", page, "text/html")), [AttackType.Behaviour], "behaviour-smuggle", "html-smuggling");
        }

        var drawing = $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{random.Next(100, 900)}\" height=\"400\"><text x=\"10\" y=\"20\">{random.Word()}</text><script type=\"text/javascript\"><![CDATA[{random.Layered(Handing(random, "base64").Replace("document.createElement('a')", "document.createElementNS('http://www.w3.org/1999/xhtml','a')", StringComparison.Ordinal))}]]></script></svg>";
        yield return Sample.Hostile("drawing", SampleMail.With(random, SampleFile.Text($"{random.Word()}.svg", drawing, "image/svg+xml")), [AttackType.Behaviour, AttackType.CredentialPhishing], "behaviour-smuggle", "svg-script");

        foreach (var (what, script) in Honest(random))
        {
            var page = $"<!DOCTYPE html><html><head><title>{random.Word()} report</title><style>td{{padding:4px}}</style></head><body><h1>{random.Word()}</h1>{Table(random)}<button id=\"save\">Save</button><canvas id=\"chart\" width=\"400\" height=\"200\"></canvas><script>{script}</script></body></html>";
            yield return Sample.Benign(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}-report.html", page, "text/html")));
        }
    }

    private static string Page(Random random, string script) =>
        $"<html><head><title>{random.Word()}</title></head><body><p>{random.Word()} {random.Word()}</p><script>{script}</script></body></html>";

    private static string Handing(Random random, string encoding)
    {
        var file = File(random);
        var (octets, name) = (random.Name(), $"{random.Word()}.{random.Pick(Extensions)}");
        var made = encoding switch
        {
            "base64" => FromText($"atob('{Convert.ToBase64String(file)}')"),
            "reversed" => FromText($"atob('{new string([.. Convert.ToBase64String(file).Reverse()])}'.split('').reverse().join(''))"),
            "pieces" => FromText($"atob([{string.Join(',', Convert.ToBase64String(file).Chunk(random.Next(20, 90)).Select(chunk => $"'{new string(chunk)}'"))}].join(''))"),
            "hex" => $"new Uint8Array('{Convert.ToHexStringLower(file)}'.match(/../g).map(function(h){{return parseInt(h,16)}}))",
            "numbers" => $"new Uint8Array([{string.Join(',', file)}])",
            "xor" => Xor(random, file),
            _ => "",
        };
        if (encoding == "cipher")
            return Cipher(random, file, name);
        if (encoding == "data")
            return $"var l=document.createElement('a');l.href='data:application/octet-stream;base64,{Convert.ToBase64String(file)}';l.setAttribute('download','{name}');document.body.appendChild(l);l.click();";
        return $"var {octets}={made};{Hand(random, octets, name)}";
    }

    private static string FromText(string text) => $"(function(t){{var u=new Uint8Array(t.length);for(var i=0;i<t.length;i++)u[i]=t.charCodeAt(i);return u}})({text})";

    private static string Xor(Random random, byte[] file)
    {
        var key = random.Bytes(random.Next(1, 9));
        var mixed = file.Select((octet, index) => (byte)(octet ^ key[index % key.Length])).ToArray();
        return $"(function(d,k){{var t=atob(d),u=new Uint8Array(t.length);for(var i=0;i<t.length;i++)u[i]=t.charCodeAt(i)^k[i%k.length];return u}})('{Convert.ToBase64String(mixed)}',[{string.Join(',', key)}])";
    }

    private static string Cipher(Random random, byte[] file, string name)
    {
        using var aes = Aes.Create();
        aes.Key = random.Bytes(random.Pick<int>([16, 32]));
        var iv = random.Bytes(16);
        var hidden = Convert.ToBase64String(aes.EncryptCbc(file, iv));
        var o = random.Name();
        return $"var d=function(s){{return Uint8Array.from(atob(s),function(c){{return c.charCodeAt(0)}})}};crypto.subtle.importKey('raw',d('{Convert.ToBase64String(aes.Key)}'),{{name:'AES-CBC'}},false,['decrypt']).then(function(k){{return crypto.subtle.decrypt({{name:'AES-CBC',iv:d('{Convert.ToBase64String(iv)}')}},k,d('{hidden}'))}}).then(function({o}){{{Hand(random, o, name)}}});";
    }

    private static string Hand(Random random, string octets, string name)
    {
        var blob = $"new Blob([{octets}],{{type:'octet/stream'}})";
        return random.Next(4) switch
        {
            0 => $"if(window.navigator.msSaveOrOpenBlob){{window.navigator.msSaveOrOpenBlob({blob},{random.Text(name)})}}else{{var l=document.createElement('a');l.href=URL.createObjectURL({blob});l.download={random.Text(name)};l.click()}}",
            1 => $"var l=document.createElement('a');document.body.appendChild(l);l.style='display:none';var u=window.URL.createObjectURL({blob});l.href=u;l.download={random.Text(name)};l.click();window.URL.revokeObjectURL(u);",
            2 => $"var l=document.createElement('a');l.setAttribute({random.Text("download")},'{name}');l.setAttribute('href',URL.createObjectURL({blob}));l.dispatchEvent(new MouseEvent('click'));",
            _ => $"window.addEventListener('load',function(){{setTimeout(function(){{var l=document.createElement('a');l.href=URL.createObjectURL(new File([{octets}],'{name}'));l.download='{name}';l.click()}},{random.Next(10, 4_000)})}});",
        };
    }

    private static byte[] File(Random random) => random.Pick<byte[]>(
    [
        [.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 8, 0, .. random.Bytes(random.Next(300, 2_000))],
        [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, 0, 0, .. random.Bytes(random.Next(300, 2_000))],
        [.. "Rar!\u001a\a\u0001\0"u8, .. random.Bytes(random.Next(300, 2_000))],
    ]);

    private static IEnumerable<(string What, string Script)> Honest(Random random)
    {
        var rows = string.Join("+'\\n'+", Enumerable.Range(0, 4).Select(_ => $"'{random.Word()},{random.Next(1_000)}'"));
        yield return ("table saved as CSV", $"document.getElementById('save').onclick=function(){{var a=document.createElement('a');a.href=URL.createObjectURL(new Blob([{rows}],{{type:'text/csv'}}));a.download='{random.Word()}.csv';document.body.appendChild(a);a.click();a.remove()}};");
        yield return ("chart saved as picture", $"var c=document.getElementById('chart').getContext('2d');[{string.Join(',', Enumerable.Range(0, 12).Select(_ => random.Next(200)))}].forEach(function(v,i){{c.fillRect(i*20,200-v,16,v)}});document.getElementById('save').addEventListener('click',function(){{var a=document.createElement('a');a.href=document.getElementById('chart').toDataURL('image/png');a.download='{random.Word()}.png';a.click()}});");
        yield return ("data saved as JSON", $"var data={{{random.Word()}:[{random.Next(9)},{random.Next(9)}]}};document.getElementById('save').addEventListener('click',()=>{{const a=document.createElement('a');a.href='data:application/json;charset=utf-8,'+encodeURIComponent(JSON.stringify(data));a.download='{random.Word()}.json';a.click()}});");
        yield return ("chart from packed numbers", $"var n=Uint8Array.from(atob('{Convert.ToBase64String(random.Bytes(random.Next(40, 400)))}'),function(c){{return c.charCodeAt(0)}});var c=document.getElementById('chart').getContext('2d');c.beginPath();n.forEach(function(v,i){{c.lineTo(i,v)}});c.stroke();");
        yield return ("sorted table", "document.querySelectorAll('tr').forEach(function(r){r.addEventListener('click',function(){r.classList.toggle('on')})});var t=document.querySelector('table');t.onclick=function(){Array.from(t.rows).sort(function(a,b){return a.cells[1].textContent-b.cells[1].textContent}).forEach(function(r){t.appendChild(r)})};");
    }

    private static string Table(Random random)
    {
        var table = new StringBuilder("<table>");
        for (var row = random.Next(3, 9); row > 0; row--)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"<tr><td>{random.Word()}</td><td>{random.Next(10_000)}</td></tr>");
        return table.Append("</table>").ToString();
    }
}
