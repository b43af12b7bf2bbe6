using System.Text.Json;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;

namespace Platform.Conformance.Dmarc;

/// <summary>Compares an outcome with the members that a case lists.</summary>
internal static class DmarcExpectation
{
    public static AuthenticationResult Result(string name) => Enum.Parse<AuthenticationResult>(name, ignoreCase: true);

    /// <summary>True when the expectation names the result: <c>pass</c>, or several as <c>none-or-permerror (why)</c>.</summary>
    public static bool Names(string expectation, AuthenticationResult result) =>
        expectation.Split(' ')[0].Split("-or-").Contains(result.ToString(), StringComparer.OrdinalIgnoreCase);

    public static CaseOutcome Compare(DmarcOutcome outcome, IReadOnlyList<string> asked, string author, JsonElement expect)
    {
        foreach (var member in expect.EnumerateObject())
        {
            var result = Compare(outcome, asked, author, member.Name, member.Value);
            if (!result.Passed)
                return result;
        }

        return CaseOutcome.Pass;
    }

    private static CaseOutcome Compare(DmarcOutcome outcome, IReadOnlyList<string> asked, string author, string member, JsonElement value)
    {
        switch (member)
        {
            case "result":
                return CaseOutcome.Of(Names(value.GetString()!, outcome.Result), $"result {outcome.Result} ({outcome.Reason}), expected {value}");
            case "record" when value.ValueKind == JsonValueKind.Object:
                return outcome.Record is null ? CaseOutcome.Fail("no record") : DmarcTags.Compare(outcome.Record, value);
            case "txt_queries":
                // A capture may hold the questions of several evaluations: those of another author are not on this one's way up.
                IReadOnlyList<string> expected = [.. value.EnumerateArray().Select(name => name.GetString()!).Where(name => IsOnTheWay(name, author))];
                return CaseOutcome.Of(asked.SequenceEqual(expected, StringComparer.OrdinalIgnoreCase), $"asked {string.Join(' ', asked)}, expected {string.Join(' ', expected)}");
            case "max_txt_queries":
                return CaseOutcome.Of(asked.Count <= value.GetInt32(), $"{asked.Count} questions");
        }

        var found = member switch
        {
            "policy" => outcome.RequestedPolicy.ToString(),
            "dkim_aligned" => outcome.IsDkimAligned.ToString(),
            "spf_aligned" => outcome.IsSpfAligned.ToString(),
            "dkim_strict" => (outcome.Record?.DkimAlignment == DmarcAlignment.Strict).ToString(),
            "spf_strict" => (outcome.Record?.SpfAlignment == DmarcAlignment.Strict).ToString(),
            "from_domain" => outcome.AuthorDomain,
            "policy_domain" => outcome.PolicyDomain ?? "",
            "org_domain" => outcome.OrganisationalDomain ?? "",
            "record_from_org_domain" => (outcome.PolicyDomain is { } domain && domain != outcome.AuthorDomain).ToString(),
            "record" => outcome.Record?.Text ?? "",
            _ => $"the member {member} is not known",
        };
        return CaseOutcome.Of(found.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase), $"{member} {found}, expected {value}");
    }

    private static bool IsOnTheWay(string name, string author)
    {
        var domain = name.StartsWith("_dmarc.", StringComparison.OrdinalIgnoreCase) ? name["_dmarc.".Length..] : name;
        return $".{author}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
    }
}
