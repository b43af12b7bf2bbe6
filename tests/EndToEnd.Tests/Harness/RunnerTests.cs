using System.Text.Json;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.Harness;

public sealed class RunnerTests
{
    [Fact]
    public void Options_are_read_in_any_order()
    {
        var options = BenchOptions.Parse(["--quick", "main-job", "--only", "peers, poison", "--seed", "42"]);

        Assert.Equal(("main-job", true, 42, "peers poison"), (options.Suite, options.Quick, options.Seed, string.Join(' ', options.Only)));
    }

    [Fact]
    public void What_to_fuzz_and_for_how_long_can_be_said()
    {
        var options = BenchOptions.Parse(["detection", "--targets", "batch,pdf", "--seconds", "90"]);

        Assert.Equal((90, "batch pdf"), (options.Seconds, string.Join(' ', options.Targets)));
    }

    [Theory]
    [InlineData]
    [InlineData("main-job", "--seed")]
    [InlineData("main-job", "--seed", "minus")]
    [InlineData("main-job", "--sped")]
    [InlineData("main-job", "other")]
    public void Other_arguments_are_refused(params string[] arguments) => Assert.Throws<UsageException>(() => BenchOptions.Parse(arguments));

    [Fact]
    public async Task A_bench_that_fails_costs_its_own_figures_and_no_others()
    {
        var (holds, lines) = await RunAsync(new Failing(), new Holding());

        Assert.False(holds);
        Assert.Equal([("first", false), ("second", false), ("third", true)], lines.Select(l => (l.GetProperty("figure").GetString()!, l.GetProperty("holds").GetBoolean())));
        Assert.Contains("broken on purpose", lines[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_wanted_figures_are_measured()
    {
        var (holds, lines) = await RunAsync(["--only", "third"], new Failing(), new Holding());

        Assert.True(holds);
        Assert.Equal("third", Assert.Single(lines).GetProperty("figure").GetString());
    }

    [Fact]
    public async Task A_figure_that_is_none_of_the_suite_is_refused() =>
        await Assert.ThrowsAsync<UsageException>(() => RunAsync(["--only", "fourth"], new Holding()));

    private static Task<(bool Holds, IReadOnlyList<JsonElement> Lines)> RunAsync(params IBench[] benches) => RunAsync([], benches);

    private static async Task<(bool Holds, IReadOnlyList<JsonElement> Lines)> RunAsync(string[] arguments, params IBench[] benches)
    {
        await using var output = new StringWriter();
        var context = new BenchContext(BenchOptions.Parse(["suite", .. arguments]), new Workspace("/", "Debug"), new Progress(TextWriter.Null, TimeProvider.System));
        var holds = await new Suite("suite", benches).RunAsync(context, output, TestContext.Current.CancellationToken);
        return (holds, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)]);
    }

    private sealed class Failing : IBench
    {
        public IReadOnlyList<string> Figures => ["first", "second"];

        public Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("broken on purpose");
    }

    private sealed class Holding : IBench
    {
        public IReadOnlyList<string> Figures => ["third"];

        public Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Figure>>([new Figure("third", 3, "of 3", "3", true)]);
    }
}
