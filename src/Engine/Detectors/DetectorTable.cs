using System.Globalization;
using System.Text;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors;

/// <summary>The page <c>docs/detectors.md</c>, made of what the detectors and the weights say of themselves.</summary>
internal static class DetectorTable
{
    /// <param name="measured">How the signs did on the corpus.</param>
    public static string Render(SignRecord measured)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Detectors

            Generated from the code; do not edit. `UPDATE_DOCS=1 dotnet test --project tests/Engine.Tests/Engine.Tests.csproj` writes it anew.

            A detector reports signs with evidence; `src/Engine/Verdicts` weighs them. A sign counts once a message. Within a family each
            further sign counts {Weights.DiminishPercent} % of the one before, up to the family's ceiling. No sign alone makes an attack
            ({VerdictScale.SuspiciousFrom} points) unless it is proof. Signs whose roles meet add the points of a combination.

            {EngineParts.Detectors.Count} detectors and a learned model, {EngineParts.Signs.Count()} signs.

            Precision and recall, in percent, are those of the sign alone on the mail corpus ({measured.Mails.Attacks} attacks, {measured.Mails.Honest} honest mails; no live malware, no
            tenant, no DNS): empty where no mail there has it. `train --signs docs/detectors-measured.tsv` counts anew.

            | sign | what it sees | points | precision | recall | type | family | role | evidence values | references |
            |---|---|---:|---:|---:|---|---|---|---|---|

            """);
        foreach (var sign in EngineParts.Signs)
        {
            var weight = Weights.Of(sign.Id);
            page.Append(CultureInfo.InvariantCulture, $"| `{sign.Id}` | {sign.Sees} | {weight.Points}{(weight.Proof ? " (proof)" : "")} | {measured.Precision(sign.Id)} | {measured.Recall(sign.Id)} | {AttackTypes.WireName(weight.Type)} | {weight.Family.ToString().ToLowerInvariant()} | {RoleOf(weight.Role)} | {string.Join(", ", sign.Arguments)} | {sign.References} |\n");
        }

        page.Append("\n## Combinations\n\n| id | when | points |\n|---|---|---:|\n");
        foreach (var combination in Combinations.All)
            page.Append(CultureInfo.InvariantCulture, $"| `{combination.Id}` | {combination.Sees} | {combination.Points} |\n");

        page.Append("\n## Ceilings\n\n| family | most points |\n|---|---:|\n");
        foreach (var family in Enum.GetValues<SignFamily>())
            page.Append(CultureInfo.InvariantCulture, $"| {family.ToString().ToLowerInvariant()} | {Weights.MostOf(family)} |\n");
        return page.ToString();
    }

    private static string RoleOf(SignRole role) => role == SignRole.None ? "" : role.ToString().ToLowerInvariant();
}
