using Platform.Engine.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Verdicts;

public sealed class RepetitionsTests
{
    [Theory]
    [InlineData("behaviour-smuggle", "html-smuggling,html-redirect-attachment,html-attachment,behaviour-smuggle")]
    [InlineData("behaviour-smuggle", "html-attachment-plain,behaviour-smuggle")]
    [InlineData("behaviour-redirect", "html-redirect-attachment,behaviour-redirect")]
    [InlineData("behaviour-paste-command", "html-attachment-plain,behaviour-paste-command")]
    [InlineData("html-remote-script,html-attachment", "html-link-only,html-remote-script,html-attachment")]
    public void What_is_known_better_is_said_once(string left, string given)
    {
        Assert.Equal(left, Told([.. given.Split(',').Select(id => Of(id, "a.html"))]));
    }

    [Fact]
    public void Another_file_speaks_for_itself()
    {
        Assert.Equal("html-redirect-attachment,behaviour-smuggle", Told(Of("html-redirect-attachment", "b.html"), Of("behaviour-smuggle", "a.html")));
    }

    [Fact]
    public void A_page_that_holds_a_program_is_not_called_plain()
    {
        Assert.Equal("archive-with-executable", Told(Of("html-attachment-plain", "a.html"), Of("archive-with-executable", "a.html/files.zip/run.exe")));
    }

    [Fact]
    public void A_page_beside_a_program_stays_plain()
    {
        Assert.Equal("html-attachment-plain,executable-attachment", Told(Of("html-attachment-plain", "a.html"), Of("executable-attachment", "run.exe")));
    }

    private static Sign Of(string id, string path) => new(id, new Evidence(EvidenceKind.Attachment, path, "x"));

    private static string Told(params Sign[] signs) => string.Join(',', Repetitions.Without(signs).Select(sign => sign.Id));
}
