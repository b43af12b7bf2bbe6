using Platform.Engine.Attachments;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Files;

/// <summary>What Office documents fetch from elsewhere, start or send out without any macro.</summary>
internal sealed class OfficeRemote : IDetector
{
    // Where organisations honestly keep templates and linked files.
    private static readonly string[] SharedHosts = [".sharepoint.com", ".sharepoint.cn", ".officeapps.live.com", "onedrive.live.com", ".office.com", ".office.net", ".microsoft.com", ".box.com", ".google.com"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("external-template", "An Office document that fetches a template or object from elsewhere when opened.", "ECMA-376; ATT&CK T1221; X.1236 7.1.3", "file", "target"),
        new("external-content", "An Office document that refers to a template or object on a share or service of an organisation.", "ECMA-376; ATT&CK T1221", "file", "target"),
        new("remote-share", "An Office document that asks a file share on the internet when opened, and so gives away the reader's login.", "ATT&CK T1187", "file", "target"),
        new("document-moniker", "An Office document that refers to a handler which runs what it gets (mhtml:, ms-msdt:, script:).", "CVE-2021-40444, CVE-2022-30190; ATT&CK T1203, T1221", "file", "target"),
        new("dynamic-data-exchange", "An Office document or sheet that starts a program by DDE.", "ATT&CK T1559.002; X.1236 7.1.1", "file", "target"),
        new("remote-function", "A formula that asks an address (WEBSERVICE and the like).", "ATT&CK T1221", "file", "target"),
        new("remote-function-sends", "A formula that sends the cells of the workbook, or what it learns of the machine, to an address.", "ATT&CK T1041", "file", "target"),
        new("remote-data", "A workbook whose data come from an address.", "ATT&CK T1221", "file", "target"),
        new("presentation-program", "A presentation that starts a program when the reader points or clicks.", "ECMA-376 part 1, 21.1.2.3.5; ATT&CK T1204.002", "file", "target"),
        new("hidden-sheet", "A workbook with a sheet that its user cannot make visible by the menu.", "ATT&CK T1564", "file", "target"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var fact in input.Message.FileFacts)
            if (SignOf(fact, input) is { } id && said.Add(id))
                yield return new Sign(id, Seen.Fact(fact), ("file", fact.File.FileName), ("target", Seen.Cut(id == "hidden-sheet" ? fact.Where : fact.Value, 160)));
    }

    private static string? SignOf(FileFact fact, DetectionInput input) => fact.Id switch
    {
        "office-external-template" or "office-external-object" => IsShared(fact.Value, input) ? "external-content" : "external-template",
        "office-remote-share" => IsNamedShare(fact.Value) ? "external-content" : "remote-share",
        "office-moniker" => "document-moniker",
        "office-dde" => "dynamic-data-exchange",
        "office-remote-function" => "remote-function",
        "office-remote-send" => "remote-function-sends",
        "office-remote-data" => "remote-data",
        "office-program-action" => "presentation-program",
        "office-very-hidden-sheet" => "hidden-sheet",
        _ => null,
    };

    private static bool IsShared(string target, DetectionInput input)
    {
        if (!LinkTarget.TryParse(target, out var uri))
            return false;
        var host = uri.IdnHost.ToLowerInvariant();
        return SharedHosts.Any(shared => host.EndsWith(shared, StringComparison.Ordinal) || host == shared.TrimStart('.'))
            || input.Context.TenantDomains.Any(domain => host == domain || host.EndsWith("." + domain, StringComparison.Ordinal));
    }

    // Servers of organisations have names under their own domain; an address or a port is what an attacker has.
    private static bool IsNamedShare(string target)
    {
        var host = target.Replace('/', '\\').TrimStart('\\').Split('\\')[0];
        if (target.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            host = target["file:".Length..].Replace('/', '\\').TrimStart('\\').Split('\\')[0];
        return !host.Contains('@', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns && !target.Contains("DavWWWRoot", StringComparison.OrdinalIgnoreCase);
    }
}
