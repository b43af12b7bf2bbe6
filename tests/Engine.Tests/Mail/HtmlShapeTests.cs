using Platform.Engine.Mail.Text;

namespace Platform.Engine.Tests.Mail;

public sealed class HtmlShapeTests
{
    private static string Deep { get; } = string.Concat(Enumerable.Repeat("<b>", 400));

    [Fact]
    public void Comparisons_in_a_script_are_no_tags() =>
        Assert.Null(HtmlShape.TooHeavy($"<html><script>{string.Concat(Enumerable.Repeat("if(i<n)n=a<b;", 500))}</script></html>"));

    public static TheoryData<string> Before => new()
    {
        "<script>a<b</script>", "<!-- <script> -->", "<!-- <script> --!>", "<!--><script></script>", "<!---><style></style>", "<textarea><script></textarea>", "<title><!--</title>", "<svg><script>", "<math><style>",
    };

    [Theory]
    [MemberData(nameof(Before))]
    public void What_is_nested_too_deep_is_seen_after(string before) =>
        Assert.Equal("depth", HtmlShape.TooHeavy(before + Deep));
}
