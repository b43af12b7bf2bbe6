namespace Platform.Benchmarks.Load;

/// <summary>A mailbox and its app password.</summary>
internal sealed record SmtpLogin(string Mailbox, string Password)
{
    /// <summary>Of the demo data, as the README names it.</summary>
    public static SmtpLogin Demo { get; } = new("info@acme.test", "demo-app-password");
}
