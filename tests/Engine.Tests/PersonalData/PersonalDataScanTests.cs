using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.PersonalData;
using Platform.Engine.Tests.Detectors.Files;
using Platform.Engine.Tests.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.PersonalData;

public sealed class PersonalDataScanTests
{
    [Fact]
    public async Task Subject_body_and_files_are_looked_at_and_the_same_value_counts_once()
    {
        var finding = Assert.Single(await ScanAsync("Subject: card 4539 5787 6362 1486", "カード番号 4539-5787-6362-1486, 5425233430109903", "list.txt", "4539578763621486"));

        Assert.Equal((PersonalDataClass.Card, 2), (finding.Class, finding.Count));
        Assert.Equal(
            [(PersonalDataPart.Subject, "", 1), (PersonalDataPart.Body, "", 2), (PersonalDataPart.Attachment, "list.txt", 1)],
            finding.Places.Select(place => (place.Part, place.Path, place.Count)));
    }

    [Fact]
    public async Task It_says_where_and_never_what()
    {
        var finding = Assert.Single(await ScanAsync("Subject: a", "4539-5787-6362-1486", "a.txt", "x"));

        Assert.Equal("4539-****-****-****", Assert.Single(finding.Places).Sample);
    }

    [Fact]
    public async Task The_score_does_not_know_of_it()
    {
        var with = await VerdictAsync("Subject: a", "カード番号 4539-5787-6362-1486", "a.txt", "x");
        var without = await VerdictAsync("Subject: a", "カード番号 0000-0000-0000-0000", "a.txt", "x");

        Assert.Equal((without.Score, without.Kind), (with.Score, with.Kind));
    }

    [Fact]
    public async Task The_parties_of_the_mail_are_no_list()
    {
        var others = string.Join('\n', Enumerable.Range(1, 4).Select(number => $"p{number}@example.com"));

        Assert.Empty(await ScanAsync("Subject: a", $"a@b.test\nc@d.test\n{others}", "a.txt", "x"));
    }

    [Fact]
    public async Task Files_in_files_are_looked_at()
    {
        var sheet = TestFiles.Zip(("inner.csv", Encoding.GetEncoding("shift_jis").GetBytes("氏名,マイナンバー\r\n山田,123456789018\r\n佐藤,\r\n")));
        var message = Mails.Bytes($"From: a@b.test\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(sheet)}\n--o--\n");
        var verdict = await Scanner.Create().ScanAsync(new ScanRequest(message, Envelope.None, ScanContext.Offline(DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken);

        Assert.Equal("a.zip/inner.csv", Assert.Single(Assert.Single(verdict.PersonalData).Places).Path);
    }

    /// <summary>What hides behind more than is looked at is not said to be nothing.</summary>
    [Theory]
    [InlineData("1 ", 200_001)]
    [InlineData("住所 ", 60_001)]
    public async Task What_was_not_looked_through_is_said(string piece, int times)
    {
        var verdict = await VerdictAsync("Subject: a", "hello", "a.txt", string.Concat(Enumerable.Repeat(piece, times)) + "カード番号 4539-5787-6362-1486");

        Assert.Contains("limit-data", verdict.NotAsked);
    }

    [Fact]
    public async Task So_is_a_text_that_is_longer_than_is_read()
    {
        var verdict = await VerdictAsync("Subject: a", "hello", "a.txt", string.Concat(Enumerable.Repeat("lorem ipsum ", 170_000)) + "カード番号 4539-5787-6362-1486");

        Assert.Contains("limit-data", verdict.NotAsked);
    }

    [Fact]
    public async Task Of_a_mail_that_was_read_whole_nothing_is_left_out() =>
        Assert.DoesNotContain((await VerdictAsync("Subject: a", "カード番号 4539-5787-6362-1486", "a.txt", "x")).NotAsked, id => id is "limit-data" or "limit-names");

    [Fact]
    public async Task Names_beyond_the_list_are_kept()
    {
        var files = TestFiles.Zip([.. Enumerable.Range(0, 150).Select(number => ($"f{number}.txt", "x"u8.ToArray()))]);
        var message = Mails.Bytes($"From: a@b.test\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(files)}\n--o--\n");
        var verdict = await Scanner.Create().ScanAsync(new ScanRequest(message, Envelope.None, ScanContext.Offline(DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken);

        Assert.Equal(151, verdict.Facts.Attachments.Select(file => file.Name).Concat(verdict.Facts.MoreNames).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Any_text_is_read() => Prop.ForAll<string?>(text =>
    {
        foreach (var finding in Found.In(text ?? ""))
            Assert.InRange(finding.Places.Count, 1, PersonalDataFinding.MaxPlaces);
    }).QuickCheckThrowOnFailure();

    private static async Task<IReadOnlyList<PersonalDataFinding>> ScanAsync(string subject, string body, string file, string text) => (await VerdictAsync(subject, body, file, text)).PersonalData;

    private static async Task<Verdict> VerdictAsync(string subject, string body, string file, string text)
    {
        var message = Mails.Bytes($"From: a@b.test\nTo: c@d.test\n{subject}\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{Mails.Base64(body)}\n--o\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename={file}\nContent-Transfer-Encoding: base64\n\n{Mails.Base64(text)}\n--o--\n");
        return await Scanner.Create().ScanAsync(new ScanRequest(message, Envelope.None, ScanContext.Offline(DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken);
    }
}
