using Platform.Storage.Directory;

namespace Platform.Storage.Push.Webhooks;

/// <summary>What a value of a webhook endpoint must look like.</summary>
internal static class WebhookRules
{
    /// <summary>Of one owner.</summary>
    public const int MaxEndpoints = 20;

    private const int MaxUrl = 2_000;
    private const int MaxDescription = 200;
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    public static Refusal Unknown { get; } = new("NOT_FOUND", "No such webhook endpoint is in reach of this client.");

    public static Refusal UnknownDelivery { get; } = new("NOT_FOUND", "No such delivery of a webhook is in reach of this client.");

    public static Refusal Full { get; } = new("WEBHOOK_LIMIT", $"There are {MaxEndpoints} webhook endpoints already. Remove one first.");

    public static Refusal Disabled { get; } = new("WEBHOOK_DISABLED", "The endpoint is disabled. Enable it first.");

    public static Refusal StillTried { get; } = new("WEBHOOK_DELIVERY_PENDING", "The delivery is still being tried.");

    public static Refusal? Url(string text, IPushAddressRule rule)
    {
        if (text.Length > MaxUrl || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http") || url.Host.Length == 0 || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return new("INVALID_WEBHOOK_URL", $"The address is an absolute 'https' URL of at most {MaxUrl} characters, without user name and fragment.");
        }

        return rule.RefuseHttp(url) is { } reason ? new("INVALID_WEBHOOK_URL", reason) : null;
    }

    public static Refusal? Description(string text) =>
        text.Length <= MaxDescription && !text.Any(char.IsControl)
            ? null
            : new("INVALID_WEBHOOK_DESCRIPTION", $"A description has at most {MaxDescription} characters and no control characters.");

    public static Refusal? Overlap(TimeSpan overlap) =>
        overlap >= TimeSpan.Zero && overlap <= LongestOverlap ? null : new("INVALID_WEBHOOK_OVERLAP", $"Old keys sign on for 0 hours to {LongestOverlap.TotalHours} hours.");
}
