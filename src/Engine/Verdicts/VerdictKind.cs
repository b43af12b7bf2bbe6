namespace Platform.Engine.Verdicts;

/// <summary>What the engine says of one message. The scale stands here and nowhere else (DET7).</summary>
public enum VerdictKind
{
    /// <summary>Score 0 to 19.</summary>
    Clean,

    /// <summary>Unwanted but solicited or list mail: score 20 to 49, or by kind. Not an attack.</summary>
    Bulk,

    /// <summary>Unwanted: score 20 to 49, or by kind. Not an attack.</summary>
    Spam,

    /// <summary>Score 50 to 69. An attack.</summary>
    Suspicious,

    /// <summary>Score 70 to 100, impersonation, phishing or fraud. An attack.</summary>
    Phishing,

    /// <summary>Score 70 to 100, malware. An attack.</summary>
    Malware,
}

public static class VerdictScale
{
    public const int SpamFrom = 20;
    public const int SuspiciousFrom = 50;
    public const int MaliciousFrom = 70;
    public const int Highest = 100;

    /// <summary>Only attacks count in attack analysis (ANA).</summary>
    public static bool IsAttack(this VerdictKind kind) => kind >= VerdictKind.Suspicious;
}
