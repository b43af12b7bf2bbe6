using System.Globalization;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Engine;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;
using Platform.Storage.Events.Formats;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Api.GraphQL.Schema;

/// <summary>Languages of sentences for people.</summary>
internal enum Language
{
    Ja,
    En,
}

internal static class LanguageChoice
{
    /// <summary>The language asked for, else that of the request.</summary>
    public static CultureInfo Culture(this Language? language, CallerContext caller) => CultureInfo.GetCultureInfo(language switch
    {
        Language.Ja => Languages.Japanese,
        Language.En => Languages.English,
        _ => caller.Current.Language,
    });
}

internal sealed class LanguageEnum : EnumerationGraphType
{
    public LanguageEnum()
    {
        Name = "Language";
        Description = "A language of sentences for people.";
        Add("JA", Schema.Language.Ja, "Japanese.");
        Add("EN", Schema.Language.En, "English.");
    }
}

internal sealed class VerdictEnum : EnumerationGraphType
{
    public VerdictEnum()
    {
        Name = "Verdict";
        Description = "What the inspection says of a message. SUSPICIOUS, PHISHING and MALWARE are attacks.";
        Add("CLEAN", VerdictKind.Clean, "Score 0 to 19.");
        Add("BULK", VerdictKind.Bulk, "List mail or mass mail: score 20 to 49, or by kind. Not an attack.");
        Add("SPAM", VerdictKind.Spam, "Unwanted: score 20 to 49, or by kind. Not an attack.");
        Add("SUSPICIOUS", VerdictKind.Suspicious, "Score 50 to 69. An attack.");
        Add("PHISHING", VerdictKind.Phishing, "Score 70 to 100 by impersonation, phishing or fraud. An attack.");
        Add("MALWARE", VerdictKind.Malware, "Score 70 to 100 by malware. An attack.");
    }
}

internal sealed class SourceKindEnum : EnumerationGraphType
{
    public SourceKindEnum()
    {
        Name = "InspectionSourceKind";
        Description = "What kind of source outside of the message it is.";
        Add("ANTIVIRUS", SourceKind.Antivirus, "An antivirus scans the whole message.");
        Add("YARA", SourceKind.Yara, "Patterns are looked for in decoded files.");
        Add("LIST", SourceKind.List, "A list or threat feed that was loaded.");
        Add("DNS_LIST", SourceKind.DnsList, "A block list asked by DNS.");
    }
}

internal sealed class SourceOutcomeEnum : EnumerationGraphType
{
    public SourceOutcomeEnum()
    {
        Name = "InspectionSourceStatus";
        Description = "How asking a source ended.";
        Add("HIT", SourceOutcome.Hit, "It knows something of the message.");
        Add("NO_HIT", SourceOutcome.NoHit, "It was asked and knows nothing.");
        Add("NOT_ASKED", SourceOutcome.NotAsked, "Nobody asked it: offline, too large, or not on this machine.");
        Add("FAILED", SourceOutcome.Failed, "It gave no answer.");
    }
}

internal sealed class BehaviourKindEnum : EnumerationGraphType
{
    public BehaviourKindEnum()
    {
        Name = "BehaviourKind";
        Description = "What a script, macro or shortcut would do on the machine of its reader.";
        Add("DOWNLOAD", BehaviourKind.Download, "Fetches something from the network.");
        Add("DROP", BehaviourKind.Drop, "Writes a file.");
        Add("EXECUTE", BehaviourKind.Execute, "Runs a program or command, or code that it made.");
        Add("START", BehaviourKind.Start, "Opens a document, an address or a program of the system.");
        Add("PERSIST", BehaviourKind.Persist, "Sees to it that it is started again: autorun, task, service.");
        Add("ELEVATE", BehaviourKind.Elevate, "Gains higher rights without asking.");
        Add("DISABLE_DEFENCE", BehaviourKind.DisableDefence, "Switches off antivirus, logging or a lock.");
        Add("DISABLE_RECOVERY", BehaviourKind.DisableRecovery, "Switches off what would bring files back.");
        Add("DELETE_SHADOW_COPIES", BehaviourKind.DeleteShadowCopies, "Deletes the copies from which the system restores files.");
        Add("ENCRYPT", BehaviourKind.Encrypt, "Encrypts, overwrites or renames many files.");
        Add("EXFILTRATE", BehaviourKind.Exfiltrate, "Sends out what it read on the machine.");
        Add("ASK_CREDENTIAL", BehaviourKind.AskCredential, "Asks for a secret and takes it elsewhere.");
        Add("SMUGGLE", BehaviourKind.Smuggle, "Hands the reader a file built inside the page.");
        Add("WRITE_PAGE", BehaviourKind.WritePage, "Builds a form, frame or way on that stands nowhere in the page as it came.");
        Add("REDIRECT", BehaviourKind.Redirect, "Leads to another page by itself.");
        Add("EVADE", BehaviourKind.Evade, "Looks whether it is watched.");
        Add("PASTE_COMMAND", BehaviourKind.PasteCommand, "Puts a command on the clipboard for its reader to paste where it is run.");
    }
}

