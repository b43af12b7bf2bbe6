using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>Adds a set to the chain of a message that is passed on (RFC 8617, 5.1). May be used by several threads.</summary>
public sealed class ArcSealer
{
    private readonly ArcSealingOptions _options;
    private readonly DkimPrivateKey _key;

    /// <exception cref="ArgumentException">The domain or selector is no name, From is not signed, or an ARC or Authentication-Results field is (RFC 8617, 4.1.2).</exception>
    public ArcSealer(ArcSealingOptions options, DkimPrivateKey key)
    {
        if (SigningDomain.Normalise(options.Domain) is null || SigningDomain.Normalise(options.Selector) is null)
            throw new ArgumentException("The sealing domain or the selector is no domain name.", nameof(options));
        string[] names = [.. options.Fields, .. options.OverSigned];
        if (!names.Contains("From", StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException("From must be among the signed fields.", nameof(options));
        if (names.Intersect(["Authentication-Results", ArcSeal.FieldName, ArcSet.MessageName, ArcSet.ResultsName], StringComparer.OrdinalIgnoreCase).Any())
            throw new ArgumentException("ARC fields and Authentication-Results must not be among the signed fields.", nameof(options));
        _options = options;
        _key = key;
    }

    /// <summary>
    /// The three fields with their line ends, to be put in front of the message in this order: seal, message signature, results.
    /// Empty when nothing may be added: the chain was already sealed as failed, or has 50 sets (RFC 8617, 4.2.1 and 5.1).
    /// </summary>
    /// <param name="message">As it leaves, all other changes made (RFC 8617, 5.1, step 1).</param>
    /// <param name="validation">Of the message as it came; its result becomes <c>cv=</c> (RFC 8617, 4.4).</param>
    /// <param name="authenticationResults">The findings from the authserv-id on, as in Authentication-Results (RFC 8601, 2.2); line ends in it are taken for white space.</param>
    public IReadOnlyList<string> Seal(RawMessage message, ArcReport validation, string authenticationResults, DateTimeOffset now)
    {
        var instance = validation.HighestInstance + 1;
        if (validation.IsTerminated || instance > ArcChain.MaxInstance || message.IsCut)
            return [];
        var number = instance.ToString(CultureInfo.InvariantCulture);
        var results = $"{ArcSet.ResultsName}: i={number}; {Folded(authenticationResults)}\r\n";
        var signature = SignMessage(message, number, now);
        var resultsField = new RawField(Encoding.UTF8.GetBytes(results));
        var signatureField = new RawField(Encoding.UTF8.GetBytes(signature));
        List<(string Name, string Value)> tags =
        [
            ("a", _key.Algorithm.Name),
            ("b", ""),
            ("cv", validation.Result switch { AuthenticationResult.None => "none", AuthenticationResult.Pass => "pass", _ => "fail" }),
            ("d", _options.Domain),
            ("i", number),
            ("s", _options.Selector),
            ("t", DkimSigner.Seconds(now)),
        ];
        var seal = SignatureMaker.Sign(ArcSeal.FieldName, tags, isRelaxed: true, _key, isSignatureBroken: true, header =>
        {
            WriteEarlierSets(header, message, validation);
            ArcScope.WriteOpenSet(header, resultsField, signatureField);
        });
        return [seal, signature, results];
    }

    // A seal that closes a failed chain signs its own set alone (RFC 8617, 5.1.2).
    private static void WriteEarlierSets(IBufferWriter<byte> header, RawMessage message, ArcReport validation)
    {
        if (validation.Result != AuthenticationResult.Pass)
            return;
        foreach (var set in ArcChain.Read(message).Sets)
            ArcScope.WriteSet(header, set);
    }

    private string SignMessage(RawMessage message, string instance, DateTimeOffset now)
    {
        List<string> names = [.. DkimSigningOptions.NamesFor(message, _options.Fields, _options.OverSigned)];
        List<(string Name, string Value)> tags =
        [
            ("a", _key.Algorithm.Name),
            ("b", ""),
            ("bh", SignatureMaker.BodyHash(message, isRelaxed: true)),
            ("c", "relaxed/relaxed"),
            ("d", _options.Domain),
            ("h", string.Join(':', names)),
            ("i", instance),
            ("s", _options.Selector),
            ("t", DkimSigner.Seconds(now)),
        ];

        // The seal signs this field: a line break within b= would count there as a space.
        return SignatureMaker.Sign(ArcSet.MessageName, tags, isRelaxed: true, _key, isSignatureBroken: false, SignatureMaker.Fields(message, names, isRelaxed: true));
    }

    // White space of any kind becomes one space, and each result a line, so that nothing in it can end the field.
    private static string Folded(string results)
    {
        var words = results.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Replace("; ", ";\r\n ", StringComparison.Ordinal);
    }
}
