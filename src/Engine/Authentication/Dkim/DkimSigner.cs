using System.Globalization;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Signs messages in the name of a domain (RFC 6376, 5; RFC 8463, 3). May be used by several threads.</summary>
public sealed class DkimSigner
{
    private readonly DkimSigningOptions _options;
    private readonly DkimPrivateKey _key;

    /// <exception cref="ArgumentException">The domain or selector is no name (RFC 6376, 3.5), the identity is not of the domain, or From is not signed (RFC 6376, 5.4).</exception>
    public DkimSigner(DkimSigningOptions options, DkimPrivateKey key)
    {
        if (SigningDomain.Normalise(options.Domain) is not { } domain || SigningDomain.Normalise(options.Selector) is null)
            throw new ArgumentException("The signing domain or the selector is no domain name.", nameof(options));
        if (options.Identity is { } identity && (SigningDomain.Normalise(identity[(identity.LastIndexOf('@') + 1)..]) is not { } host || !SigningDomain.IsWithin(host, domain)))
            throw new ArgumentException("The signing identity is not of the signing domain.", nameof(options));
        if (!options.Fields.Concat(options.OverSigned).Contains("From", StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException("From must be among the signed fields.", nameof(options));
        _options = options;
        _key = key;
    }

    /// <summary>
    /// The field <c>DKIM-Signature</c> with its line end, to be put in front of the message (RFC 6376, 5.6). Neither the message
    /// nor its line ends may change afterwards.
    /// </summary>
    /// <param name="now">The time in <c>t=</c> (RFC 6376, 3.5).</param>
    /// <exception cref="ArgumentException">The header is larger than is read.</exception>
    public string Sign(RawMessage message, DateTimeOffset now)
    {
        if (message.IsCut)
            throw new ArgumentException("The header is too large to be signed.", nameof(message));
        List<string> names = [.. DkimSigningOptions.NamesFor(message, _options.Fields, _options.OverSigned)];
        List<(string Name, string Value)> tags =
        [
            ("v", "1"),
            ("a", _key.Algorithm.Name),
            ("c", $"{Form(_options.IsHeaderRelaxed)}/{Form(_options.IsBodyRelaxed)}"),
            ("d", _options.Domain),
            ("s", _options.Selector),
        ];
        if (_options.Identity is { } identity)
            tags.Add(("i", QuotedValue.Encode(identity)));
        tags.Add(("t", Seconds(now)));
        if (_options.Lifetime is { } lifetime)
            tags.Add(("x", Seconds(now + lifetime)));
        tags.Add(("h", string.Join(':', names)));
        tags.Add(("bh", SignatureMaker.BodyHash(message, _options.IsBodyRelaxed)));
        tags.Add(("b", ""));
        return SignatureMaker.Sign(DkimSignature.FieldName, tags, _options.IsHeaderRelaxed, _key, isSignatureBroken: true, SignatureMaker.Fields(message, names, _options.IsHeaderRelaxed));
    }

    internal static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Form(bool isRelaxed) => isRelaxed ? "relaxed" : "simple";
}
