using System.Text;
using Platform.Engine.Conditions;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments;

/// <summary>Formats whose parts lie in parts, nested without measure: each reader comes to a bound of its own, not to that of the stack.</summary>
public sealed class NestingTests
{
    private const int Deep = 100_000;
    private const int SmallStack = 512 * 1024;

    public static TheoryData<string, string, string, string, string> Files { get; } = new()
    {
        { "a.rtf", "{\\rtf1", "{", "}", "}" },
        { "a.rtf", "{\\rtf1", "{\\*\\x{\\object", "}}", "}" },
        { "a.html", "<html><body>", "<div>", "</div>", "</body></html>" },
        { "a.html", "<html><body>", "<table><tr><td>", "", "" },
        { "a.html", "<html><body>", "<svg><foreignObject>", "", "" },
        { "a.html", "<html><script>x=", "[", "]", "</script></html>" },
        { "a.html", "<html><script>x=", "!", "1", "</script></html>" },
        { "a.html", "<html><script>x", ".a", "", "</script></html>" },
        { "a.html", "<html><script>", "{", "}", "</script></html>" },
        { "a.html", "<html><script>", "if(1)", "1", "</script></html>" },
        { "a.html", "<html><script>window[x](", "window[x](", ")", ")</script></html>" },
        { "a.html", "<html><script>x='a'", "+'a'", "", "</script></html>" },
        { "a.html", "<html><script>x=", "`${", "}`", "</script></html>" },
        { "a.html", "<html><script>x=/", "(", ")", "/</script></html>" },
        { "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<g>", "</g>", "</svg>" },
        { "a.pdf", "%PDF-1.4\n1 0 obj\n", "[", "]", "\nendobj\ntrailer<</Root 1 0 R>>" },
        { "a.pdf", "%PDF-1.4\n1 0 obj\n", "<</A", ">>", "\nendobj\ntrailer<</Root 1 0 R>>" },
        { "a.pdf", "%PDF-1.4\n1 0 obj\n(", "(", ")", ")\nendobj\ntrailer<</Root 1 0 R>>" },
        { "a.ics", "", "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "" },
        { "a.eml", "Subject: x\r\n", "Content-Type: message/rfc822\r\n\r\n", "", "x" },
        { "a.wsf", "<job>", "<package>", "</package>", "</job>" },
        { "a.xml", "<?xml version=\"1.0\"?>", "<a>", "</a>", "" },
        { "a.library-ms", "<?xml version=\"1.0\"?>", "<a>", "</a>", "" },
        { "a.json", "", "[", "]", "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_nested_without_measure_is_read_to_a_bound(string name, string before, string open, string close, string after)
    {
        var content = Encoding.UTF8.GetBytes($"{before}{Repeated(open)}{Repeated(close)}{after}");

        Assert.Null(OnSmallStack(() => Mails.WithAttachment(name, content)));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("not (", ")")]
    [InlineData("size > 1 and ", "")]
    [InlineData("size in [", "]")]
    public void A_condition_nested_without_measure_is_refused_or_read(string open, string close)
    {
        Assert.Null(OnSmallStack(() => Condition.TryParse($"{Repeated(open)}size > 1{Repeated(close)}", out var condition, out _) ? condition : null));
    }

    private static string Repeated(string text) => new StringBuilder().Insert(0, text, Deep).ToString();

    private static Exception? OnSmallStack(Func<object?> run)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(run), SmallStack);
        thread.Start();
        thread.Join();
        return failure;
    }
}
