using Platform.Storage.Directory;

namespace Platform.Storage.Support;

/// <summary>What a request must look like and when it can move. A refusal has a code and a sentence that says what to do.</summary>
internal static class SupportRules
{
    public const int MaxHours = 72;

    /// <summary>A request that nobody answers lapses.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(7);

    private const int MinReason = 10;
    private const int MaxReason = 500;

    /// <summary>Of one account at one tenant.</summary>
    public const int MaxOpen = 1;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such request.");

    public static Refusal NotStaff { get; } = new("FORBIDDEN", "Only an account of the platform's support staff asks for access.");

    public static Refusal OfTheTenant { get; } = new("FORBIDDEN", "Only the tenant itself decides who gets in; its MSP does not.");

    public static Refusal AlreadyOpen { get; } = new("SUPPORT_ALREADY_OPEN", "There is a request or access of this account to the tenant already; end it first.");

    public static Refusal NotRequested { get; } = new("SUPPORT_NOT_REQUESTED", "This request was answered or has lapsed.");

    public static Refusal NotInForce { get; } = new("SUPPORT_NOT_IN_FORCE", "This access is not in force any more.");

    public static Refusal? Reason(string reason) => reason.Trim().Length is >= MinReason and <= MaxReason && !reason.Any(c => char.IsControl(c) && c is not ('\n' or '\r'))
        ? null
        : new("INVALID_REASON", $"The reason has {MinReason} to {MaxReason} characters: what is to be done, and on whose word.");

    public static Refusal? Hours(int hours) => hours is >= 1 and <= MaxHours ? null : new("INVALID_HOURS", $"Access is given for 1 to {MaxHours} hours.");
}
