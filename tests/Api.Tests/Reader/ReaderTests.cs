using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Access;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;
using static Platform.Api.Tests.Reader.ReaderPlatform;

namespace Platform.Api.Tests.Reader;

/// <summary>The secure reader as its users and those who should not be in it meet it.</summary>
public sealed class ReaderTests : IAsyncLifetime
{
    private ReaderPlatform _reader = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _reader = await StartAsync();

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    [Fact]
    public async Task A_code_goes_to_the_recipient_alone_and_opens_the_mail()
    {
        var mail = await _reader.PlantAsync();
        var browser = _reader.Browser();

        var asked = await GetAsync(browser, mail.Path);
        Assert.DoesNotContain(Secret, asked.Text, StringComparison.Ordinal);
        Assert.Empty(_reader.Mails.Sent);
        await PostAsync(browser, mail.Path + "/code");
        Assert.Equal("bob@partner.test", _reader.Mails.Latest.Recipient);
        var read = await PostAsync(browser, mail.Path + "/enter", ("code", _reader.Mails.Latest.Code.Insert(4, " ")));

        Assert.Contains($"{Secret} plan", read.Text, StringComparison.Ordinal);
        Assert.Contains("list.txt", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_stands_in_a_frame_in_which_nothing_runs_or_loads()
    {
        var mail = await _reader.PlantAsync();
        var browser = await _reader.ReadingAsync(mail);
        using var response = await browser.GetAsync(new Uri(mail.Path + "/body", UriKind.Relative), Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);

        Assert.Contains($"<p>{Secret} </p>", body, StringComparison.Ordinal);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_file_is_saved_as_it_is()
    {
        var mail = await _reader.PlantAsync();
        using var response = await (await _reader.ReadingAsync(mail)).GetAsync(new Uri(mail.Path + "/file/1.2", UriKind.Relative), Stop);

        Assert.Equal($"{Secret},1", await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(("attachment", "list.txt"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName));
    }

    [Fact]
    public async Task What_is_only_to_be_read_is_shown_as_text_and_not_saved()
    {
        var mail = await _reader.PlantAsync(new ProtectForm(ProtectedExtent.Mail, ViewOnly: true, 30));
        var browser = await _reader.ReadingAsync(mail);

        Assert.DoesNotContain("/file/", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
        Assert.Contains($"{Secret},1", (await GetAsync(browser, mail.Path + "/text/1.2")).Text, StringComparison.Ordinal);
        var refused = await GetAsync(browser, mail.Path + "/file/1.2");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.DoesNotContain(Secret, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_files_are_protected_the_text_is_not_shown_again()
    {
        var mail = await _reader.PlantAsync(new ProtectForm(ProtectedExtent.Files, ViewOnly: false, 30));
        var browser = await _reader.ReadingAsync(mail);

        Assert.DoesNotContain("<iframe", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await GetAsync(browser, mail.Path + "/body")).Text, StringComparison.Ordinal);
        Assert.Contains(Secret, (await GetAsync(browser, mail.Path + "/file/1.2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_locked_files_is_told_to_who_gave_the_code()
    {
        var mail = await _reader.PlantAsync(new ProtectForm(ProtectedExtent.LockedFiles, ViewOnly: false, 30));
        var desk = _reader.Get<IReaderDesk>();
        var password = (await desk.FilePasswordAsync((await desk.FindAsync(_reader.Tenant.Id, mail.Delivery, Stop))!, Stop))!;

        Assert.DoesNotContain(password, (await GetAsync(_reader.Browser(), mail.Path)).Text, StringComparison.Ordinal);
        Assert.Contains(password, (await GetAsync(await _reader.ReadingAsync(mail), mail.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_keeps_the_password_back()
    {
        var mail = await _reader.PlantAsync(new ProtectForm(ProtectedExtent.LockedFiles, ViewOnly: false, 30));
        var desk = _reader.Get<IReaderDesk>();
        var password = (await desk.FilePasswordAsync((await desk.FindAsync(_reader.Tenant.Id, mail.Delivery, Stop))!, Stop))!;
        var browser = await _reader.ReadingAsync(mail);
        await _reader.Get<IProtectedMails>().WithdrawAsync(_reader.Scope, mail.Message, null, destroy: false, Stop);

        Assert.DoesNotContain(password, (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/body")]
    [InlineData("/file/1.2")]
    [InlineData("/text/1.2")]
    [InlineData("/state")]
    [InlineData("/reply")]
    public async Task After_a_withdrawal_no_page_gives_a_word_of_it(string page)
    {
        var mail = await _reader.PlantAsync();
        var browser = await _reader.ReadingAsync(mail);
        await _reader.Get<IProtectedMails>().WithdrawAsync(_reader.Scope, mail.Message, null, destroy: false, Stop);

        var (status, text) = await GetAsync(browser, mail.Path + page);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/body")]
    [InlineData("/file/1.2")]
    [InlineData("/text/1.2")]
    [InlineData("/reply")]
    public async Task Without_a_code_no_page_gives_a_word_of_it(string page)
    {
        var mail = await _reader.PlantAsync();

        Assert.DoesNotContain(Secret, (await GetAsync(_reader.Browser(), mail.Path + page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_in_the_browser_that_asked_for_it_alone()
    {
        var mail = await _reader.PlantAsync();
        await PostAsync(_reader.Browser(), mail.Path + "/code");

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_reader.Browser(), mail.Path + "/enter", ("code", _reader.Mails.Latest.Code))).Status);
    }

    [Fact]
    public async Task A_session_of_one_mail_opens_no_other()
    {
        var (mail, other) = (await _reader.PlantAsync(), await _reader.PlantAsync());
        using var handler = new HttpClientHandler { UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = _reader.Platform.Address };
        var cookie = await SessionAsync(mail);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(other.Path + "/body", UriKind.Relative));
        request.Headers.Add("Cookie", cookie);
        using var response = await browser.SendAsync(request, Stop);

        Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/r/nonsense")]
    [InlineData("/r/AQ0BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Who_guesses_a_link_learns_nothing(string path) => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(_reader.Browser(), path)).Status);

    [Fact]
    public async Task The_link_of_a_reader_is_no_link_of_the_pages_and_the_other_way_about()
    {
        var mail = await _reader.PlantAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(_reader.Browser(), mail.Path.Replace("/r/", "/l/", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task From_a_place_that_the_sender_s_organisation_does_not_admit_nothing_is_read()
    {
        var mail = await _reader.PlantAsync();
        var elsewhere = new NewAccessRule([AccessService.Reader], ["198.51.100.0/24"], [], CountriesExcluded: false, TakesUnknownCountry: false, "", null);
        var made = await _reader.Get<IAccessRuleCommands>().CreateAsync(_reader.Scope, new AccessTarget(AccessLevel.Tenant, _reader.Tenant.Id), elsewhere, new AccessMaker(null, false, [], null, false), Stop);
        Assert.Null(made.Code);

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(_reader.Browser(), mail.Path)).Status);
    }

    [Fact]
    public async Task Who_leaves_has_to_ask_for_a_new_code()
    {
        var mail = await _reader.PlantAsync();
        var browser = await _reader.ReadingAsync(mail);
        await PostAsync(browser, mail.Path + "/leave");

        Assert.DoesNotContain(Secret, (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_comes_in_to_be_inspected()
    {
        var mail = await _reader.PlantAsync();
        var browser = await _reader.ReadingAsync(mail);
        using var form = new MultipartFormDataContent { { new StringContent("my answer"), "text" }, { new ByteArrayContent([1, 2, 3]), "files", "answer.bin" } };
        using var response = await browser.PostAsync(new Uri(mail.Path + "/reply", UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var db = _reader.Open();
        var reply = await db.Messages.OrderByDescending(row => row.ReceivedAt).FirstAsync(row => row.Mode == IntakeMode.Gateway && row.ScanState == Storage.Model.ScanState.Pending, Stop);
        Assert.Equal(_reader.Tenant.Mailbox, (await db.Deliveries.SingleAsync(row => row.MessageId == reply.Id, Stop)).MailboxId);
    }

    [Fact]
    public async Task A_file_that_turned_out_to_be_malware_is_not_given_out()
    {
        var mail = await _reader.PlantAsync();
        var browser = await _reader.ReadingAsync(mail);
        await _reader.Get<IReaderDesk>().CheckedAsync((await _reader.Get<IReaderDesk>().FindAsync(_reader.Tenant.Id, mail.Delivery, Stop))!, isDangerous: true, Stop);

        Assert.DoesNotContain($"{Secret},1", (await GetAsync(browser, mail.Path + "/file/1.2")).Text, StringComparison.Ordinal);
        Assert.Contains("malware", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_names_a_link_or_code()
    {
        var mail = await _reader.PlantAsync();
        await _reader.ReadingAsync(mail);

        Assert.DoesNotContain(_reader.Platform.Log.Lines, line => line.Contains(mail.Path[3..], StringComparison.Ordinal) || line.Contains(_reader.Mails.Latest.Code, StringComparison.Ordinal));
    }

    private async Task<string> SessionAsync(PlantedMail mail)
    {
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var plain = new HttpClient(handler) { BaseAddress = _reader.Platform.Address };
        using var code = await plain.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mail.Path + "/enter", UriKind.Relative)) { Content = new FormUrlEncodedContent([KeyValuePair.Create("code", _reader.Mails.Latest.Code)]) };
        request.Headers.Add("Cookie", code.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var entered = await plain.SendAsync(request, Stop);
        return entered.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("reader=", StringComparison.Ordinal)).Split(';')[0];
    }
}
