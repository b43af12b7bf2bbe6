namespace Platform.Benchmarks.Peers;

/// <summary>Postfix as a peer in accepting mail: into its hold queue, flushed, and nothing more.</summary>
internal static class PostfixAccepts
{
    /// <summary>Its pause on a full incoming queue is off: no queue manager takes held mails out, so it would only wait.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "smtpd_data_restrictions = check_client_access static:HOLD",
        "in_flow_delay = 0",
    ];
}
