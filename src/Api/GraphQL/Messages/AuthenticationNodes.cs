using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Verdicts;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("Authentication")]
[Requires(Permissions.MessagesRead)]
[Description("Who vouches for the sender of a message. A pass says who wrote, never that the message is good.")]
internal sealed class AuthenticationNode(AuthenticationFacts facts)
{
    [Description("Whether the sending host may send for the domain of the reverse-path (RFC 7208); null when there was no connection to check.")]
    public SpfNode? Spf => facts.Spf is null ? null : new SpfNode(facts.Spf);

    [Description("The same for the name given in HELO; null when it was not checked by itself.")]
    public SpfNode? Helo => facts.Helo is null ? null : new SpfNode(facts.Helo);

    [Description("Signatures by domains (RFC 6376), from the top of the header down.")]
    public IReadOnlyList<DkimNode> Dkim => [.. facts.Dkim.Select(signature => new DkimNode(signature))];

    [Description("Whether SPF or DKIM vouches for the domain of the author (RFC 9989).")]
    public DmarcNode Dmarc => new(facts.Dmarc);

    [Description("What those who passed the message on say they found (RFC 8617). Worth as much as they are trusted.")]
    public ArcNode Arc => new(facts.Arc);

    [Description("Results that the message itself claims, from others (RFC 8601). Trusted by nobody.")]
    public IReadOnlyList<ClaimNode> Incoming => [.. facts.Incoming.Select(claim => new ClaimNode(claim))];
}

[Named("SpfResult")]
[Requires(Permissions.MessagesRead)]
[Description("Result of SPF (RFC 7208).")]
internal sealed class SpfNode(SpfFacts facts)
{
    [Description("What was found.")]
    public AuthenticationResult Result => facts.Result;

    [Description("The domain asked. A stranger's text.")]
    public string Domain => facts.Domain;

    [Description("Which name of the client was checked.")]
    public SpfIdentity Identity => facts.Identity;

    [Description("The mechanism that decided and whose record it stands in, or what was wrong; empty when nothing did.")]
    public string Reason => facts.Reason;
}

[Named("DkimResult")]
[Requires(Permissions.MessagesRead)]
[Description("Result of one signature (RFC 6376).")]
internal sealed class DkimNode(DkimFacts facts)
{
    [Description("What was found.")]
    public AuthenticationResult Result => facts.Result;

    [Description("Who signed. A stranger's text; empty when it cannot be read.")]
    public string Domain => facts.Domain;

    [Description("Which key of that domain.")]
    public string Selector => facts.Selector;

    [Description("As the signature names it: 'rsa-sha256'.")]
    public string Algorithm => facts.Algorithm;

    [Description("Length of the key in bits; null when there was none.")]
    public int? KeyBits => facts.KeyBits;

    [Description("Octets of the body behind what is signed: anyone may have added them.")]
    public long UnsignedOctets => facts.UnsignedOctets;

    [Description("What decided, in English.")]
    public string Reason => facts.Reason;
}

[Named("DmarcResult")]
[Requires(Permissions.MessagesRead)]
[Description("Result of DMARC (RFC 9989).")]
internal sealed class DmarcNode(DmarcFacts facts)
{
    [Description("What was found.")]
    public AuthenticationResult Result => facts.Result;

    [Description("Domain of the author; empty when there is no single one.")]
    public string Domain => facts.Domain;

    [Description("What the owner of the domain asks for mail that fails; null without a record.")]
    public DmarcPolicy? Policy => facts.Policy;

    [Description("Where the record was found; null without one.")]
    public string? PolicyDomain => facts.PolicyDomain;

    [Description("SPF vouches for the author's domain.")]
    public bool SpfAligned => facts.SpfAligned;

    [Description("A signature vouches for the author's domain.")]
    public bool DkimAligned => facts.DkimAligned;

    [Description("How the result came about, in English.")]
    public string Reason => facts.Reason;
}

[Named("ArcResult")]
[Requires(Permissions.MessagesRead)]
[Description("Result of the chain of custody (RFC 8617).")]
internal sealed class ArcNode(ArcFacts facts)
{
    [Description("What was found.")]
    public AuthenticationResult Result => facts.Result;

    [Description("What decided, in English.")]
    public string Reason => facts.Reason;

    [Description("Domains that sealed, from the first on.")]
    public IReadOnlyList<string> Sealers => facts.Sealers;
}

[Named("ClaimedResults")]
[Requires(Permissions.MessagesRead)]
[Description("An Authentication-Results field that came with a message (RFC 8601).")]
internal sealed class ClaimNode(ClaimFacts facts)
{
    [Description("Who claims to have looked; empty when the field cannot be read. A stranger's text.")]
    public string ServiceId => facts.ServiceId;

    [Description("What is claimed: 'spf=pass'.")]
    public IReadOnlyList<string> Results => facts.Results;
}
