namespace Platform.Benchmarks.Detection.Samples;

/// <summary>Makes hostile mails of one kind, and their benign twins: what honest people send of the same format.</summary>
internal interface ISampleKind
{
    /// <summary>Kebab-case: <c>disk-image</c>, <c>html-smuggling</c>.</summary>
    string Name { get; }

    /// <summary>At least four hostile and four benign mails. Names, texts, keys and obfuscation follow <paramref name="random"/>; the same seed gives the same mails.</summary>
    IEnumerable<Sample> Make(Random random);
}
