namespace Platform.Engine.Tracking;

/// <summary>
/// Grades one open (OUT9). Signs of a machine come first, then doubts; a person is what is left when nothing speaks against it and the request
/// is the one that a program makes which shows the mail to somebody. No scanner may be counted as a person, so every doubt is "unknown".
/// </summary>
public static class OpenGrading
{
    /// <summary>Nobody has read a mail so soon.</summary>
    private static readonly TimeSpan s_atDelivery = TimeSpan.FromSeconds(2);

    /// <summary>Gateways look at a mail before they hand it on, and shortly after; people seldom do.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(1);

    /// <summary>For so long servers that fetch something of a mail are taken to scan it.</summary>
    private static readonly TimeSpan s_scanTime = TimeSpan.FromMinutes(10);

    /// <summary>So many copies at one moment are nobody's reading.</summary>
    private const int Burst = 3;

    /// <param name="afterDelivery">Since the copy was handed over; negative while it was.</param>
    public static GradedOpen Grade(OpenTarget target, OpenRequest request, NetworkKind network, TimeSpan afterDelivery, OpenCompany company)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(company);
        var agent = AgentReader.Read(request.Agent);
        if (target == OpenTarget.Reader)
            return new GradedOpen(OpenGrade.Person, OpenReasons.Reader) { Agent = agent };
        if (Machine(request, network, agent) is { } sign)
            return Of(OpenGrade.Machine, sign);
        if (agent.Kind == AgentKind.PictureProxy)
            return Proxy(agent, network, afterDelivery) with { IsByProxy = true };
        if (Behaves(target, request, agent, company) is { } behaviour)
            return Of(OpenGrade.Machine, behaviour);
        if (network is NetworkKind.Microsoft or NetworkKind.Hosting or NetworkKind.Google or NetworkKind.Apple)
            return Servers(target, request, network, agent, afterDelivery);
        if (afterDelivery < s_atDelivery)
            return Of(OpenGrade.Machine, OpenReasons.AtDelivery);
        if (Doubt(target, request, network, agent, afterDelivery, company) is { } doubt)
            return Of(OpenGrade.Unknown, doubt);
        return Of(OpenGrade.Person, agent.Kind == AgentKind.MailProgram ? OpenReasons.MailProgram : OpenReasons.Browser);

        GradedOpen Of(OpenGrade grade, string reason) => new(grade, reason) { Agent = agent, IsByProxy = reason == OpenReasons.ApplePrivacy };
    }

    /// <summary>What it says, or is, by itself.</summary>
    private static string? Machine(OpenRequest request, NetworkKind network, Agent agent) => request switch
    {
        { IsHead: true } => OpenReasons.Head,
        { Purpose.Length: > 0 } when request.Purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || request.Purpose.Contains("preview", StringComparison.OrdinalIgnoreCase) => OpenReasons.Prefetch,
        _ when network == NetworkKind.Scanner || ScannerNames.IsIn(request.Via) => OpenReasons.ScannerNetwork,
        _ when agent.Kind == AgentKind.Program || request.Brands.Contains("headless", StringComparison.OrdinalIgnoreCase) => OpenReasons.Program,
        _ when agent.Kind == AgentKind.None => OpenReasons.NoAgent,
        _ when request.Agent.Trim() == AgentReader.ApplePrivacy => OpenReasons.ApplePrivacy,
        _ => null,
    };

    /// <summary>Gmail fetches a picture when its person opens the mail; Yahoo's proxy may do so before.</summary>
    private static GradedOpen Proxy(Agent agent, NetworkKind network, TimeSpan afterDelivery)
    {
        var (grade, reason) = (agent.Family, network) switch
        {
            ("Gmail", NetworkKind.Google) => afterDelivery < s_soon ? (OpenGrade.Unknown, OpenReasons.Soon) : (OpenGrade.Person, OpenReasons.GmailProxy),
            ("Gmail", NetworkKind.Unknown) => (OpenGrade.Unknown, OpenReasons.ProxyUnproven),
            ("Gmail", _) => (OpenGrade.Machine, OpenReasons.FalseProxy),
            _ => (OpenGrade.Unknown, OpenReasons.YahooProxy),
        };
        return new GradedOpen(grade, reason) { Agent = agent };
    }

    /// <summary>What it does.</summary>
    private static string? Behaves(OpenTarget target, OpenRequest request, Agent agent, OpenCompany company)
    {
        if (company.AllAtOnce)
            return OpenReasons.AllAtOnce;
        if (company.WasMachine)
            return OpenReasons.AskedBefore;
        if (company.Deliveries >= Burst)
            return OpenReasons.Burst;
        if (target == OpenTarget.Picture && IsOpenedAsPage(request))
            return OpenReasons.NotAsPicture;
        return agent.Kind == AgentKind.Browser && !IsAskedAsByBrowser(target, request) ? OpenReasons.FalseBrowser : null;
    }

    /// <summary>Where servers are: what shows a mail to a person through a VPN looks the same, so later it is not certain.</summary>
    private static GradedOpen Servers(OpenTarget target, OpenRequest request, NetworkKind network, Agent agent, TimeSpan afterDelivery) =>
        afterDelivery < s_scanTime || !IsComplete(target, request, agent)
            ? new GradedOpen(OpenGrade.Machine, network == NetworkKind.Microsoft ? OpenReasons.MicrosoftPrefetch : OpenReasons.Hosting) { Agent = agent }
            : new GradedOpen(OpenGrade.Unknown, OpenReasons.HostingLater) { Agent = agent };

    private static string? Doubt(OpenTarget target, OpenRequest request, NetworkKind network, Agent agent, TimeSpan afterDelivery, OpenCompany company)
    {
        if (company.Deliveries > 0)
            return OpenReasons.Company;
        if (afterDelivery < s_soon)
            return OpenReasons.Soon;
        if (network == NetworkKind.Unknown)
            return OpenReasons.NetworkUnknown;
        if (agent.Kind == AgentKind.Other)
            return OpenReasons.AgentUnknown;
        return IsComplete(target, request, agent) ? null : OpenReasons.Bare;
    }

    /// <summary>By its address alone, not within a mail.</summary>
    private static bool IsOpenedAsPage(OpenRequest request) =>
        (request.Destination.Length > 0 && request.Destination != "image") || request.Site is "none" or "same-origin" || request.IsReferredByItself
        || request.Accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every browser says what it takes and in which language.</summary>
    private static bool IsAskedAsByBrowser(OpenTarget target, OpenRequest request) =>
        request.Languages.Length > 0 && request.Accept.Contains(target == OpenTarget.Picture ? "image/" : "text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>All that such a program sends is there.</summary>
    private static bool IsComplete(OpenTarget target, OpenRequest request, Agent agent) => agent switch
    {
        { Family: "Outlook" or "Internet Explorer" or "Notes" } => true,
        { TellsPurpose: true } => IsAskedAsByBrowser(target, request)
            && (target == OpenTarget.Picture ? request is { Destination: "image", Mode: "no-cors" or "cors" } : request is { Destination: "document", Mode: "navigate" }),
        _ => IsAskedAsByBrowser(target, request),
    };
}
