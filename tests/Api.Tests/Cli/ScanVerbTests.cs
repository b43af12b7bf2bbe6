using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Cli;
using Platform.Api.Hosting;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;

namespace Platform.Api.Tests.Cli;

public sealed class ScanVerbTests : IDisposable
{
    private const string Clean = "From: Taro <taro@partner.example>\r\nTo: info@acme.test\r\nSubject: Meeting\r\nDate: Tue, 24 Nov 2026 20:55:00 +0900\r\nMessage-ID: <1@partner.example>\r\n\r\nSee you on Tuesday.\r\n";
    private const string Hostile = "From: PayPal <service@secure-login.test>\r\nTo: info@acme.test\r\nSubject: Your account has been limited\r\nDate: Tue, 24 Nov 2026 20:55:00 +0900\r\nMessage-ID: <2@secure-login.test>\r\nContent-Type: text/html\r\n\r\n<p>Please verify your account.</p><a href=\"http://198.51.100.7/x\">https://www.paypal.com/</a>\r\n";

    private const string Script = "From: Taro <taro@partner.example>\r\nTo: info@acme.test\r\nSubject: Order\r\nDate: Tue, 24 Nov 2026 20:55:00 +0900\r\nMessage-ID: <3@partner.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/javascript; name=order.js\r\nContent-Disposition: attachment; filename=order.js\r\n\r\nnew ActiveXObject('WScript.Shell').Run('cmd /c vssadmin delete shadows /all /quiet');\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("scan-verb-").FullName;
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task A_mail_gives_one_object_as_the_contract_says()
    {
        var path = Write("a.eml", Hostile);

        var exitCode = await RunAsync(path);

        var mail = Assert.Single(Lines());
        Assert.Equal((0, path, "phishing", "credential-phishing"), (exitCode, Text(mail, "path"), Text(mail, "verdict"), Text(mail, "type")));
        Assert.InRange(mail.GetProperty("score").GetInt32(), 70, 100);
        Assert.True(mail.GetProperty("elapsedMs").GetDouble() >= 0);
        Assert.Equal(["id", "weight", "summary", "evidence"], mail.GetProperty("reasons")[0].EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("ja", "T1490 復元用のコピーを削除: ")]
    [InlineData("en", "T1490 deletes the copies that files are restored from: ")]
    public async Task What_a_script_would_do_is_told_to_people(string language, string told)
    {
        var path = Write("a.eml", Script);

        await RunAsync([path], text: true, culture: language);

        Assert.Contains(told, Encoding.UTF8.GetString(_output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_script_would_do_is_told_to_programs()
    {
        var path = Write("a.eml", Script);

        await RunAsync(path);

        var seen = Assert.Single(Lines()).GetProperty("behaviours").EnumerateArray().First(seen => Text(seen, "kind") == "delete-shadow-copies");
        Assert.Equal(("T1490", "order.js"), (Text(seen, "technique"), Text(seen, "file")));
    }

    [Theory]
    [InlineData("partner.example", "spam")]
    [InlineData("other.example", "clean")]
    [InlineData("list,value\r\nallow,partner.example", "clean")]
    public async Task A_block_list_from_a_file_holds(string list, string verdict)
    {
        var entries = await ScanLists.ReadAsync([], [Write("list.csv", list)], [], Cancel);

        await RunAsync([Write("a.eml", Clean)], entries: entries);

        Assert.Equal(verdict, Text(Assert.Single(Lines()), "verdict"));
    }

    [Fact]
    public async Task A_list_with_a_line_that_is_no_entry_is_refused_whole()
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => ScanLists.ReadAsync([Write("list.txt", "a.example\nno value")], [], [], Cancel));

        Assert.Contains("Line 2:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_said()
    {
        await Assert.ThrowsAsync<SettingsException>(() => ScanLists.ReadAsync([], [Path.Combine(_folder, "none")], [], Cancel));
    }

    [Fact]
    public async Task Folders_give_every_mail_in_a_stable_order_and_pass_over_others()
    {
        Write("b/z.eml", Clean);
        Write("b/notes.txt", "no mail");
        Write("a/Maildir/cur/17.host:2,S", Clean);
        Write("a/Maildir/new/18.host", Clean);
        Write("a/Maildir/tmp/19.host", Clean);
        Write("c.EML", Clean);
        Write("d.mbox", $"From a Tue Nov 24 11:00:00 2026\n{Clean}\nFrom b Tue Nov 24 11:00:00 2026\n{Clean}");

        await RunAsync(_folder);

        Assert.Equal(["a/Maildir/cur/17.host:2,S", "a/Maildir/new/18.host", "b/z.eml", "c.EML", "d.mbox#1", "d.mbox#2"], Lines().Select(line => Path.GetRelativePath(_folder, Text(line, "path"))));
    }

    [Fact]
    public async Task Many_mails_keep_their_order_though_scanned_side_by_side()
    {
        var expected = Enumerable.Range(0, 100).Select(number => Write($"{number:D3}.eml", number % 7 == 0 ? Hostile : Clean)).ToList();

        await RunAsync(_folder);

        Assert.Equal(expected, Lines().Select(line => Text(line, "path")));
    }

    [Fact]
    public async Task An_unreadable_mail_gives_a_line_with_an_error_and_exit_code_1()
    {
        var good = Write("a.eml", Clean);

        var exitCode = await RunAsync(Path.Combine(_folder, "absent.eml"), good);

        var lines = Lines();
        Assert.Equal(1, exitCode);
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("score").ValueKind);
        Assert.NotEqual("", Text(lines[0], "error"));
        Assert.Equal("clean", Text(lines[1], "verdict"));
    }

    [Fact]
    public async Task An_empty_file_is_a_mail_that_says_nothing()
    {
        var exitCode = await RunAsync(Write("empty.eml", ""));

        Assert.Equal((0, "clean"), (exitCode, Text(Assert.Single(Lines()), "verdict")));
    }

    [Fact]
    public async Task A_dash_reads_standard_input()
    {
        await RunAsync(["-"], input: Hostile);

        Assert.Equal(("-", "phishing"), (Text(Lines()[0], "path"), Text(Lines()[0], "verdict")));
    }

    [Fact]
    public async Task Japanese_stays_readable_and_control_characters_are_escaped()
    {
        var path = Write("a.eml", Clean.Replace("Subject: Meeting", "Subject: Re: 会議\u001b[31m", StringComparison.Ordinal));

        await RunAsync([path], culture: "ja");

        var line = Encoding.UTF8.GetString(_output.ToArray());
        Assert.Contains("返信の形ですが、元になるメールがありません", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }

    [Fact]
    public async Task Tenant_domains_are_passed_on()
    {
        var path = Write("a.eml", Clean.Replace("taro@partner.example", "taro@glob3x.test", StringComparison.Ordinal));

        await RunAsync([path], tenantDomains: ["GLOBEX.test."]);

        Assert.Contains("look-alike-own", Lines()[0].GetProperty("reasons").EnumerateArray().Select(reason => Text(reason, "id")));
    }

    [Fact]
    public async Task Each_line_is_flushed_before_the_next_scan_is_awaited()
    {
        var second = new TaskCompletionSource();
        var scanner = new Gate(second.Task);
        await using var output = new LineSignal();
        Write("1.eml", Clean);
        Write("2.eml", Clean.Replace("Meeting", "Second", StringComparison.Ordinal));

        var run = new ScanRun(scanner, Console(output), TimeProvider.System).RunAsync(new ScanOptions(false, [], [_folder]), Cancel);
        await output.FirstLine.WaitAsync(Cancel);
        second.SetResult();

        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task People_get_text_in_their_language_without_control_characters()
    {
        var path = Write("a.eml", Hostile.Replace("PayPal", "PayPal\u001b[2J", StringComparison.Ordinal));

        await RunAsync([path], text: true, culture: "ja");

        var text = Encoding.UTF8.GetString(_output.ToArray());
        Assert.Contains("フィッシング", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task Colour_is_for_terminals()
    {
        await RunAsync([Write("a.eml", Hostile)], text: true, colour: true);

        Assert.Contains("\u001b[1;31m", Encoding.UTF8.GetString(_output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_shows_after_two_seconds_on_a_terminal()
    {
        var clock = new FakeTimeProvider();
        Write("1.eml", Clean);
        Write("2.eml", Clean);
        var console = Console(_output) with { ShowProgress = true };

        await new ScanRun(new Ticking(clock), console, clock).RunAsync(new ScanOptions(false, [], [_folder]), Cancel);

        Assert.Contains("mails scanned", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "scan", "x.eml")]
    [InlineData(true, "--help")]
    [InlineData(false, "--Http:Listen=http://127.0.0.1:5080")]
    [InlineData(false)]
    public void Verbs_are_told_from_settings(bool verb, params string[] args)
    {
        Assert.Equal(verb, Verbs.IsVerb(args));
    }

    [Theory]
    [InlineData("ja", "", null, "ja_JP.UTF-8")]
    [InlineData("en", "C", null, "ja_JP.UTF-8")]
    [InlineData("en", null, null, null)]
    public void The_language_follows_the_environment(string language, params string?[] variables)
    {
        Assert.Equal(language, ScanConsole.CultureOf(variables).TwoLetterISOLanguageName);
    }

    private Task<int> RunAsync(params string[] paths) => RunAsync(paths, input: "");

    private Task<int> RunAsync(string[] paths, string input = "", bool text = false, string culture = "en", string[]? tenantDomains = null, bool colour = false, ListEntries? entries = null)
    {
        var console = Console(_output) with { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)), Culture = CultureInfo.GetCultureInfo(culture), Colour = colour };
        return new ScanRun(Scanner.Create(), console, TimeProvider.System).RunAsync(new ScanOptions(text, tenantDomains ?? [], paths) { Entries = entries }, Cancel);
    }

    private ScanConsole Console(Stream output) => new(Stream.Null, output, _error, ShowProgress: false, Colour: false, CultureInfo.GetCultureInfo("en"));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private List<JsonElement> Lines() => [.. Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static Verdict Nothing() => new(VerdictKind.Clean, null, 0, [], Engine.Intelligence.Origin.Unknown, MessageFacts.Empty, [], "test");

    private sealed class Gate(Task second) : IScanner
    {
        public async ValueTask<Verdict> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
        {
            if (request.Message.Span.IndexOf("Subject: Second"u8) >= 0)
                await second.WaitAsync(cancellationToken);
            return Nothing();
        }
    }

    private sealed class Ticking(FakeTimeProvider clock) : IScanner
    {
        public ValueTask<Verdict> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            return ValueTask.FromResult(Nothing());
        }
    }

    private sealed class LineSignal : MemoryStream
    {
        private readonly TaskCompletionSource _firstLine = new();
        private bool _written;

        public Task FirstLine => _firstLine.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            _written = true;
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_written)
                _firstLine.TrySetResult();
            return base.FlushAsync(cancellationToken);
        }
    }
}
