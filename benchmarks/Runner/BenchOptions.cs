using System.Globalization;

namespace Platform.Benchmarks.Runner;

/// <summary>The command line: <c>SUITE [--quick] [--seed N] [--only figure,figure] [--targets name,name] [--seconds N]</c>.</summary>
/// <param name="Targets">Which parsers to fuzz; empty for all.</param>
/// <param name="Seconds">How long to fuzz each; 0 for what the suite says.</param>
internal sealed record BenchOptions(string Suite, bool Quick, int Seed, IReadOnlyList<string> Only, IReadOnlyList<string> Targets, int Seconds)
{
    public const string Usage = "usage: dotnet run -c Release --project benchmarks -- SUITE [--quick] [--seed N] [--only figure,figure] [--targets name,name] [--seconds N]";

    /// <exception cref="UsageException">The arguments are not of the form of <see cref="Usage"/>.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        string? suite = null;
        var quick = false;
        var seed = 1;
        var seconds = 0;
        List<string> only = [];
        List<string> targets = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--seed":
                    seed = NumberOf(i++);
                    break;
                case "--seconds":
                    seconds = NumberOf(i++);
                    break;
                case "--only":
                    only.AddRange(NamesOf(i++));
                    break;
                case "--targets":
                    targets.AddRange(NamesOf(i++));
                    break;
                case var option when option.StartsWith('-'):
                    throw new UsageException($"unknown option {option}");
                case var name when suite is null:
                    suite = name;
                    break;
                case var extra:
                    throw new UsageException($"one suite at a time; what is '{extra}'?");
            }
        }

        return new BenchOptions(suite ?? throw new UsageException("name a suite"), quick, seed, only, targets, seconds);

        int NumberOf(int at) => int.TryParse(ValueOf(at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UsageException($"{arguments[at]} takes a whole number from 0.");

        string[] NamesOf(int at) => ValueOf(at).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        string ValueOf(int at) => at + 1 < arguments.Count ? arguments[at + 1] : throw new UsageException($"{arguments[at]} takes a value");
    }
}

internal sealed class UsageException(string message) : Exception(message);
