using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Platform.Architecture.Tests;

/// <summary>Habits of the house that a compiler does not check (docs/architecture.md).</summary>
public sealed partial class HouseRuleTests
{
    [Fact]
    public void Time_comes_from_a_TimeProvider()
    {
        Assert.Empty(Offenders("src", WallClock()));
    }

    [Fact]
    public void Nothing_blocks_on_a_task()
    {
        Assert.Empty(Offenders("src", Blocking()));
    }

    [Fact]
    public void No_file_is_named_after_nothing()
    {
        var names = Repository.SourceFiles().Select(Path.GetFileNameWithoutExtension);

        Assert.DoesNotContain(names, name => VagueName().IsMatch(name!));
    }

    [Fact]
    public void Every_package_has_a_line_that_says_why()
    {
        var decision = File.ReadAllText(Path.Combine(Repository.Root, "docs", "decisions", "0002-packages.md"));
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(element => element.Attribute("Include")!.Value);

        Assert.DoesNotContain(packages, package => !decision.Contains($"`{package}`", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Offenders(string folder, Regex pattern) =>
        from path in Repository.SourceFiles()
        where Path.GetRelativePath(Repository.Root, path).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        from line in File.ReadLines(path)
        where pattern.IsMatch(line)
        select $"{Path.GetRelativePath(Repository.Root, path)}: {line.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\bThread\.Sleep\(|\)\.Result\b|\.Wait\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utilities|Manager|Base)$")]
    private static partial Regex VagueName();
}
