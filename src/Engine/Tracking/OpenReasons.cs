namespace Platform.Engine.Tracking;

/// <summary>Why an open has its grade. Ids are stable; <see cref="OpenText"/> has the sentences, docs/tracking.md the table.</summary>
public static class OpenReasons
{
    // A person.
    public const string Reader = "reader";
    public const string Browser = "browser";
    public const string MailProgram = "mail-program";
    public const string GmailProxy = "gmail-proxy";

    // A machine.
    public const string Head = "head";
    public const string Prefetch = "prefetch";
    public const string ScannerNetwork = "scanner-network";
    public const string Program = "program";
    public const string NoAgent = "no-agent";
    public const string ApplePrivacy = "apple-privacy";
    public const string FalseProxy = "false-proxy";
    public const string AllAtOnce = "all-at-once";
    public const string AskedBefore = "asked-before";
    public const string Burst = "burst";
    public const string NotAsPicture = "not-as-picture";
    public const string FalseBrowser = "false-browser";
    public const string MicrosoftPrefetch = "microsoft-prefetch";
    public const string Hosting = "hosting";
    public const string AtDelivery = "at-delivery";

    // Either.
    public const string Company = "company";
    public const string YahooProxy = "yahoo-proxy";
    public const string ProxyUnproven = "proxy-unproven";
    public const string HostingLater = "hosting-later";
    public const string Soon = "soon";
    public const string NetworkUnknown = "network-unknown";
    public const string AgentUnknown = "agent-unknown";
    public const string Bare = "bare";

    public static IReadOnlyList<string> All { get; } =
    [
        Reader, Browser, MailProgram, GmailProxy,
        Head, Prefetch, ScannerNetwork, Program, NoAgent, ApplePrivacy, FalseProxy, AllAtOnce, AskedBefore, Burst, NotAsPicture, FalseBrowser, MicrosoftPrefetch, Hosting, AtDelivery,
        Company, YahooProxy, ProxyUnproven, HostingLater, Soon, NetworkUnknown, AgentUnknown, Bare,
    ];

    /// <summary>What showed a program to be a machine for good: what it asks for afterwards is a machine's too.</summary>
    public static bool Stays(string reason) => reason is Head or Prefetch or ScannerNetwork or Program or AllAtOnce or NotAsPicture or FalseBrowser;
}
