using System.Text;
using FsCheck.Fluent;
using Platform.Grains.Imports;

namespace Platform.Grains.Tests.Imports;

public sealed class MboxReaderTests
{
    private const string Separator = "From bob@partner.test Tue Nov 24 09:00:00 2026\n";

    [Fact]
    public async Task Messages_are_split_at_their_separators()
    {
        var mails = await ReadAsync($"{Separator}Subject: 1\n\none\n\n{Separator}Subject: 2\n\ntwo\n");

        Assert.Equal(["Subject: 1\r\n\r\none\r\n", "Subject: 2\r\n\r\ntwo\r\n"], mails);
    }

    [Theory]
    [InlineData(">From me\n", "From me\r\n")]
    [InlineData(">>From me\n", ">From me\r\n")]
    [InlineData("> From me\n", "> From me\r\n")]
    [InlineData("text\nFrom me\n", "text\r\nFrom me\r\n")]
    [InlineData("a\r\nb\n", "a\r\nb\r\n")]
    public async Task Lines_inside_come_back_as_they_were(string inside, string content)
    {
        Assert.Equal(["Subject: x\r\n\r\n" + content], await ReadAsync($"{Separator}Subject: x\n\n{inside}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no separator at all\n\nbody\n")]
    public async Task Without_a_separator_there_is_no_mail(string file)
    {
        Assert.Empty(await ReadAsync(file));
    }

    [Fact]
    public async Task A_mail_beyond_the_limit_is_told_and_the_next_one_read()
    {
        var mails = await ReadAsync($"{Separator}{new string('x', 5_000)}\n\n{Separator}small\n", limit: 1_000);

        Assert.Equal(["too-large", "small\r\n"], mails);
    }

    [Fact]
    public async Task A_line_without_end_is_bounded_too()
    {
        var mails = await ReadAsync($"{Separator}{new string('x', 1_000_000)}", limit: 1_000);

        Assert.Equal(["too-large"], mails);
    }

    [Fact]
    public async Task A_file_reads_the_same_however_it_comes_in()
    {
        var file = $"{Separator}Subject: 1\n\n>From x\n\n{Separator}Subject: 2\r\n\r\n\n\n{Separator}\n";
        var whole = await ReadAsync(file);

        for (var size = 1; size < 20; size++)
            Assert.Equal(whole, await ReadAsync(file, pieces: size));
    }

    [Fact]
    public async Task What_was_written_with_quotes_is_read_back()
    {
        var line = Gen.Elements("From x", ">From x", "text", "", "Subject: a");
        var samples = line.NonEmptyListOf().NonEmptyListOf().Sample(200);

        foreach (var messages in samples)
        {
            var file = string.Concat(messages.Select(lines => Separator + string.Concat(lines.Select(Quote)) + "\n"));
            Assert.Equal(messages.Select(lines => string.Concat(lines.Select(l => l + "\r\n"))), await ReadAsync(file));
        }
    }

    private static string Quote(string line) => (line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal) ? ">" : "") + line + "\n";

    private static async Task<List<string>> ReadAsync(string file, long limit = 1_000_000, int pieces = 0)
    {
        List<string> mails = [];
        Stream stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        await foreach (var mail in MboxReader.ReadAsync(pieces == 0 ? stream : new DrippingStream(stream, pieces), limit, TestContext.Current.CancellationToken))
            mails.Add(mail.Content is { } content ? Encoding.UTF8.GetString(content.Span) : mail.Error!);
        return mails;
    }
}
