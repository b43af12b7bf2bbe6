using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Integrations;

/// <summary>deploy/integrations/python/pull_events.py against the real API.</summary>
public sealed class PythonPullerTests : IAsyncLifetime
{
    private const string Program = "python/pull_events.py";

    private readonly TestPlatform _platform = new() { Change = settings => settings with { RateLimits = new RateLimitSettings(ClientPerMinute: 60, AddressPerMinute: 1_000) } };
    private readonly string _folder = Directory.CreateTempSubdirectory("puller-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Output => Path.Combine(_folder, "events.ndjson");

    private string Cursor => Path.Combine(_folder, "cursor");

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ecs")]
    [InlineData("ocsf")]
    [InlineData("asim")]
    public async Task Run_over_run_it_has_every_event_once_in_order(string format)
    {
        await RunAsync("--format", format);
        await RunAsync("--format", format);
        var first = await File.ReadAllLinesAsync(Output, Ct);
        await ChangeAsync();
        await RunAsync("--format", format);
        var second = await File.ReadAllLinesAsync(Output, Ct);

        Assert.True(first.Length > 50);
        Assert.Equal(first.Length + 1, second.Length);
        Assert.Equal(Enumerable.Range(1, second.Length).Select(i => (long)i), second.Select(line => Sequence(line, format)));
    }

    [Fact]
    public async Task Killed_while_it_waits_it_goes_on_where_it_was()
    {
        for (var round = 0; round < 3; round++)
        {
            await ChangeAsync();
            using var puller = PullerProcess.Start(_platform, Program, Arguments());
            await UntilAsync(async () => (await SequencesAsync()).LastOrDefault() == await LastAsync(), "the puller has taken all there is");
            await puller.KillAsync(Ct);
        }

        await RunAsync();
        var sequences = await SequencesAsync();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (long)i), sequences);
    }

    [Fact]
    public async Task A_tail_written_before_the_cursor_was_kept_is_cut_off()
    {
        await RunAsync();
        var whole = await File.ReadAllTextAsync(Output, Ct);
        await File.AppendAllTextAsync(Output, whole[..(whole.Length / 2)], Ct);
        await RunAsync();
        Assert.Equal(whole, await File.ReadAllTextAsync(Output, Ct));
    }

    [Fact]
    public async Task What_lay_in_the_output_before_the_first_run_stays()
    {
        await File.WriteAllTextAsync(Output, "of another\n", Ct);
        await RunAsync();
        Assert.StartsWith("of another\n{", await File.ReadAllTextAsync(Output, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_wait_it_waits_and_loses_nothing()
    {
        await _platform.TokenAsync("acme-siem");
        for (var i = 0; i < 60; i++)
            (await _platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events?limit=1")).Dispose();
        await RunAsync();
        var sequences = await SequencesAsync();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (long)i), sequences);
        Assert.NotEmpty(sequences);
    }

    [Fact]
    public async Task A_filter_passes_over_others_and_the_place_moves_on()
    {
        await RunAsync("--kind", "delivery.quarantined");
        var lines = await File.ReadAllLinesAsync(Output, Ct);
        var kept = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Cursor, Ct)).GetProperty("cursor").GetString();
        var rest = await _platform.GetJsonAsync("acme-siem", "/v1/events?after=" + kept);

        Assert.Equal(18, lines.Length);
        Assert.Equal(0, rest.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task A_cursor_that_is_no_longer_good_ends_it_and_it_never_starts_over()
    {
        await File.WriteAllTextAsync(Cursor, """{"cursor":"nonsense","length":0}""", Ct);
        using var puller = PullerProcess.Start(_platform, Program, Arguments("--once"));
        var (exit, errors) = await puller.EndAsync(Ct);

        Assert.Equal(3, exit);
        Assert.Contains("CURSOR_INVALID", errors, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(Output).Length);
    }

    private async Task RunAsync(params string[] more)
    {
        using var puller = PullerProcess.Start(_platform, Program, Arguments(["--once", .. more]));
        var (exit, errors) = await puller.EndAsync(Ct);
        Assert.True(exit == 0, errors);
    }

    private string[] Arguments(params string[] more) => ["--cursor-file", Cursor, "--output", Output, .. more];

    private async Task ChangeAsync() => await _platform.Provider.GetRequiredService<IDirectoryCommands>().UpdateTenantAsync(
        Scope.System(_platform.Seed.Acme.Id, "test"), _platform.Seed.Acme.Id, new TenantChange(), Ct);

    private async Task<long> LastAsync()
    {
        await using var db = _platform.Provider.GetRequiredService<Storage.Model.IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
        return db.FeedCounters.Single().LastSequence;
    }

    /// <summary>Of whole lines.</summary>
    private async Task<List<long>> SequencesAsync()
    {
        if (!File.Exists(Output))
            return [];
        await using var file = new FileStream(Output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(Ct);
        return [.. text.Split('\n')[..^1].Select(line => Sequence(line, ""))];
    }

    private static long Sequence(string line, string format)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(line);
        return (format switch
        {
            "ecs" => json.GetProperty("event").GetProperty("sequence"),
            "ocsf" => json.GetProperty("metadata").GetProperty("sequence"),
            "asim" => json.GetProperty("AdditionalFields").GetProperty("Sequence"),
            _ => json.GetProperty("sequence"),
        }).GetInt64();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            Assert.True(await timer.WaitForNextTickAsync(limit.Token), "not within a minute: " + what);
    }
}
