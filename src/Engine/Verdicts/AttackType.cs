namespace Platform.Engine.Verdicts;

/// <summary>
/// Attack types as the product names them everywhere, after the threats of ITU-T X.1236 (11/2023).
/// The wire name is the kebab-case form (<see cref="AttackTypes.WireName"/>).
/// </summary>
public enum AttackType
{
    Virus,
    Behaviour,
    Ransomware,
    MaliciousUrl,
    ForgedHeader,
    RouteAnomaly,
    LookAlikeDomain,
    AccountTakeover,
    CredentialPhishing,
    Fraud,
    HeaderRisk,
    SenderRisk,
    Spam,
    Bulk,
    LeakIntended,
    LeakUnintended,
    StolenAccount,
    RefusedAccess,
}

public enum AttackClass
{
    Malware,
    Impersonation,
    Phishing,
    Risk,
    Spam,
    Outbound,
}

public static class AttackTypes
{
    public static AttackClass ClassOf(AttackType type) => type switch
    {
        AttackType.Virus or AttackType.Behaviour or AttackType.Ransomware or AttackType.MaliciousUrl => AttackClass.Malware,
        AttackType.ForgedHeader or AttackType.RouteAnomaly or AttackType.LookAlikeDomain or AttackType.AccountTakeover => AttackClass.Impersonation,
        AttackType.CredentialPhishing or AttackType.Fraud => AttackClass.Phishing,
        AttackType.HeaderRisk or AttackType.SenderRisk => AttackClass.Risk,
        AttackType.Spam or AttackType.Bulk => AttackClass.Spam,
        _ => AttackClass.Outbound,
    };

    /// <summary>The name in scan output, events and reports: <c>credential-phishing</c>.</summary>
    public static string WireName(AttackType type) => type switch
    {
        AttackType.Virus => "virus",
        AttackType.Behaviour => "behaviour",
        AttackType.Ransomware => "ransomware",
        AttackType.MaliciousUrl => "malicious-url",
        AttackType.ForgedHeader => "forged-header",
        AttackType.RouteAnomaly => "route-anomaly",
        AttackType.LookAlikeDomain => "look-alike-domain",
        AttackType.AccountTakeover => "account-takeover",
        AttackType.CredentialPhishing => "credential-phishing",
        AttackType.Fraud => "fraud",
        AttackType.HeaderRisk => "header-risk",
        AttackType.SenderRisk => "sender-risk",
        AttackType.Spam => "spam",
        AttackType.Bulk => "bulk",
        AttackType.LeakIntended => "leak-intended",
        AttackType.LeakUnintended => "leak-unintended",
        AttackType.StolenAccount => "stolen-account",
        AttackType.RefusedAccess => "refused-access",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an attack type"),
    };
}
