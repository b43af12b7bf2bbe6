namespace Platform.Engine.Verdicts;

/// <summary>Where in the message a reason was seen.</summary>
public enum EvidenceKind
{
    Header,
    Envelope,
    Link,
    Text,
    Attachment,
    Bytes,
    Structure,
    History,
    Network,
}

/// <summary>The very header, URL, byte range or cell a reason rests on.</summary>
/// <param name="Where">Header name, part path (<c>1.2</c>), attachment path (<c>invoice.zip/invoice.js</c>) or byte range (<c>120-155</c>).</param>
/// <param name="Value">The text seen there, at most <see cref="MaxValueLength"/> characters; hostile, escape where shown.</param>
public sealed record Evidence(EvidenceKind Kind, string Where, string Value)
{
    public const int MaxValueLength = 512;

    /// <summary>One line for lists and the scan output: <c>From: "Bank" &lt;x@y.test&gt;</c>.</summary>
    public override string ToString() => Where.Length == 0 ? Value : $"{Where}: {Value}";
}
