using Platform.Storage.Directory;

namespace Platform.Storage.Transactions;

/// <summary>A move that a person or program asked for.</summary>
internal static class MoveCommand
{
    /// <summary>Runs the move; what it throws as <see cref="RefusedException"/> rolls it back and is the answer.</summary>
    public static async Task<CommandResult<T>> CommandAsync<T>(this IMoveRunner moves, Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken)
    {
        try
        {
            return new CommandResult<T>(await moves.RunAsync(move, cancellationToken), null, null);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal.As<T>();
        }
    }
}
