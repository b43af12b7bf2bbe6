using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Platform.Engine.Detectors;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Detectors;

public sealed partial class DetectorTableTests
{
    private const string Update = "UPDATE_DOCS";

    private static IEnumerable<SignDescription> Signs => EngineParts.Signs;

    [Fact]
    public void The_page_of_detectors_is_up_to_date()
    {
        var page = Path.Combine(Root(), "docs", "detectors.md");
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(page, Rendered());

        Assert.True(File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == Rendered(), $"docs/detectors.md is stale: run this test project with {Update}=1 and commit the page.");
    }

    [Fact]
    public void Every_detector_of_the_engine_is_in_use()
    {
        var written = typeof(IDetector).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IDetector)));

        Assert.Empty(written.Except(EngineParts.Detectors.Select(detector => detector.GetType())));
    }

    [Fact]
    public void Every_sign_has_one_weight_and_every_weight_a_sign()
    {
        Assert.Equal(Signs.Select(sign => sign.Id).Order(StringComparer.Ordinal), Weights.All.Select(weight => weight.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_sign_has_a_sentence_whose_values_it_supplies(string language)
    {
        var texts = Texts.Of(new System.Globalization.CultureInfo(language));
        var combinations = Combinations.All.Select(combination => new SignDescription(combination.Id, combination.Sees, "", "signs"));
        foreach (var sign in Signs.Concat(combinations))
        {
            Assert.True(texts.Has($"reason.{sign.Id}"), $"no {language} sentence for {sign.Id}");
            var wanted = Placeholder().Matches(texts.Get($"reason.{sign.Id}")).Select(match => match.Groups[1].Value);
            Assert.True(!wanted.Except(sign.Arguments).Any(), $"the {language} sentence of {sign.Id} wants values that the sign does not carry");
        }
    }

    [Fact]
    public void Sign_ids_are_kebab_case()
    {
        Assert.All(Signs, sign => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", sign.Id));
    }

    private static string Rendered() => DetectorTable.Render(new SignRecord(File.ReadAllText(Path.Combine(Root(), "docs", "detectors-measured.tsv"))));

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Placeholder();
}
