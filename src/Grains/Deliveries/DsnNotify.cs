namespace Platform.Grains.Deliveries;

/// <summary>When the sender wants to hear of a delivery (RFC 3461, 4.1): <c>NEVER</c>, or some of SUCCESS, FAILURE, DELAY; null is the default.</summary>
internal static class DsnNotify
{
    private const string Never = "NEVER";

    public static bool IsValid(string? notify) =>
        notify is Never || (notify is { Length: > 0 } && notify.Split(',').All(word => word is "SUCCESS" or "FAILURE" or "DELAY"));

    /// <summary>Without a wish of the sender a failure is told.</summary>
    public static bool WantsFailure(string? notify) => !IsValid(notify) || Has(notify, "FAILURE");

    public static bool WantsSuccess(string? notify) => IsValid(notify) && Has(notify, "SUCCESS");

    private static bool Has(string? notify, string word) => notify!.Split(',').Contains(word);
}
