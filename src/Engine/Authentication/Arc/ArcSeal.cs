using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>An ARC-Seal field (RFC 8617, 4.1.3): a signature over ARC fields alone, with the chain's state in <c>cv=</c>.</summary>
internal sealed record ArcSeal(RawField Field, KeyUse Key, byte[] Signature, string Validation, (int Start, int End) SignatureRange)
{
    public const string FieldName = "ARC-Seal";

    private const int MaxTimeDigits = 12;

    public static ArcSeal? Parse(RawField field, TagList tags, out string fault)
    {
        fault = "";
        foreach (var required in (ReadOnlySpan<string>)["a", "b", "cv", "d", "s"])
            if (!tags.Has(required))
                return Refuse($"there is no {required}= tag", out fault);
        if (tags.Has("h"))
            return Refuse("h= must not be there", out fault);
        if (tags.Number("t", MaxTimeDigits) < 0)
            return Refuse("t= is no number", out fault);
        if (SigningDomain.Normalise(tags.Compact("d")!) is not { } domain || SigningDomain.Normalise(tags.Compact("s")!) is not { } selector)
            return Refuse("d= or s= is no name", out fault);
        if (!new KeyUse(selector, domain, DkimAlgorithm.RsaSha256).IsName)
            return Refuse("d= and s= together give no name to ask for", out fault);
        if (DkimAlgorithm.Named(tags.Text("a")!) is not { } algorithm)
            return Refuse("the algorithm in a= is not known", out fault);
        if (Base64Value.Decode(tags.Compact("b")!) is not { Length: > 0 } signature)
            return Refuse("b= is empty or no base64", out fault);
        var (start, end) = tags.RangeOf("b")!.Value;
        var offset = field.Octets.Length - field.Value.Length;
        return new ArcSeal(field, new KeyUse(selector, domain, algorithm), signature, tags.Text("cv")!, (start + offset, end + offset));
    }

    private static ArcSeal? Refuse(string what, out string fault)
    {
        fault = what;
        return null;
    }
}
