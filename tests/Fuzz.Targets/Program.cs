using System.Globalization;
using System.Text.Json;
using Platform.Fuzz.Targets;

// Instrumented code counts into the map from its first line on, so the map comes before all else and stays.
var map = new CoverageMap();

if (args is ["list"])
{
    foreach (var target in FuzzTargets.All)
        await Console.Out.WriteLineAsync(target.Name);
    return 0;
}

// TARGET SECONDS SEED FILE: tries the target for so long; FILE holds the input being tried. One JSON line tells what came of it.
if (args is not [var name, var seconds, var seed, var file]
    || FuzzTargets.All.FirstOrDefault(target => target.Name == name) is not { } chosen)
{
    await Console.Error.WriteLineAsync($"usage: list | TARGET SECONDS SEED FILE; targets: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}");
    return 2;
}

using var last = new LastInput(file);
var report = new CoverageFuzzer(chosen, int.Parse(seed, CultureInfo.InvariantCulture), last, map).Run(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
return report.Failures.Count == 0 ? 0 : 1;
