using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Api.Identity.Pages;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Identity;

public sealed partial class WordingTests
{
    [Fact]
    public void Both_languages_say_the_same_things_with_the_same_places_to_fill()
    {
        var (english, japanese) = (Texts(""), Texts("ja"));

        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.Equal([], english.Where(text => Places(text.Value) != Places(japanese[text.Key])).Select(text => text.Key));
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var texts = Texts("");
        var named = Directory.GetFiles(RepositoryFile.Path("src/Api/Identity"), "*.*", SearchOption.AllDirectories).Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups["key"].Value).ToHashSet();

        Assert.InRange(named.Count, 50, 500);
        Assert.Equal([], named.Except(texts.Keys));
    }

    private static Dictionary<string, string> Texts(string culture) =>
        Wording.Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:Page|texts|words)(?:\.Texts)?(?:\[|\.Format\()""(?<key>[a-z][a-z.-]*[a-z])""|(?:Title|Label|Hint)=""(?<key>[a-z][a-z-]*\.[a-z.-]+)""")]
    private static partial Regex Named();
}
