using Platform.Engine.Learning;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Learned;

/// <summary>
/// The attack type that fits the corpus' category. Its labels are rough: mails about points of a bank's card, which lead to a page
/// that asks for the card, stand under bec-fakepo; call-back and advance-fee mails stand under credential-phishing.
/// </summary>
internal static class ManifestType
{
    public static AttackType Of(MailLabel label) => label == MailLabel.Fraud ? AttackType.Fraud : AttackType.CredentialPhishing;
}
