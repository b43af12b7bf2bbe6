using System.Text;
using Platform.Api.Cli;

namespace Platform.Api.Tests.Cli;

public sealed class MboxFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("From a 1\nA: 1\n\nx\n\nFrom b 2\nB: 2\n\ny\n", "A: 1\n\nx\n\n", "B: 2\n\ny\n")]
    [InlineData("From a 1\r\nA: 1\r\n\r\nx\r\n\r\nFrom b 2\r\nB: 2\r\n", "A: 1\r\n\r\nx\r\n\r\n", "B: 2\r\n")]
    [InlineData("From a 1\nA: 1\n\nFrom here on\n", "A: 1\n\n", "")]
    [InlineData("From a 1\nA: 1\nFrom inside a paragraph\n", "A: 1\nFrom inside a paragraph\n")]
    [InlineData("From a 1\nA: 1\n\n>From quoted\n>>From twice\n> From reply\n", "A: 1\n\nFrom quoted\n>From twice\n> From reply\n")]
    [InlineData("From a 1\nA: 1", "A: 1")]
    public async Task Mails_are_split_at_their_From_lines(string mbox, params string[] mails)
    {
        Assert.Equal(mails, (await ReadAsync(mbox, 1_000)).Select(mail => Encoding.UTF8.GetString(mail.Message.Span)));
    }

    [Fact]
    public async Task Mails_are_numbered()
    {
        Assert.Equal([$"{_path}#1", $"{_path}#2"], (await ReadAsync("From a 1\nA: 1\n\nFrom b 2\nB: 2\n", 1_000)).Select(mail => mail.Path));
    }

    [Fact]
    public async Task A_mail_beyond_the_bound_is_an_error_and_the_next_is_read()
    {
        var mails = await ReadAsync($"From a 1\n{new string('x', 50)}\n\nFrom b 2\nB: 2\n", 20);

        Assert.Equal([true, false], mails.Select(mail => mail.Error is not null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no mail at all\n")]
    public async Task A_file_without_mails_is_an_error(string mbox)
    {
        Assert.NotNull(Assert.Single(await ReadAsync(mbox, 1_000)).Error);
    }

    private async Task<List<MailSource>> ReadAsync(string mbox, long largest)
    {
        await File.WriteAllTextAsync(_path, mbox, TestContext.Current.CancellationToken);
        List<MailSource> mails = [];
        await foreach (var mail in MboxFile.ReadAsync(_path, largest, TestContext.Current.CancellationToken))
            mails.Add(mail);
        return mails;
    }
}
