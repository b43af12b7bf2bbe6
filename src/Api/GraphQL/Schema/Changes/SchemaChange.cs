namespace Platform.Api.GraphQL.Schema.Changes;

/// <summary>What a change of the schema means to a program written against the one before.</summary>
internal enum ChangeLevel
{
    /// <summary>Nothing it sends is refused and nothing it reads is missing.</summary>
    Safe,

    /// <summary>Its documents stay valid, but it may meet what it does not know: a new value of an enum, another default.</summary>
    Dangerous,

    /// <summary>A document that was valid is refused, or an answer lacks what was promised.</summary>
    Breaking,
}

/// <param name="Place">What changed: <c>Message.subject</c>, <c>Query.messages(first:)</c>.</param>
/// <param name="Sentence">How, in a sentence that names the place.</param>
internal sealed record SchemaChange(ChangeLevel Level, string Place, string Sentence);