internal sealed class PersonalDataClassEnum : EnumerationGraphType
{
    public PersonalDataClassEnum()
    {
        Name = "PersonalDataClass";
        Description = "A class of data about persons and firms.";
        Add("MY_NUMBER", PersonalDataClass.MyNumber, "Individual number of Japan.");
        Add("CORPORATE_NUMBER", PersonalDataClass.CorporateNumber, "Corporate number of Japan.");
        Add("CARD", PersonalDataClass.Card, "Payment card.");
        Add("IBAN", PersonalDataClass.Iban, "International bank account number.");
        Add("BANK_ACCOUNT_JP", PersonalDataClass.BankAccountJp, "Account at a Japanese bank.");
        Add("PHONE", PersonalDataClass.Phone, "Telephone number.");
        Add("POSTAL_ADDRESS", PersonalDataClass.PostalAddress, "Postal address down to the house.");
        Add("RESIDENT_NUMBER", PersonalDataClass.ResidentNumber, "Resident registration number of Korea.");
        Add("PASSPORT", PersonalDataClass.Passport, "Passport number or machine readable zone.");
        Add("E_MAIL_LIST", PersonalDataClass.EMailList, "Five e-mail addresses or more, beside those of the header.");
    }
}

internal sealed class PersonalDataPartEnum : EnumerationGraphType
{
    public PersonalDataPartEnum()
    {
        Name = "PersonalDataPart";
        Description = "Part of a message that holds personal data.";
        Add("SUBJECT", PersonalDataPart.Subject, "The subject.");
        Add("BODY", PersonalDataPart.Body, "The body, hidden text too.");
        Add("ATTACHMENT", PersonalDataPart.Attachment, "A file, or what is packed in one.");
    }
}

internal sealed class AttackTypeEnum : EnumerationGraphType
{
    public AttackTypeEnum()
    {
        Name = "AttackType";
        Description = "The kind of attack, after the threats of ITU-T X.1236 (11/2023).";
        Add("VIRUS", AttackType.Virus, "Malware of a known pattern.");
        Add("BEHAVIOUR", AttackType.Behaviour, "Unknown malware: installs, drops or runs something without consent.");
        Add("RANSOMWARE", AttackType.Ransomware, "Malware that encrypts or destroys.");
        Add("MALICIOUS_URL", AttackType.MaliciousUrl, "A link that serves malware, now or later.");
        Add("FORGED_HEADER", AttackType.ForgedHeader, "Forged From, Reply-To, display name, authentication results or message id.");
        Add("ROUTE_ANOMALY", AttackType.RouteAnomaly, "A known sender on a path that it never used.");
        Add("LOOK_ALIKE_DOMAIN", AttackType.LookAlikeDomain, "A domain that looks like one the tenant knows.");
        Add("ACCOUNT_TAKEOVER", AttackType.AccountTakeover, "A real account that behaves unlike its owner.");
        Add("CREDENTIAL_PHISHING", AttackType.CredentialPhishing, "Asks for a secret by page, form, QR code or attachment.");
        Add("FRAUD", AttackType.Fraud, "Asks for money by words alone.");
        Add("HEADER_RISK", AttackType.HeaderRisk, "An impossible or non-existent host, domain, date or path.");
        Add("SENDER_RISK", AttackType.SenderRisk, "A sending host or network of bad standing.");
        Add("SPAM", AttackType.Spam, "Unwanted, not an attack.");
        Add("BULK", AttackType.Bulk, "List mail or mass mail, not an attack.");
        Add("LEAK_INTENDED", AttackType.LeakIntended, "Outbound: a leak that somebody meant.");
        Add("LEAK_UNINTENDED", AttackType.LeakUnintended, "Outbound: a leak by mistake.");
        Add("STOLEN_ACCOUNT", AttackType.StolenAccount, "Outbound: sent by somebody who is not the account's owner.");
        Add("REFUSED_ACCESS", AttackType.RefusedAccess, "Outbound: submitted from a place that is not allowed.");
    }
}

internal sealed class DirectionEnum : EnumerationGraphType
{
    public DirectionEnum()
    {
        Name = "Direction";
        Description = "Which way a message goes, seen from the tenant.";
        Add("INBOUND", MailDirection.Inbound, "From outside to a mailbox.");
        Add("OUTBOUND", MailDirection.Outbound, "From an account to outside.");
        Add("INTERNAL", MailDirection.Internal, "Between mailboxes of the tenant.");
    }
}

