namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// What DKIM-Signature (RFC 6376, 3.5) and ARC-Message-Signature (RFC 8617, 4.1.2) have in common. What could be read is
/// there even when <see cref="Fault"/> says that the signature cannot be used.
/// </summary>
internal sealed class SignatureTags
{
    private const int MaxSignedNames = 1000;
    private const int MaxTimeDigits = 12;
    private const int MaxLengthDigits = 76;

    private readonly string _defaultForms;

    private SignatureTags(RawField field, string defaultForms)
    {
        Field = field;
        _defaultForms = defaultForms;
    }

    public RawField Field { get; }

    public TagList? List { get; private set; }

    /// <summary>Null when the signature can be verified.</summary>
    public DkimFinding? Fault { get; private set; }

    /// <summary>Lower-case A-labels; empty when <c>d=</c> cannot be read.</summary>
    public string Domain { get; private set; } = "";

    public string Selector { get; private set; } = "";

    /// <summary>As written; empty when absent.</summary>
    public string AlgorithmName { get; private set; } = "";

    public DkimAlgorithm Algorithm { get; private set; } = DkimAlgorithm.RsaSha256;

    public KeyUse Key => new(Selector, Domain, Algorithm);

    public BodyUse Body => new(IsBodyRelaxed, Algorithm.Hash, BodyLength ?? long.MaxValue);

    public bool IsHeaderRelaxed { get; private set; }

    public bool IsBodyRelaxed { get; private set; }

    /// <summary>In the order of <c>h=</c>.</summary>
    public IReadOnlyList<string> SignedNames { get; private set; } = [];

    public byte[] BodyHash { get; private set; } = [];

    public byte[] Signature { get; private set; } = [];

    /// <summary>Octets of the canonical body that are signed; null for all.</summary>
    public long? BodyLength { get; private set; }

    /// <summary>Seconds since 1970; null when absent.</summary>
    public long? SignedAt { get; private set; }

    public long? ExpiresAt { get; private set; }

    /// <summary>The value of <c>b=</c> in <see cref="Field"/>, with the white space around it.</summary>
    public (int Start, int End) SignatureRange { get; private set; }

    /// <param name="defaultForms">What holds without a <c>c=</c>.</param>
    public static SignatureTags Parse(RawField field, string defaultForms = "simple/simple")
    {
        var signature = new SignatureTags(field, defaultForms);
        signature.Fault = signature.Read();
        return signature;
    }

    public bool Signs(string name)
    {
        foreach (var signed in SignedNames)
            if (signed.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>Why the signature counts no longer; null while it does.</summary>
    public DkimFinding? FaultAt(DateTimeOffset now, TimeSpan skew)
    {
        var seconds = now.ToUnixTimeSeconds();
        return ExpiresAt < seconds - (long)skew.TotalSeconds
            ? DkimFinding.Permanent(DkimReason.Expired, $"expired {seconds - ExpiresAt} seconds ago")
            : null;
    }

    private DkimFinding? Read()
    {
        var value = Field.Value;
        if (value.Span is [.., (byte)'\n'])
            value = value[..^(value.Span is [.., (byte)'\r', _] ? 2 : 1)];
        List = TagList.Parse(value, out var wrong);
        if (List is null)
            return DkimFinding.Syntax(wrong);
        if (List.RangeOf("b") is var (start, end))
        {
            var offset = Field.Octets.Length - Field.Value.Length;
            SignatureRange = (start + offset, end + offset);
        }

        Domain = SigningDomain.Normalise(List.Compact("d") ?? "") ?? "";
        Selector = SigningDomain.Normalise(List.Compact("s") ?? "") ?? "";
        AlgorithmName = List.Text("a") ?? "";
        return ReadNames() ?? ReadTimes() ?? ReadMethods() ?? ReadOctets();
    }

    private DkimFinding? ReadNames()
    {
        foreach (var required in (ReadOnlySpan<string>)["a", "b", "bh", "d", "h", "s"])
            if (!List!.Has(required))
                return DkimFinding.Permanent(DkimReason.MissingTag, $"there is no {required}= tag");
        if (Domain.Length == 0 || Selector.Length == 0)
            return DkimFinding.Syntax("the domain in d= or the selector in s= is no name");
        if (!Key.IsName)
            return DkimFinding.Syntax("d= and s= together give no name to ask for");
        var names = List!.Text("h")!.Split(':', MaxSignedNames + 1);
        if (names.Length > MaxSignedNames)
            return DkimFinding.Syntax($"h= names more than {MaxSignedNames} fields");
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = names[index].Trim(' ', '\t', '\r', '\n');
            if (names[index].Length == 0 || names[index].AsSpan().ContainsAnyExceptInRange('!', '~'))
                return DkimFinding.Syntax("h= holds something that is no field name");
        }

        SignedNames = names;
        return null;
    }

    private DkimFinding? ReadTimes()
    {
        SignedAt = List!.Number("t", MaxTimeDigits);
        ExpiresAt = List.Number("x", MaxTimeDigits);
        BodyLength = List.Number("l", MaxLengthDigits);
        if (SignedAt < 0 || ExpiresAt < 0 || BodyLength < 0)
            return DkimFinding.Syntax("t=, x= or l= is no number");
        return ExpiresAt <= SignedAt ? DkimFinding.Syntax("x= is not later than t=") : null;
    }

    private DkimFinding? ReadMethods()
    {
        if (DkimAlgorithm.Named(AlgorithmName) is not { } algorithm)
            return DkimFinding.Permanent(DkimReason.UnknownAlgorithm, "the algorithm in a= is not known");
        Algorithm = algorithm;
        var methods = List!.Text("c") ?? _defaultForms;
        var slash = methods.IndexOf('/', StringComparison.Ordinal);
        var header = slash < 0 ? methods : methods[..slash];
        var body = slash < 0 ? "simple" : methods[(slash + 1)..];
        if (header is not ("simple" or "relaxed") || body is not ("simple" or "relaxed"))
            return DkimFinding.Permanent(DkimReason.UnknownAlgorithm, "the canonicalisation in c= is not known");
        IsHeaderRelaxed = header == "relaxed";
        IsBodyRelaxed = body == "relaxed";
        return List.Compact("q") is { } query && !query.Split(':').Contains("dns/txt")
            ? DkimFinding.Permanent(DkimReason.UnknownQueryMethod, "q= names no method that is known")
            : null;
    }

    private DkimFinding? ReadOctets()
    {
        if (Base64Value.Decode(List!.Compact("b")!) is not { Length: > 0 } signature)
            return DkimFinding.Syntax("b= is empty or no base64");
        if (Base64Value.Decode(List.Compact("bh")!) is not { Length: > 0 } hash)
            return DkimFinding.Syntax("bh= is empty or no base64");
        Signature = signature;
        BodyHash = hash;
        return null;
    }
}
