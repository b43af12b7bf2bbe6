using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Integrations;

/// <summary>The recipes whose products are not to be had here, against the events that they are for.</summary>
public sealed class RecipeFilesTests(TestPlatform platform)
{
    private static readonly string Folder = RepositoryFile.Path("deploy/integrations");

    public static TheoryData<string> JsonFiles() => [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void Json_is_well_formed(string file) => Assert.Equal(JsonValueKind.Object, Read(file).ValueKind);

    [Fact]
    public void Each_recipe_says_in_both_languages_what_was_run()
    {
        foreach (var folder in Directory.GetDirectories(Folder))
        {
            Assert.Contains("Run here", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
            Assert.Contains("ここで実行したもの", File.ReadAllText(Path.Combine(folder, "README.ja.md")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_field_of_the_asim_form_has_its_column_of_its_type_in_table_and_rule()
    {
        var columns = Columns(Read("sentinel/table.json").GetProperty("properties").GetProperty("schema").GetProperty("columns"));
        var rule = Read("sentinel/data-collection-rule.json").GetProperty("resources")[0].GetProperty("properties").GetProperty("streamDeclarations").GetProperty("Custom-PlatformEvents_CL").GetProperty("columns");
        Assert.Equal(columns, Columns(rule));
        foreach (var line in await EventsAsync("?format=asim"))
        {
            foreach (var field in line.EnumerateObject())
            {
                Assert.True(columns.TryGetValue(field.Name, out var type), $"{field.Name} has no column");
                Assert.Equal(type, field.Value.ValueKind switch
                {
                    JsonValueKind.Number => type is "int" or "long" ? type : "a number",
                    JsonValueKind.Array or JsonValueKind.Object => "dynamic",
                    _ => type is "string" or "datetime" ? type : "a text",
                });
            }
        }

        static Dictionary<string, string> Columns(JsonElement columns) =>
            columns.EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("type").GetString()!);
    }

    [Theory]
    [InlineData("delivery.quarantined", "clean", "110001")]
    [InlineData("delivery.held", "suspicious", "110001", "110002")]
    [InlineData("delivery.quarantined", "phishing", "110001", "110003")]
    [InlineData("delivery.rejected", "malware", "110001", "110004")]
    [InlineData("delivery.delivered", "clean")]
    [InlineData("delivery.released", "phishing", "110010")]
    [InlineData("policy.changed", null, "110020")]
    [InlineData("directory.changed", null, "110020")]
    public async Task Rules_of_wazuh_hold_for_the_events_they_are_for(string kind, string? verdict, params string[] ids)
    {
        var rules = XDocument.Load(Path.Combine(Folder, "wazuh", "local_rules.xml")).Descendants("rule").ToDictionary(rule => rule.Attribute("id")!.Value);
        var told = JsonNode.Parse((await EventsAsync("?limit=1"))[0].GetRawText())!.AsObject();
        told["kind"] = kind;
        told["verdict"] = verdict;

        Assert.Equal(["110000", .. ids], rules.Where(rule => rule.Value.Element("if_matched_sid") is null && Holds(rule.Key)).Select(rule => rule.Key));

        bool Holds(string id) =>
            (rules[id].Element("if_sid")?.Value is not { } parent || Holds(parent))
            && rules[id].Elements("field").All(field => Regex.IsMatch(told[field.Attribute("name")!.Value]?.ToString() ?? "", field.Value));
    }

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(string query)
    {
        using var response = await platform.SendAsync("acme-siem", HttpMethod.Get, "/v1/events" + query, null, ("Accept", "application/x-ndjson"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Folder, file)));
}