internal sealed class EventFormatEnum : EnumerationGraphType
{
    public EventFormatEnum()
    {
        Name = "EventFormat";
        Description = "The schemas whose names an event can be given by.";
        Add("NATIVE", EventFormat.Native, "The names of the event contract, as on REST.");
        Add("ECS", EventFormat.Ecs, "Elastic Common Schema 9.");
        Add("OCSF", EventFormat.Ocsf, "Open Cybersecurity Schema Framework 1.8: Email Activity, Entity Management.");
        Add("ASIM", EventFormat.Asim, "Advanced Security Information Model of Microsoft Sentinel: EmailEvent 1.0.0, AuditEvent 0.1.2.");
    }
}

internal sealed class DeliveryStateEnum : EnumerationGraphType
{
    public DeliveryStateEnum()
    {
        Name = "DeliveryState";
        Description = "Where one delivery (one message, one recipient) stands.";
        Add("RECEIVED", DeliveryState.Received, "Safe on disk, not inspected yet.");
        Add("QUEUED", DeliveryState.Queued, "Inspected, waits for the relay or for its next attempt.");
        Add("DELIVERED", DeliveryState.Delivered, "Handed to the next hop.");
        Add("QUARANTINED", DeliveryState.Quarantined, "Stopped by policy; may be released or deleted.");
        Add("HELD", DeliveryState.Held, "Could not be inspected: waits for a person.");
        Add("REJECTED", DeliveryState.Rejected, "Refused inside the SMTP session.");
        Add("RELEASED", DeliveryState.Released, "Released by a person, on its way.");
        Add("FAILED", DeliveryState.Failed, "The next hop refused it for good, or time ran out.");
        Add("DELETED", DeliveryState.Deleted, "Deleted by a person.");
        Add("INSPECTED", DeliveryState.Inspected, "A copy (journal, import): inspected, never delivered.");
        Add("WAITING", DeliveryState.Waiting, "On its way out: waits the time in which its sender may cancel it.");
        Add("AWAITING_CONFIRMATION", DeliveryState.AwaitingConfirmation, "On its way out: its sender was warned and must confirm it.");
        Add("AWAITING_APPROVAL", DeliveryState.AwaitingApproval, "On its way out: people of an approval chain must approve it.");
        Add("CANCELLED", DeliveryState.Cancelled, "Called back before it left, or not confirmed in time.");
        Add("DECLINED", DeliveryState.Declined, "Not approved.");
    }
}

internal sealed class PolicyActionEnum : EnumerationGraphType
{
    public PolicyActionEnum()
    {
        Name = "PolicyAction";
        Description = "What is done with a message of some verdict.";
        Add("DELIVER", PolicyAction.Deliver, "Delivered as it is.");
        Add("TAG", PolicyAction.Tag, "Delivered with header fields that tell the verdict.");
        Add("QUARANTINE", PolicyAction.Quarantine, "Kept until a person releases or deletes it.");
        Add("REJECT", PolicyAction.Reject, "Refused inside the SMTP session; quarantined when that is past.");
    }
}

internal sealed class EvidenceKindEnum : EnumerationGraphType
{
    public EvidenceKindEnum()
    {
        Name = "EvidenceKind";
        Description = "Where in the message a reason was seen.";
        Add("HEADER", EvidenceKind.Header, "A header field.");
        Add("ENVELOPE", EvidenceKind.Envelope, "The SMTP envelope.");
        Add("LINK", EvidenceKind.Link, "A link.");
        Add("TEXT", EvidenceKind.Text, "The text.");
        Add("ATTACHMENT", EvidenceKind.Attachment, "An attachment or a file in one.");
        Add("BYTES", EvidenceKind.Bytes, "A range of bytes.");
        Add("STRUCTURE", EvidenceKind.Structure, "The structure of parts.");
        Add("HISTORY", EvidenceKind.History, "What the tenant's mailboxes know of the sender.");
        Add("NETWORK", EvidenceKind.Network, "Where it came from.");
    }
}

internal sealed class IntakeModeEnum : EnumerationGraphType
{
    public IntakeModeEnum()
    {
        Name = "IntakeMode";
        Description = "How a message came in.";
        Add("GATEWAY", IntakeMode.Gateway, "By SMTP, to be delivered on.");
        Add("JOURNAL", IntakeMode.Journal, "A copy by SMTP, inspected only.");
        Add("IMPORT", IntakeMode.Import, "From a file, inspected only.");
        Add("BOUNCE", IntakeMode.Bounce, "A delivery report of the platform itself.");
        Add("REPORT", IntakeMode.Report, "Forwarded by a person to the tenant's report address; inspected and answered.");
        Add("SUBMISSION", IntakeMode.Submission, "From a mailbox of the tenant, by submission, to whom it names.");
        Add("NOTICE", IntakeMode.Notice, "A system mail of the platform itself, such as a digest.");
    }
}
