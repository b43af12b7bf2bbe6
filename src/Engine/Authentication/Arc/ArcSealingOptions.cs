using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>In whose name a chain is continued (RFC 8617, 5.1).</summary>
public sealed record ArcSealingOptions
{
    /// <summary><c>d=</c> of both signatures (RFC 8617, 4.1.2 and 4.1.3).</summary>
    public required string Domain { get; init; }

    /// <summary><c>s=</c> of both signatures (RFC 8617, 4.1.2 and 4.1.3).</summary>
    public required string Selector { get; init; }

    /// <summary>Every field of these names is signed (RFC 8617, 4.1.2); Authentication-Results and ARC fields must not be among them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [.. DkimSigningOptions.DefaultFields, DkimSignature.FieldName];

    /// <summary>Signed once more than they stand in the message (RFC 6376, 8.15).</summary>
    public IReadOnlyList<string> OverSigned { get; init; } = DkimSigningOptions.DefaultOverSigned;
}
