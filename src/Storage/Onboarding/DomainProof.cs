using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Storage.Onboarding;

/// <summary>
/// The record by which a domain's holder proves it: TXT (RFC 1035, 3.3.14) at a name with a leading underscore (RFC 8552), which no
/// host can have, so that whoever may only name hosts in the domain proves nothing.
/// </summary>
public static class DomainProof
{
    /// <summary>The one place where the name of the record is told.</summary>
    public const string Label = "_mail-inspection-challenge";

    private const string ValuePrefix = "mail-inspection-proof=";
    private const int TokenBytes = 20;
    private const int MaxName = 253;

    /// <summary>How long a claim is checked by itself.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
    ];

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public static string RecordName(string domain) => $"{Label}.{domain}";

    public static string RecordValue(string token) => ValuePrefix + token;

    /// <summary>The record's name fits into DNS (RFC 1035, 2.3.4).</summary>
    public static bool Fits(string domain) => RecordName(domain).Length <= MaxName;

    /// <param name="checks">Checks so far, from 1.</param>
    public static TimeSpan WaitAfter(int checks) => Waits[Math.Clamp(checks - 1, 0, Waits.Length - 1)];
}
