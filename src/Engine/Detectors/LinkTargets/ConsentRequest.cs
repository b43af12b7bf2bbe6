namespace Platform.Engine.Detectors.LinkTargets;

/// <summary>
/// A stranger's program that wants into the reader's account. The page that asks is the service's own, so nothing about it is
/// forged; an honest program begins there from its own page, with a value that binds the answer to the browser.
/// </summary>
internal sealed class ConsentRequest : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("link-consent-request", "A link has the reader let a program into mailbox, files or directory.", "RFC 6749 4.1.1; ATT&CK T1528", "host", "scope"),
        new("link-consent-redirect", "A link to a well-known sign-in page hands its answer to a host that is neither the service's nor the author's.", "RFC 9700 4.11; ATT&CK T1528, T1566.002", "host", "target"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Sender.IsOwn)
            yield break;
        HashSet<string> said = [];
        foreach (var link in input.Message.Links)
        {
            if (ConsentLink.Of(link, input) is not { IsTrap: true } consent)
                continue;
            if (consent.Wide.Length > 0 && said.Add("link-consent-request"))
                yield return new Sign("link-consent-request", Seen.Link(link), ("host", consent.Host), ("scope", Seen.Cut(consent.Wide, 160)));
            if (consent.Target is { } target && said.Add("link-consent-redirect"))
                yield return new Sign("link-consent-redirect", Seen.Link(link), ("host", consent.Host), ("target", target));
        }
    }
}
