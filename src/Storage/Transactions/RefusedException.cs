using Platform.Storage.Directory;

namespace Platform.Storage.Transactions;

/// <summary>Rolls a move back with an answer for the caller.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
