using Platform.Engine.Detectors.Sender;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Words;

/// <summary>
/// "Your account is about to be closed: confirm it here." A threat to an account and the demand to sign in or confirm.
/// The demand alone is daily mail (password resets, address checks), the threat alone nearly so.
/// </summary>
internal sealed class CredentialLure : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("credential-lure", "Threatens an account, mailbox or card and demands to sign in, confirm or update.", "ATT&CK T1566.002, T1598; X.1236 7.2.4", "words"),
        new("account-threat", "Speaks of a blocked, limited or expiring account, mailbox or card.", "ATT&CK T1566; X.1236 7.2.4", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var threats = input.Text.FindAnywhere("account-threat");
        if (threats.Count == 0 || IsBrandsOwn(input))
            yield break;
        var demands = input.Text.FindAnywhere("credential-ask");
        // "If this was you, there is nothing to do", with links home: what honest services write.
        var calm = input.Text.Has("calm") && !input.Survey.AllForeign && !BrandImpersonation.IsBorrowed(input.Sender);
        if (demands.Count > 0 && !calm)
            yield return new Sign("credential-lure", Seen.Words([threats[0], demands[0]]), ("words", Seen.List([threats[0], .. demands])));
        else
            yield return new Sign("account-threat", Seen.Words(threats), ("words", Seen.List(threats)));
    }

    // What a well-known service writes of its own accounts leads to its own pages and nowhere else; a forged one that does so gains nothing.
    private static bool IsBrandsOwn(DetectionInput input) =>
        !input.Sender.IsFreeMail
        && input.Message.Attachments.Count == 0
        && input.Message.Links.Any(link => link.Kind is LinkKind.Anchor or LinkKind.Text)
        && Brands.Embedded.All.Any(brand => brand.Owns(input.Sender.OrganisationalDomain) && input.Message.Links.All(link => link.Destination?.Scheme is "http" or "https" && brand.Owns(input.Domains.Of(link.Host))))
        && !BrandImpersonation.IsBorrowed(input.Sender)
        && input.Text.Find("call-back-ask").Count == 0;
}
