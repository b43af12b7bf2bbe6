using System.Globalization;
using System.Text;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors;

/// <summary>The page <c>docs/detectors.md</c>, made of what the detectors and the weights say of themselves.</summary>
internal static class DetectorTable
{
    public static string Render()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Detectors

            Generated from the code; do not edit. `UPDATE_DOCS=1 dotnet test --project tests/Engine.Tests/Engine.Tests.csproj` writes it anew.

            A detector reports signs with evidence; `src/Engine/Verdicts` weighs them. A sign counts once a message. Within a family each
            further sign counts {Weights.DiminishPercent} % of the one before, up to the family's ceiling. No sign alone makes an attack
            ({VerdictScale.SuspiciousFrom} points) unless it is proof. Signs whose roles meet add the points of a combination.

            {EngineParts.Detectors.Count} detectors and a learned model, {EngineParts.Signs.Count()} signs.

            | sign | what it sees | points | type | family | role | evidence values | references |
            |---|---|---:|---|---|---|---|---|

            """);
        foreach (var sign in EngineParts.Signs)
        {
            var weight = Weights.Of(sign.Id);
            page.Append(CultureInfo.InvariantCulture, $"| `{sign.Id}` | {sign.Sees} | {weight.Points}{(weight.Proof ? " (proof)" : "")} | {AttackTypes.WireName(weight.Type)} | {weight.Family.ToString().ToLowerInvariant()} | {RoleOf(weight.Role)} | {string.Join(", ", sign.Arguments)} | {sign.References} |\n");
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
