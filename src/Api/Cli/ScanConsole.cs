using System.Globalization;

namespace Platform.Api.Cli;

/// <summary>Where a verb reads and writes, and what kind of place that is.</summary>
/// <param name="ShowProgress">Standard error is a terminal that a person watches.</param>
/// <param name="Colour">Standard output is a terminal.</param>
internal sealed record ScanConsole(Stream Input, Stream Output, TextWriter Error, bool ShowProgress, bool Colour, CultureInfo Culture)
{
    private static readonly string[] LanguageVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static ScanConsole OfProcess() => new(
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(),
        Console.Error,
        !Console.IsErrorRedirected,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        CultureOf(LanguageVariables.Select(Environment.GetEnvironmentVariable)));

    /// <summary>The first language variable that is set decides (POSIX, "Internationalization Variables").</summary>
    public static CultureInfo CultureOf(IEnumerable<string?> variables)
    {
        var language = variables.FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return language?.StartsWith("ja", StringComparison.OrdinalIgnoreCase) == true ? CultureInfo.GetCultureInfo("ja") : CultureInfo.GetCultureInfo("en");
    }
}
