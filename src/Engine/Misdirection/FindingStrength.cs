namespace Platform.Engine.Misdirection;

/// <summary>
/// How much of a warning findings are worth. People who are warned of every new address confirm without reading: a new recipient alone
/// is worth none, two signs about one recipient are, and so is each that hardly ever is chance.
/// </summary>
public static class FindingStrength
{
    private const int Enough = 2;

    /// <summary>Nobody is to answer it whatever its sender says: it is held for an administrator (OUT10).</summary>
    public static bool IsHeld(SendFindingKind kind) => kind is SendFindingKind.KnownAttacker or SendFindingKind.BlockListed or SendFindingKind.PartnerLookAlike;

    /// <summary>Whether the sender is to be asked.</summary>
    /// <param name="findings">Those about one recipient.</param>
    public static bool Asks(IEnumerable<SendFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return findings.DistinctBy(finding => finding.Kind).Sum(finding => WeightOf(finding.Kind)) >= Enough;
    }

    private static int WeightOf(SendFindingKind kind) => kind switch
    {
        SendFindingKind.LookAlikeDomain or SendFindingKind.ManyVisible or SendFindingKind.MisnamedFile or SendFindingKind.MisnamedGreeting => 2,
        SendFindingKind.NewAmongKnown or SendFindingKind.JoinedThread or SendFindingKind.KnownElsewhere => 1,
        _ => 0,
    };
}
