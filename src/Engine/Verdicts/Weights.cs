using System.Collections.Frozen;

namespace Platform.Engine.Verdicts;

/// <summary>Signs of one family tell of the same thing: each further one adds less.</summary>
internal enum SignFamily
{
    Identity,
    Words,
    Links,
    Files,
    Hiding,
    Headers,
    Unwanted,

    /// <summary>Unwanted because the tenant or its MSP said so: no acquaintance speaks against it.</summary>
    Blocked,
    Standing,
    Learned,
}

/// <summary>What a sign contributes to an attack, for combinations.</summary>
[Flags]
internal enum SignRole
{
    None = 0,

    /// <summary>Wants something of the reader.</summary>
    Intent = 1,

    /// <summary>Pretends to be somebody else.</summary>
    Disguise = 2,

    /// <summary>A link, form or file that leads somewhere harmful.</summary>
    Trap = 4,

    /// <summary>A stranger, or a known sender out of pattern.</summary>
    Novelty = 8,
}

/// <param name="Points">Points of the sign alone; negative where it speaks for the message.</param>
/// <param name="Proof">Decides alone: known malware, or what no honest sender does.</param>
internal sealed record SignWeight(string Id, int Points, SignFamily Family, AttackType Type, SignRole Role = SignRole.None, bool Proof = false);

/// <summary>What each sign weighs. The one place for it; detectors only see and report.</summary>
internal static class Weights
{
    /// <summary>No single sign makes an attack, but proof.</summary>
    public const int MostWithoutProof = VerdictScale.SuspiciousFrom - 1;

    /// <summary>A sign seen fainter than this, in percent, plays no role in combinations.</summary>
    public const int FaintestRole = 50;

    /// <summary>What each further sign of a family still counts, in percent of the one before.</summary>
    public const int DiminishPercent = 60;

