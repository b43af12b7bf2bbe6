namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>A piece of a document; formats write it in their own way.</summary>
internal abstract record Block
{
    public sealed record Line(string Text) : Block;

    public sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
}

/// <summary>A document and what is in it.</summary>
/// <param name="Kind">The maker, for reports: <c>my-number: form</c>.</param>
/// <param name="Classes">Classes of personal data that it holds; none for a look-alike.</param>
internal sealed record DataDocument(string Kind, IReadOnlyList<Block> Blocks, params IReadOnlyList<string> Classes);

/// <summary>A mail with the document as its body or as a file.</summary>
/// <param name="Carrier">How the document goes: <c>body</c>, <c>xlsx</c>, <c>zip/csv</c>.</param>
internal sealed record DataMail(DataDocument Document, string Carrier, byte[] Mail);
