using System.Text;
using System.Text.RegularExpressions;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Edge;

/// <summary>docs/errors.md: every stable code with the sentence that goes with it, written from the code. Write it anew with UPDATE_DOCS=1.</summary>
public sealed partial class ErrorCodesTests
{
    private static readonly string Document = RepositoryFile.Path("docs/errors.md");
    private static readonly string[] Projects = ["Api", "Grains", "Storage"];

    [Fact]
    public async Task The_list_of_codes_is_the_one_of_the_code()
    {
        var written = Write(Found());
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(Document, written, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken), written);
    }

    [Fact]
    public void Every_code_of_the_api_says_what_to_do()
    {
        var found = Found();
        var silent = typeof(ErrorCodes).GetFields().Select(constant => (string)constant.GetRawConstantValue()!).Where(code => !found.ContainsKey(code));

        Assert.Equal([], silent);
    }

    private static SortedDictionary<string, string> Found()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = Projects.SelectMany(project => Directory.EnumerateFiles(RepositoryFile.Path("src/" + project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        foreach (Match constant in texts.SelectMany(text => Constants().Matches(text)))
            named[constant.Groups["name"].Value] = constant.Groups["code"].Value;
        foreach (Match summary in texts.SelectMany(text => Summaries().Matches(text)))
            found[summary.Groups["code"].Value] = summary.Groups["sentence"].Value;
        foreach (Match use in texts.SelectMany(text => Uses().Matches(text)))
        {
            var code = use.Groups["code"] is { Success: true } literal ? literal.Value : named.GetValueOrDefault(use.Groups["name"].Value);
            if (code is not null && !found.ContainsKey(code))
                found[code] = Holes().Replace(use.Groups["sentence"].Value, "…").Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        return found;
    }

    private static string Write(SortedDictionary<string, string> codes)
    {
        var text = new StringBuilder(
            """
            # Error codes

            Stable codes to branch on: `code` in problem details of REST, `extensions.code` in GraphQL errors, `code` in the `errors` of a mutation. The sentence beside each is for people and may change; "…" stands for what is named there. A code never changes its meaning; new ones come. This list is written from the code by a test.

            | code | what it says |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (code, sentence) in codes)
            text.Append("| `").Append(code).Append("` | ").Append(sentence.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        return text.ToString();
    }

    [GeneratedRegex("""const string (?<name>\w+) = "(?<code>[A-Z]+(?:_[A-Z]+)*)";""")]
    private static partial Regex Constants();

    [GeneratedRegex("""/// <summary>(?<sentence>[^<]+)</summary>\s+public const string \w+ = "(?<code>[A-Z]+(?:_[A-Z]+)*)";""")]
    private static partial Regex Summaries();

    [GeneratedRegex("""(?:new(?: \w+)?\(\s*|Failed\(|Of\(\d+, )(?:null, |default, )?(?:"(?<code>[A-Z]{2,}(?:_[A-Z]+)*)"|(?:ErrorCodes\.)?(?<name>[A-Z]\w+)),\s*\$?"(?<sentence>(?:\{[^{}]*\}|[^"\\]|\\.){12,})"|ErrorCodes\.(?<name>\w+),\s*\$?"(?<sentence>(?:\{[^{}]*\}|[^"\\]|\\.){12,})"|base\("(?<sentence>[^"]{12,})"\) => Code = "(?<code>[A-Z]+(?:_[A-Z]+)+)""")]
    private static partial Regex Uses();

    [GeneratedRegex("""\{[^}]*\}""")]
    private static partial Regex Holes();
}
