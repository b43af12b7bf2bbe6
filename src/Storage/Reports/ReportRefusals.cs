using Platform.Storage.Directory;

namespace Platform.Storage.Reports;

/// <summary>Why a report is not taken, or not decided over, each with what to do.</summary>
internal static class ReportRefusals
{
    public static Refusal UnknownMail { get; } = new("NOT_FOUND", "There is no such mail.");

    public static Refusal UnknownReport { get; } = new("NOT_FOUND", "There is no such report.");

    public static Refusal ReportedBefore { get; } = new("ALREADY_REPORTED", "This mail was reported from this mailbox before; that report waits, or was decided over.");

    public static Refusal TooMany { get; } = new("TOO_MANY_REPORTS", "That many mails were reported from this mailbox within a day. Go on tomorrow, or tell an administrator.");

    public static Refusal Decided { get; } = new("ALREADY_DECIDED", "Somebody has decided over this report already.");

    public static Refusal InvalidComment { get; } = new("INVALID_NOTE", "A comment or note has at most 500 characters and no control characters but line breaks.");
}
