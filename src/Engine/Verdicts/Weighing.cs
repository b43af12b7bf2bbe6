using System.Collections.Frozen;
using Platform.Engine.Detectors;

namespace Platform.Engine.Verdicts;

/// <param name="Type">The leading attack type; null when clean.</param>
internal sealed record WeighedSigns(VerdictKind Kind, AttackType? Type, int Score, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Makes a score and a kind of signs. The rules, in order:
/// a sign counts once; of one family each further sign counts less and the family has a ceiling; roles that meet add a
/// combination; a good acquaintance takes away from words, headers and the like, never from files and proof; what is
/// merely unwanted stays below an attack; what the tenant blocks is unwanted at least, and an attack only where the rest is one;
/// proof decides alone. The score is the sum of the reasons' weights within 0 to 100.
/// </summary>
internal static class Weighing
{
    // Below this many points of attack an unwanted mail stays unwanted, whatever it advertises.
    private const int AttackWorthNaming = 25;

    // A file that does this much harm by itself says what the attack is, whatever the words around it resemble.
    private const int HarmThatNames = 30;

    // An intent as plain as this says what the attack is; the model, which knows what mail resembles, is followed before weaker ones.
    private const int IntentThatNames = 40;

    private static readonly SignFamily[] Forgivable = [SignFamily.Identity, SignFamily.Words, SignFamily.Hiding, SignFamily.Headers, SignFamily.Unwanted, SignFamily.Learned];

    public static WeighedSigns Weigh(IEnumerable<Sign> signs)
    {
        var seen = signs
            .DistinctBy(sign => sign.Id, StringComparer.Ordinal)
            .Select(sign => (Sign: sign, Weight: Weights.Of(sign)))
            .ToList();
        var families = seen.Where(item => item.Weight.Points >= 0).GroupBy(item => item.Weight.Family).ToDictionary(group => group.Key, group => PointsOf([.. group]));
        var combinations = CombinationsOf(seen);

        var attack = families.Where(family => family.Key is not (SignFamily.Unwanted or SignFamily.Blocked)).Sum(family => family.Value.Sum(item => item.Points)) + combinations.Sum(item => item.Points);
        if (attack < AttackWorthNaming && families.TryGetValue(SignFamily.Unwanted, out var unwanted))
            Cap(unwanted, VerdictScale.SuspiciousFrom - 1 - attack);

        List<(Sign Sign, int Points, AttackType Type)> points = [.. families.Where(family => family.Key != SignFamily.Blocked).SelectMany(family => family.Value), .. combinations];
        points.AddRange(Relief(seen, families));
        if (families.TryGetValue(SignFamily.Blocked, out var blocked))
        {
            Cap(blocked, VerdictScale.SuspiciousFrom - 1 - points.Sum(item => item.Points));
            points.AddRange(blocked);
        }

        var score = Math.Clamp(points.Sum(item => item.Points), 0, VerdictScale.Highest);
        var type = LeadingType(points, IntentOf(seen));
        // What stands on a list is not merely sent to many.
        var bulk = blocked is null && seen.Exists(item => item.Sign.Id == "bulk-mail") && !seen.Exists(item => item.Sign.Id == "domain-listed");
        var kind = KindOf(score, type, bulk);
        IReadOnlyList<Reason> reasons =
        [
            .. points
                .OrderByDescending(item => Math.Abs(item.Points))
                .ThenBy(item => item.Sign.Id, StringComparer.Ordinal)
                .Select(item => new Reason(item.Sign.Id, item.Points, item.Sign.Evidence, item.Sign.Arguments.ToFrozenDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal))),
        ];
        return new WeighedSigns(kind, TypeOf(kind, type), score, reasons);
    }

    private static List<(Sign Sign, int Points, AttackType Type)> PointsOf(List<(Sign Sign, SignWeight Weight)> family)
    {
        var most = Weights.MostOf(family[0].Weight.Family);
        List<(Sign, int, AttackType)> points = [];
        var share = 100.0;
        var given = 0;
        foreach (var (sign, weight) in family.OrderByDescending(item => item.Weight.Points).ThenBy(item => item.Sign.Id, StringComparer.Ordinal))
        {
            var value = weight.Proof ? weight.Points : Math.Clamp((int)Math.Round(weight.Points * share / 100, MidpointRounding.AwayFromZero), 0, Math.Max(0, most - given));
            points.Add((sign, value, weight.Type));
            given += value;
            share = share * Weights.DiminishOf(weight.Family) / 100;
        }

        return points;
    }

    private static List<(Sign Sign, int Points, AttackType Type)> CombinationsOf(List<(Sign Sign, SignWeight Weight)> seen)
    {
        List<(Sign, int, AttackType)> points = [];
        foreach (var combination in Combinations.All)
        {
            List<(Sign Sign, SignWeight Weight)> players = [];
            foreach (var role in (ReadOnlySpan<SignRole>)[SignRole.Intent, SignRole.Disguise, SignRole.Trap, SignRole.Novelty])
            {
                if (!combination.Roles.HasFlag(role))
                    continue;
                // One sign may play two roles, but it takes two to combine.
                var player = seen
                    .Where(item => item.Weight.Role.HasFlag(role) && (item.Weight.Points >= Combinations.LightestRole || role == SignRole.Novelty) && !players.Contains(item))
                    .OrderByDescending(item => item.Weight.Points).ThenBy(item => item.Sign.Id, StringComparer.Ordinal)
                    .FirstOrDefault();
                if (player.Sign is not null)
                    players.Add(player);
            }

            if (players.Count < 2)
                continue;
            var ids = string.Join(" + ", players.Select(player => player.Sign.Id));
            var type = players.MaxBy(player => NamesType(player.Weight) + player.Weight.Points).Weight.Type;
            points.Add((new Sign(combination.Id, new Evidence(EvidenceKind.Structure, "signs", ids), ("signs", ids)), combination.Points, type));
        }

        return points;
    }

    // What is wanted names the attack, then what it leads to; what the model guesses of it names none beside a file that does harm.
    private static int NamesType(SignWeight weight) =>
        weight.Family == SignFamily.Learned ? 0
        : weight.Role.HasFlag(SignRole.Intent) ? 1_000
        : AttackTypes.ClassOf(weight.Type) == AttackClass.Malware ? 500
        : weight.Role.HasFlag(SignRole.Trap) ? 200 : 0;

    private static void Cap(List<(Sign Sign, int Points, AttackType Type)> points, int most)
    {
        for (var index = 0; index < points.Count; index++)
        {
            var value = Math.Min(points[index].Points, Math.Max(0, most));
            points[index] = points[index] with { Points = value };
            most -= value;
        }
    }

    private static IEnumerable<(Sign Sign, int Points, AttackType Type)> Relief(
        List<(Sign Sign, SignWeight Weight)> seen, Dictionary<SignFamily, List<(Sign Sign, int Points, AttackType Type)>> families)
    {
        var forgivable = Forgivable.Sum(family => families.TryGetValue(family, out var points) ? points.Sum(item => item.Points) : 0);
        foreach (var (sign, weight) in seen.Where(item => item.Weight.Points < 0))
        {
            var relief = Math.Min(forgivable, -weight.Points);
            forgivable -= relief;
            if (relief > 0)
                yield return (sign, -relief, weight.Type);
        }
    }

    // The model's points go to what was plainly read.
    private static AttackType? IntentOf(List<(Sign Sign, SignWeight Weight)> seen) => seen
        .Where(item => item.Weight.Family != SignFamily.Learned && item.Weight.Points >= IntentThatNames)
        .Where(item => item.Weight.Role.HasFlag(SignRole.Intent) && AttackTypes.ClassOf(item.Weight.Type) == AttackClass.Phishing)
        .OrderByDescending(item => item.Weight.Points).ThenBy(item => item.Sign.Id, StringComparer.Ordinal)
        .Select(item => (AttackType?)item.Weight.Type)
        .FirstOrDefault();

    // Risks of header and sender explain little; they lead only when nothing else is there. What takes files hostage is called so,
    // whatever else the same script does.
    private static AttackType? LeadingType(List<(Sign Sign, int Points, AttackType Type)> points, AttackType? intent) => points
        .Select(item => Weights.IsLearned(item.Sign.Id) ? item with { Type = intent ?? item.Type } : item)
        .Where(item => item.Points > 0 && !(Weights.IsLearned(item.Sign.Id) && points.Exists(other => other.Points >= HarmThatNames && AttackTypes.ClassOf(other.Type) == AttackClass.Malware)))
        .GroupBy(item => item.Type)
        .Select(group => (Type: group.Key, Points: group.Sum(item => item.Points), Class: AttackTypes.ClassOf(group.Key)))
        .OrderByDescending(item => item.Class is AttackClass.Risk or AttackClass.Spam ? item.Points / 3.0 : item.Type is AttackType.Ransomware ? item.Points * 2.0 : item.Points)
        .ThenBy(item => item.Type)
        .Select(item => (AttackType?)item.Type)
        .FirstOrDefault();

    private static VerdictKind KindOf(int score, AttackType? type, bool bulk) => score switch
    {
        >= VerdictScale.MaliciousFrom => type is { } leading && AttackTypes.ClassOf(leading) == AttackClass.Malware ? VerdictKind.Malware : VerdictKind.Phishing,
        >= VerdictScale.SuspiciousFrom => VerdictKind.Suspicious,
        >= VerdictScale.SpamFrom => bulk ? VerdictKind.Bulk : VerdictKind.Spam,
        _ => bulk ? VerdictKind.Bulk : VerdictKind.Clean,
    };

    private static AttackType? TypeOf(VerdictKind kind, AttackType? leading) => kind switch
    {
        VerdictKind.Clean => null,
        VerdictKind.Bulk => AttackType.Bulk,
        VerdictKind.Spam => AttackType.Spam,
        _ => leading,
    };
}
