namespace Platform.Fuzz.Targets;

/// <summary>A parser of hostile input and what it promises; throws where a promise is broken.</summary>
public delegate void FuzzAction(ReadOnlySpan<byte> input);

/// <param name="Seeds">Good and bad input from which mutation starts.</param>
/// <param name="Tokens">Pieces that mean something to the parser: far likelier to go deep than random octets.</param>
public sealed record FuzzTarget(string Name, FuzzAction Run, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Tokens);
