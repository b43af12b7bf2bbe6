using System.Globalization;

namespace Platform.Benchmarks.Runner;

/// <summary>The command line: <c>SUITE [--quick] [--seed N] [--only figure,figure]</c>.</summary>
internal sealed record BenchOptions(string Suite, bool Quick, int Seed, IReadOnlyList<string> Only)
{
    public const string Usage = "usage: dotnet run -c Release --project benchmarks -- SUITE [--quick] [--seed N] [--only figure,figure]";

    /// <exception cref="UsageException">The arguments are not of the form of <see cref="Usage"/>.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        string? suite = null;
        var quick = false;
        var seed = 1;
        List<string> only = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--seed":
                    if (!int.TryParse(ValueOf(i++), NumberStyles.None, CultureInfo.InvariantCulture, out seed))
                        throw new UsageException("--seed takes a whole number from 0.");
                    break;
                case "--only":
                    only.AddRange(ValueOf(i++).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
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

        return new BenchOptions(suite ?? throw new UsageException("name a suite"), quick, seed, only);

        string ValueOf(int at) => at + 1 < arguments.Count ? arguments[at + 1] : throw new UsageException($"{arguments[at]} takes a value");
    }
}

internal sealed class UsageException(string message) : Exception(message);
