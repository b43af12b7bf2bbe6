namespace Platform.Engine.Verdicts;

/// <summary>One weighed sign behind a verdict. The sentence in ja/en is made from the id and the arguments where it is shown.</summary>
/// <param name="Id">Stable kebab-case id of the sign, <c>reply-to-mismatch</c>.</param>
/// <param name="Weight">Points this reason added to the score (negative where it speaks for the message).</param>
/// <param name="Arguments">Values for the sentence, by name; hostile, escape where shown.</param>
public sealed record Reason(string Id, int Weight, Evidence Evidence, IReadOnlyDictionary<string, string> Arguments);
