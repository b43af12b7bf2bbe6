using System.Globalization;
using System.Text;
using Platform.Api.Tests.Hosting;
using Platform.Grains;
using Platform.Grains.Onboarding;
using Platform.Grains.Onboarding.Guides;

namespace Platform.Api.Tests.Edge;

/// <summary>docs/mail-flow.md and docs/mail-flow.ja.md: the guides with example values, written from the code. Write them anew with UPDATE_DOCS=1.</summary>
public sealed class MailFlowPageTests
{
    [Theory]
    [InlineData("en", "docs/mail-flow.md")]
    [InlineData("ja", "docs/mail-flow.ja.md")]
    public async Task The_page_is_the_one_of_the_code(string language, string path)
    {
        var (file, written) = (RepositoryFile.Path(path), Write(language));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, written, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), written);
    }

    private static string Write(string language)
    {
        var guides = new MailFlowGuides(new FlowSettings { DataDirectory = "", Hostname = "mx.inspection.example", Onboarding = new OnboardingSettings { SpfInclude = "spf.inspection.example" } });
        var page = new StringBuilder(language == "ja"
            ? "# メール経路の設定\n\n値は例です。実際の値は GraphQL の `mailFlowGuide` で、確認は `startFlowCheck` で行います ([onboarding](onboarding.md))。このページはコードからテストが生成します。\n"
            : "# Putting a mail system behind the inspection\n\nThe values are examples; `mailFlowGuide` of GraphQL gives a tenant's own, and `startFlowCheck` checks the result ([onboarding](onboarding.md)). This page is written from the code by a test.\n");
        foreach (var system in Enum.GetValues<MailSystem>())
        {
            var guide = guides.Make(system, "example.com", language);
            page.Append(CultureInfo.InvariantCulture, $"\n## {guide.Title}\n\n```\n");
            foreach (var record in guide.Records)
                page.Append(CultureInfo.InvariantCulture, $"{record.Name}.  {record.Type}  {(record.Type == "TXT" ? $"\"{record.Value}\"" : record.Value)}\n");
            page.Append("```\n\n");
            for (var i = 0; i < guide.Steps.Count; i++)
                page.Append(CultureInfo.InvariantCulture, $"{i + 1}. {guide.Steps[i]}\n");
        }

        return page.ToString();
    }
}
