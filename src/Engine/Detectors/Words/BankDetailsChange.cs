using System.Text.RegularExpressions;
using Platform.Engine.Language;

namespace Platform.Engine.Detectors.Words;

/// <summary>"Our bank account has changed": the core of invoice and payroll fraud.</summary>
internal sealed partial class BankDetailsChange : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("bank-details-change", "Announces or asks for changed bank details for payments or payroll.", "ATT&CK T1657; FBI IC3 BEC; X.1236 7.2.4", "words"),
        new("bank-account-given", "The new account stands in the same mail.", "ISO 13616 (IBAN); FBI IC3 BEC", "account"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var hits = input.Text.FindAnywhere("bank-change");
        if (hits.Count == 0)
            yield break;
        yield return new Sign("bank-details-change", Seen.Words(hits), ("words", Seen.List(hits)));
        if (Account().Match(input.Text.TextOf(hits[0])) is { Success: true } account)
            yield return new Sign("bank-account-given", Seen.Of(hits[0].Where == PhraseHit.InText ? Verdicts.EvidenceKind.Text : Verdicts.EvidenceKind.Attachment, hits[0].Where, account.Value), ("account", Seen.Cut(account.Value.Trim(), 60)));
    }

    // IBAN; 普通 1234567 and its kin; a Korean bank's number; "account number 12345678".
    [GeneratedRegex(@"\b[a-z]{2}\d{2}[ ]?([a-z0-9]{4}[ ]?){2,7}[a-z0-9]{1,4}\b|(普通|当座|口座番号)[^0-9]{0,6}\d{7}|은행 ?\d{2,6}-\d{2,6}-\d{2,8}|(account|acct|a/c)( number| no| nr| #)?[.: ]{1,3}\d{6,17}", RegexOptions.NonBacktracking)]
    private static partial Regex Account();
}