    public static IReadOnlyList<SignWeight> All { get; } =
    [
        // Who writes
        new("own-person-impersonation", 38, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("own-domain-forged", 36, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("dmarc-fail-own", 36, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("dmarc-fail", 18, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("dmarc-undecided", 8, SignFamily.Identity, AttackType.SenderRisk),
        new("helo-own-domain", 18, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("look-alike-own", 42, SignFamily.Identity, AttackType.LookAlikeDomain, SignRole.Disguise),
        new("look-alike-correspondent", 40, SignFamily.Identity, AttackType.LookAlikeDomain, SignRole.Disguise),
        new("look-alike-official", 38, SignFamily.Identity, AttackType.LookAlikeDomain, SignRole.Disguise),
        new("look-alike-brand", 34, SignFamily.Identity, AttackType.LookAlikeDomain, SignRole.Disguise),
        new("mixed-script-domain", 34, SignFamily.Identity, AttackType.LookAlikeDomain, SignRole.Disguise),
        new("brand-display-name", 28, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("brand-in-text", 14, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("contact-free-mail", 14, SignFamily.Identity, AttackType.Fraud, SignRole.Disguise),
        new("brand-in-subject", 16, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("address-in-display-name", 24, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("recipient-domain-as-sender", 24, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("free-mail-organisation", 14, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("role-from-free-mail", 20, SignFamily.Identity, AttackType.Fraud, SignRole.Disguise),
        new("desk-display-name", 14, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("sender-random-name", 8, SignFamily.Identity, AttackType.SenderRisk),
        new("recipients-hidden", 6, SignFamily.Headers, AttackType.Spam),
        new("trust-claim", 10, SignFamily.Hiding, AttackType.CredentialPhishing, SignRole.Disguise),
        new("reply-to-free-mail", 16, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),
        new("reply-to-other-free-mail", 14, SignFamily.Identity, AttackType.Fraud, SignRole.Disguise),
        new("reply-to-mismatch", 6, SignFamily.Identity, AttackType.ForgedHeader),
        new("quoted-colleague", 16, SignFamily.Identity, AttackType.Fraud, SignRole.Disguise),
        new("quoted-history-mismatch", 36, SignFamily.Identity, AttackType.AccountTakeover, SignRole.Disguise),
        new("reply-without-thread", 4, SignFamily.Identity, AttackType.AccountTakeover),
        new("from-several", 22, SignFamily.Headers, AttackType.ForgedHeader, SignRole.Disguise),
        new("author-doubtful", 8, SignFamily.Headers, AttackType.ForgedHeader),
        new("results-forged", 14, SignFamily.Headers, AttackType.ForgedHeader, SignRole.Disguise),
        new("dkim-text-added", 16, SignFamily.Headers, AttackType.ForgedHeader, SignRole.Disguise),
        new("dkim-field-added", 16, SignFamily.Headers, AttackType.ForgedHeader, SignRole.Disguise),
        new("from-malformed", 12, SignFamily.Headers, AttackType.HeaderRisk),
        new("from-missing", 12, SignFamily.Headers, AttackType.HeaderRisk),
        new("undisclosed-recipients", 4, SignFamily.Headers, AttackType.Spam),

        // What the tenant's history says
        new("first-contact", 4, SignFamily.Standing, AttackType.SenderRisk, SignRole.Novelty),
        new("new-country", 12, SignFamily.Standing, AttackType.RouteAnomaly, SignRole.Novelty),
        new("known-correspondent", -20, SignFamily.Standing, AttackType.SenderRisk),

        // What the words want
        new("credential-lure", 30, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("account-threat", 10, SignFamily.Words, AttackType.CredentialPhishing),
        new("bank-details-change", 32, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("call-back-borrowed", 14, SignFamily.Hiding, AttackType.Fraud, SignRole.Disguise),
        new("offer-by-messenger", 14, SignFamily.Links, AttackType.Fraud, SignRole.Trap),
        new("bank-account-given", 18, SignFamily.Links, AttackType.Fraud, SignRole.Trap),
        new("payment-pressure", 18, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("secrecy-request", 18, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("gift-card-request", 36, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("advance-fee", 46, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("advance-fee-traits", 22, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("extortion", 48, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("extortion-traits", 16, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("bitcoin-address", 14, SignFamily.Words, AttackType.Fraud, SignRole.Trap),
        new("call-back-lure", 42, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("parcel-lure", 28, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("document-lure", 20, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("business-document-lure", 22, SignFamily.Words, AttackType.Behaviour, SignRole.Intent),
        new("subject-carries-recipient", 10, SignFamily.Headers, AttackType.Spam),
        new("service-notice-imitation", 40, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("mailbox-lure", 28, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("wallet-lure", 26, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("prize-lure", 22, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("romance-lure", 22, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("loan-offer", 28, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("investment-offer", 26, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("job-offer-lure", 22, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("trade-inquiry", 14, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("payment-notice-lure", 20, SignFamily.Words, AttackType.Fraud, SignRole.Intent),
        new("shared-file-lure", 20, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("refund-lure", 20, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("payroll-lure", 18, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("urgency", 8, SignFamily.Words, AttackType.CredentialPhishing),

        // What others know
        new("known-malware", 100, SignFamily.Files, AttackType.Virus, SignRole.Trap, Proof: true),
        new("antivirus-suspicion", 30, SignFamily.Files, AttackType.Virus, SignRole.Trap),
        new("hash-listed", 90, SignFamily.Files, AttackType.Virus, SignRole.Trap, Proof: true),
        new("yara-malware", 90, SignFamily.Files, AttackType.Virus, SignRole.Trap, Proof: true),
        new("yara-match", 40, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("url-listed", 72, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap, Proof: true),
        new("domain-listed", 46, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("sender-listed", 30, SignFamily.Identity, AttackType.SenderRisk),
        new("address-listed", 28, SignFamily.Headers, AttackType.SenderRisk),
        new("block-listed-sender", 45, SignFamily.Blocked, AttackType.Spam),
        new("block-listed-network", 45, SignFamily.Blocked, AttackType.Spam),
        new("allow-listed-sender", 0, SignFamily.Standing, AttackType.SenderRisk),
        new("allow-listed-unproven", 0, SignFamily.Standing, AttackType.SenderRisk),
        new("allow-listed-name-forged", 24, SignFamily.Identity, AttackType.ForgedHeader, SignRole.Disguise),

        // Where the links lead
        new("link-text-mismatch", 28, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-text-redirected", 5, SignFamily.Links, AttackType.CredentialPhishing),
        new("link-ip-host", 26, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("link-punycode-host", 30, SignFamily.Links, AttackType.LookAlikeDomain, SignRole.Trap | SignRole.Disguise),
        new("link-odd-port", 12, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("link-shortener", 10, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-free-hosting", 18, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-user-info", 34, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Disguise),
        new("link-look-alike", 34, SignFamily.Links, AttackType.LookAlikeDomain, SignRole.Trap | SignRole.Disguise),
        new("link-brand-host", 26, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Disguise),
        new("link-carries-recipient", 20, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-query-recipient", 20, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-ip-disguised", 40, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap | SignRole.Disguise),
        new("links-lead-elsewhere", 10, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-odd-one-out", 22, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Disguise),
        new("link-kit-path", 16, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-brand-path", 16, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Disguise),
        new("link-risky-file", 26, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("link-archive-password", 34, SignFamily.Links, AttackType.Behaviour, SignRole.Trap),
        new("link-server-name", 18, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("link-random-host", 8, SignFamily.Links, AttackType.CredentialPhishing),
        new("link-many-labels", 10, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-cheap-suffix", 6, SignFamily.Links, AttackType.CredentialPhishing),
        new("link-mail-farm", 16, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("qr-code-link", 20, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("qr-code-hidden", 34, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Disguise),
        new("qr-code-lure", 24, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("link-open-redirect", 20, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-consent-request", 40, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-consent-redirect", 30, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("device-code-lure", 40, SignFamily.Words, AttackType.CredentialPhishing, SignRole.Intent),
        new("link-device-sign-in", 16, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("link-script-scheme", 30, SignFamily.Links, AttackType.MaliciousUrl, SignRole.Trap),
        new("credential-form", 36, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Intent),
        new("form-in-body", 14, SignFamily.Links, AttackType.CredentialPhishing, SignRole.Trap),
        new("credential-form-attachment", 46, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Intent),

        // What is attached
        new("eicar-test-file", 100, SignFamily.Files, AttackType.Virus, SignRole.Trap, Proof: true),
        new("executable-disguised", 90, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise, Proof: true),
        new("executable-attachment", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("script-attachment", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("script-among-sources", 18, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("archive-with-executable", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("archive-too-deep", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("archive-bomb", 30, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("double-extension", 44, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("right-to-left-name", 46, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("type-mismatch", 28, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("encrypted-archive-with-password", 30, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("archive-name-disagrees", 42, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("archive-hidden-entry", 30, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("archive-opened-with-password", 6, SignFamily.Files, AttackType.Behaviour),
        new("file-kind-unread", 4, SignFamily.Files, AttackType.Behaviour),
        new("archive-of-documents", -12, SignFamily.Standing, AttackType.Spam),
        new("file-unread", 10, SignFamily.Files, AttackType.Behaviour),
        new("encrypted-archive", 10, SignFamily.Files, AttackType.Behaviour),
        new("macro-document", 24, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("macro-auto-run", 10, SignFamily.Files, AttackType.Behaviour),
        new("macro-suspicious", 46, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("macro-program-call", 12, SignFamily.Files, AttackType.Behaviour),
        new("macro-stomped", 48, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("macro-lure", 24, SignFamily.Words, AttackType.Behaviour, SignRole.Intent),
        new("excel4-macro", 28, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("excel4-hidden", 24, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("excel4-auto-run", 14, SignFamily.Files, AttackType.Behaviour),
        new("excel4-suspicious", 46, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("external-template", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("external-content", 14, SignFamily.Files, AttackType.Behaviour),
        new("remote-share", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("document-moniker", 64, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("dynamic-data-exchange", 56, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("remote-function", 28, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("remote-function-sends", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("remote-data", 10, SignFamily.Files, AttackType.Behaviour),
        new("presentation-program", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("hidden-sheet", 4, SignFamily.Files, AttackType.Behaviour),
        new("ole-object-package", 20, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("equation-exploit", 64, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("risky-object", 58, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("rtf-obfuscated", 44, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("pdf-launch", 60, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("pdf-javascript", 4, SignFamily.Files, AttackType.Behaviour),
        new("pdf-open-action", 14, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("pdf-opens-by-itself", 44, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap),
        new("pdf-hidden-name", 36, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("pdf-embedded-file", 6, SignFamily.Files, AttackType.Behaviour),
        new("pdf-script-hostile", 60, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("pdf-script-active", 44, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("pdf-script-disguised", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("pdf-remote-file", 54, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap, Proof: true),
        new("pdf-submits-form", 4, SignFamily.Files, AttackType.CredentialPhishing),
        new("pdf-rich-media", 24, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("pdf-page-link", 30, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("pdf-credential-form", 56, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Intent, Proof: true),
        new("calendar-remote-file", 54, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap, Proof: true),
        new("calendar-other-organizer", 8, SignFamily.Identity, AttackType.ForgedHeader),
        new("shortcut-attachment", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("shortcut-command", 62, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("shortcut-remote", 56, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap, Proof: true),
        new("shortcut-hidden-arguments", 46, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("shortcut-disguise", 40, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Disguise),
        new("shortcut-appended", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("shortcut-installs", 44, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap),
        new("shortcut-plain", 14, SignFamily.Files, AttackType.MaliciousUrl),
        new("remote-desktop-shares", 56, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("remote-desktop-outside", 26, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("registry-autostart", 62, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("registry-lock", 46, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("sheet-command", 58, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("sheet-auto-open", 34, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("sheet-sends-cells", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("sheet-remote-formula", 34, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap),
        new("web-query-attachment", 52, SignFamily.Files, AttackType.MaliciousUrl, SignRole.Trap, Proof: true),
        new("onenote-attachment", 30, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("disk-image-attachment", 36, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("html-attachment-plain", 6, SignFamily.Files, AttackType.CredentialPhishing),
        new("disk-image-of-documents", 12, SignFamily.Files, AttackType.Behaviour),
        new("html-attachment", 18, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("html-smuggling", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("svg-script", 52, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap, Proof: true),
        new("html-obfuscated-script", 46, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("svg-page", 54, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap, Proof: true),
        new("html-nested-page", 34, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("html-card-form", 34, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Intent),
        new("html-remote-frame", 42, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("html-remote-script", 52, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap, Proof: true),
        new("html-link-only", 40, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("html-redirect-attachment", 46, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),

        // What scripts, macros and shortcuts would do
        new("behaviour-installs", 64, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("behaviour-download", 20, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-drop", 20, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-execute", 40, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-remote-code", 52, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("behaviour-start", 6, SignFamily.Files, AttackType.Behaviour),
        new("behaviour-by-hand", 22, SignFamily.Files, AttackType.Behaviour),
        new("behaviour-persist", 42, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-elevate", 42, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-disable-defence", 48, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-disable-recovery", 80, SignFamily.Files, AttackType.Ransomware, SignRole.Trap, Proof: true),
        new("behaviour-encrypt", 80, SignFamily.Files, AttackType.Ransomware, SignRole.Trap, Proof: true),
        new("behaviour-exfiltrate", 44, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),
        new("behaviour-ask-credential", 60, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap | SignRole.Intent, Proof: true),
        new("behaviour-smuggle", 60, SignFamily.Files, AttackType.Behaviour, SignRole.Trap, Proof: true),
        new("behaviour-hidden-page", 38, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("behaviour-redirect", 46, SignFamily.Files, AttackType.CredentialPhishing, SignRole.Trap),
        new("behaviour-paste-command", 62, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Intent, Proof: true),
        new("behaviour-evade", 30, SignFamily.Files, AttackType.Behaviour, SignRole.Trap),

        // What the mail itself tells its reader to run
        new("paste-command-lure", 54, SignFamily.Files, AttackType.Behaviour, SignRole.Trap | SignRole.Intent, Proof: true),

        // What is hidden from filters
        new("hidden-text", 8, SignFamily.Hiding, AttackType.Spam),
        new("zero-width-text", 18, SignFamily.Hiding, AttackType.CredentialPhishing, SignRole.Disguise),
        new("homoglyph-text", 22, SignFamily.Hiding, AttackType.CredentialPhishing, SignRole.Disguise),
        new("letters-disguised", 24, SignFamily.Hiding, AttackType.CredentialPhishing, SignRole.Disguise),
        new("template-leftover", 14, SignFamily.Headers, AttackType.Spam),
        new("styled-letters", 18, SignFamily.Hiding, AttackType.Spam, SignRole.Disguise),
        new("image-only-mail", 12, SignFamily.Hiding, AttackType.Spam),

        // How the message is made and came here
        new("date-future", 10, SignFamily.Headers, AttackType.HeaderRisk),
        new("date-long-past", 6, SignFamily.Headers, AttackType.HeaderRisk),
        new("date-missing", 4, SignFamily.Headers, AttackType.HeaderRisk),
        new("message-id-missing", 5, SignFamily.Headers, AttackType.HeaderRisk),
        new("message-id-malformed", 5, SignFamily.Headers, AttackType.HeaderRisk),
        new("message-id-own-domain", 14, SignFamily.Headers, AttackType.ForgedHeader, SignRole.Disguise),
        new("received-impossible", 14, SignFamily.Headers, AttackType.HeaderRisk),
        new("received-many", 6, SignFamily.Headers, AttackType.HeaderRisk),
        new("helo-impossible", 8, SignFamily.Headers, AttackType.SenderRisk),
        new("sender-domain-impossible", 16, SignFamily.Headers, AttackType.HeaderRisk),
        new("web-script-sender", 8, SignFamily.Headers, AttackType.SenderRisk),
        new("structure-ambiguous", 14, SignFamily.Headers, AttackType.HeaderRisk),
        new("structure-malformed", 2, SignFamily.Headers, AttackType.HeaderRisk),
        new("limit-reached", 10, SignFamily.Headers, AttackType.HeaderRisk),

        // What the model makes of the whole; how sure it is gives the strength
        new("learned-words", 49, SignFamily.Learned, AttackType.CredentialPhishing),
        new("learned-build", 44, SignFamily.Learned, AttackType.CredentialPhishing),
        new("learned-honest", -12, SignFamily.Learned, AttackType.Spam),

        // Unwanted, not an attack
        new("bulk-mail", 0, SignFamily.Unwanted, AttackType.Bulk),
        new("spam-words", 14, SignFamily.Unwanted, AttackType.Spam),
        new("spam-words-many", 26, SignFamily.Unwanted, AttackType.Spam),
    ];

    private static readonly FrozenDictionary<string, SignWeight> ById = All.ToFrozenDictionary(weight => weight.Id, StringComparer.Ordinal);

    public static SignWeight Of(string id) => ById.TryGetValue(id, out var weight) ? weight : throw new KeyNotFoundException($"The sign '{id}' has no weight.");

    public static bool IsLearned(string id) => ById.TryGetValue(id, out var weight) && weight.Family == SignFamily.Learned;

    /// <summary>What the lists of a tenant say of a sender: a wish of its own, which the model must neither learn nor be moved by.</summary>
    public static bool IsOfList(string id) =>
        id is "block-listed-sender" or "block-listed-network" or "allow-listed-sender" or "allow-listed-unproven" or "allow-listed-name-forged";

    /// <summary>The weight of a sign as strongly as it was seen, and of the kind that it tells of.</summary>
    public static SignWeight Of(Detectors.Sign sign)
    {
        var weight = Of(sign.Id);
        return sign is { Percent: 100, Type: null }
            ? weight
            : weight with { Role = sign.Percent < FaintestRole ? SignRole.None : weight.Role, Points = (int)Math.Round(weight.Points * Math.Clamp(sign.Percent, 0, 100) / 100.0, MidpointRounding.AwayFromZero), Type = sign.Type ?? weight.Type };
    }

    /// <summary>What each further sign of the family still counts, in percent of the one before. The model's signs share what it found; they do not repeat it.</summary>
    public static int DiminishOf(SignFamily family) => family == SignFamily.Learned ? 100 : DiminishPercent;

    /// <summary>The most a family can give without proof: one kind of sign, however often, never makes a message malicious.</summary>
    public static int MostOf(SignFamily family) => family switch
    {
        SignFamily.Identity or SignFamily.Words or SignFamily.Links => 60,
        SignFamily.Files => 66,
        SignFamily.Unwanted or SignFamily.Blocked => 45,
        SignFamily.Standing => 15,
        SignFamily.Learned => MostWithoutProof,
        _ => 28,
    };
}
