using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>The three fields of one instance (RFC 8617, 4.2), each well formed by itself.</summary>
/// <param name="Results">ARC-Authentication-Results.</param>
/// <param name="ResultsText">What stands in it behind the instance.</param>
/// <param name="MessageIndex">Where ARC-Message-Signature stands in the header.</param>
internal sealed record ArcSet(int Instance, RawField Results, string ResultsText, int MessageIndex, SignatureTags Message, ArcSeal Seal)
{
    public const string ResultsName = "ARC-Authentication-Results";
    public const string MessageName = "ARC-Message-Signature";
}
