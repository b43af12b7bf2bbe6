using System.Globalization;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost;

internal sealed record HostSettings(
    int ParentProcess,
    int MaxMessageBytes,
    long DataLimitBytes,
    IReadOnlyList<string> NetworkData,
    string? PublicSuffixList,
    string? Model,
    IReadOnlyList<string> YaraRules,
    bool MayAsk,
    bool Poison,
    bool SelfTest)
{
    public static HostSettings FromEnvironment() => new(
        (int)Number(HostVariables.ParentProcess),
        (int)Number(HostVariables.MaxMessageBytes),
        Number(HostVariables.DataLimit),
        Environment.GetEnvironmentVariable(HostVariables.NetworkData)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
        Environment.GetEnvironmentVariable(HostVariables.PublicSuffixList),
        Environment.GetEnvironmentVariable(HostVariables.Model),
        Environment.GetEnvironmentVariable(HostVariables.YaraRules)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
        Environment.GetEnvironmentVariable(HostVariables.Dns) == "1",
        Environment.GetEnvironmentVariable(HostVariables.Poison) == "1",
        Environment.GetEnvironmentVariable(HostVariables.SelfTest) == "1");

    private static long Number(string name) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"{name} is missing: this program is started by the scanner pool.");
}
