using Platform.Engine.Detectors.Files;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Scripts;

public sealed class WebProjectTests
{
    private const string PageScript = "document.addEventListener('click', function () { window.scrollTo(0, 0); });";

    [Fact]
    public void The_sources_of_a_web_site_pass()
    {
        Assert.Empty(SignsOf(("site/index.html", "<html></html>"), ("site/app.js", PageScript)));
    }

    [Fact]
    public void A_script_alone_in_an_archive_does_not()
    {
        Assert.Equal(["archive-with-executable"], SignsOf(("app.js", PageScript)));
    }

    [Fact]
    public void A_script_for_Windows_among_pages_does_not()
    {
        Assert.Equal(["archive-with-executable"], SignsOf(("index.html", "<html></html>"), ("app.js", "var document = 1; new ActiveXObject('WScript.Shell').Run('calc')")));
    }

    private static IReadOnlyList<string> SignsOf(params (string Name, string Text)[] files) =>
        new TestMail { Files = [("site.zip", TestFiles.Zip([.. files.Select(file => (file.Name, TestFiles.Text(file.Text)))]))] }.SignsOf(new ExecutableFile());
}
