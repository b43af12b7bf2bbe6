using Platform.Engine.Detectors.Files;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Calendar;

public sealed class CalendarReaderTests
{
    [Fact]
    public void Folded_and_escaped_lines_are_read()
    {
        var message = Opened.File("a.ics", Event("DESCRIPTION:Join at https://evil.exa\r\n mple/a\\nand bring\\, please\\, tea"));

        Assert.Contains(message.Links, link => link.Target == "https://evil.example/a");
        Assert.Contains("bring, please, tea", message.FileTexts.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_the_description_in_HTML_are_links_of_the_mail()
    {
        Assert.Contains(Opened.File("a.ics", Event("X-ALT-DESC;FMTTYPE=text/html:<a href=\"https://evil.example/\">x</a>")).Links, link => link.Target == "https://evil.example/");
    }

    [Fact]
    public void A_file_inside_is_opened()
    {
        Assert.Contains(Opened.File("a.ics", Event($"ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=a.exe:{Convert.ToBase64String(TestFiles.Program)}")).Attachments, file => file is { FileName: "a.exe", Type.Id: "exe" });
    }

    [Fact]
    public void A_file_of_a_machine_outside_is_seen()
    {
        Assert.Contains("calendar-remote-file", Opened.FactsOf("a.ics", Event("ATTACH:file://203.0.113.9/x/a.docx")));
    }

    [Theory]
    [InlineData("someone@evil.example", true)]
    [InlineData("taro@partner.example", false)]
    [InlineData("info@acme.test", false)]
    public void An_organiser_of_another_organisation_is_seen(string organiser, bool seen)
    {
        var signs = new TestMail { Files = [("a.ics", Event($"ORGANIZER;CN=\"A: b\":mailto:{organiser}"))] }.SignsOf(new CalendarRisk());

        Assert.Equal(seen ? ["calendar-other-organizer"] : [], signs);
    }

    private static byte[] Event(string lines) => TestFiles.Text($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}
