using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors;

/// <summary>The author of a message: the first From address, or whom a mailing list names in its place.</summary>
/// <param name="Name">Display name, folded.</param>
/// <param name="Domain">A-label form; empty when there is no author.</param>
/// <param name="IsOwn">The address claims to be of the tenant itself.</param>
internal sealed record SenderView(MailAddress? Address, string Name, string Domain, string OrganisationalDomain, bool IsFreeMail, bool IsOwn)
{
    private const string Via = " via ";

    private static readonly SenderView Nobody = new(null, "", "", "", false, false);

    /// <summary>The name without the list or service through which it says it comes.</summary>
    public string Person => WithoutList(Name);

    /// <summary>The author; where a list rewrote him, the one whom it names.</summary>
    public static SenderView Of(DetectionInput input) => input.Message.From is [var author, ..] ? Make(Author(author, input), input) : Nobody;

    /// <summary>What stands in From, whoever wrote: the name without the list's, the address as it is.</summary>
    public static SenderView Shown(DetectionInput input) =>
        input.Message.From is not [var author, ..] ? Nobody
        : IsRewritten(author, input.Message) ? Make(author with { Name = WithoutList(author.Name) }, input)
        : Make(author, input);

    private static SenderView Make(MailAddress address, DetectionInput input)
    {
        var domain = Engine.Links.OrganisationalDomain.ToAscii(address.Domain);
        var organisational = input.Domains.Of(domain);
        return new SenderView(
            address,
            NormalText.Fold(address.Name),
            domain,
            organisational,
            KnownDomains.Embedded.IsFreeMail(domain) || KnownDomains.Embedded.IsFreeMail(organisational),
            IsWithin(domain, input.Context.TenantDomains));
    }

    // Who wrote through a list that rewrites authors stands in Reply-To.
    private static MailAddress Author(MailAddress shown, DetectionInput input) =>
        IsRewritten(shown, input.Message) && input.Message.ReplyTo is [{ Domain.Length: > 0 } reply, ..] && !reply.Address.Equals(shown.Address, StringComparison.OrdinalIgnoreCase)
            ? reply with { Name = WithoutList(shown.Name) }
            : shown;

    // A list that rewrites the author, so that his domain's policy is not broken, says so: From "Name via List" with the address
    // of the list, which is also the one to post to (List-Id, RFC 2919; List-Post, RFC 2369 3.4). Anyone can write all that, so
    // what stands in From is judged as well.
    private static bool IsRewritten(MailAddress shown, MailMessage message) =>
        shown.Name.LastIndexOf(Via, StringComparison.OrdinalIgnoreCase) > 0
        && message.Header("List-Id") is not null
        && message.Header("List-Post") is { } post
        && post.Value.Contains($"mailto:{shown.Address}", StringComparison.OrdinalIgnoreCase);

    private static string WithoutList(string name) => name.LastIndexOf(Via, StringComparison.OrdinalIgnoreCase) is var via and > 0 ? name[..via].Trim(' ', '"', '\'') : name;

    /// <summary>True when the domain is one of the list or stands below one.</summary>
    public static bool IsWithin(string domain, IReadOnlyList<string> parents)
    {
        foreach (var parent in parents)
            if (domain.EndsWith(parent, StringComparison.OrdinalIgnoreCase) && (domain.Length == parent.Length || domain[^(parent.Length + 1)] == '.'))
                return parent.Length > 0;
        return false;
    }
}
