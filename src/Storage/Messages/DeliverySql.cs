using System.Collections.Frozen;

namespace Platform.Storage.Messages;

/// <summary>Parts of SQL made from the one table of moves, and the names of states in it.</summary>
internal static class DeliverySql
{
    private static readonly FrozenDictionary<DeliveryState, string> FromStates = Enum.GetValues<DeliveryState>()
        .ToFrozenDictionary(to => to, to => string.Join(", ", DeliveryMoves.Into(to).Select(from => $"'{from}'")));

    /// <summary>What a relay may claim.</summary>
    public const string Relayable = $"'{nameof(DeliveryState.Queued)}', '{nameof(DeliveryState.Released)}'";

    public const string Received = $"'{nameof(DeliveryState.Received)}'";

    /// <summary>On the way out and not yet the relay's.</summary>
    public const string Staged = $"'{nameof(DeliveryState.AwaitingConfirmation)}', '{nameof(DeliveryState.Waiting)}', '{nameof(DeliveryState.AwaitingApproval)}'";

    /// <summary>The states that may move to <paramref name="to"/>, for <c>state IN (...)</c>.</summary>
    public static string Into(DeliveryState to) => FromStates[to];

    /// <summary>The wire name: upper snake case.</summary>
    public static string WireName(DeliveryState state) =>
        string.Concat(state.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : letter.ToString())).ToUpperInvariant();
}
