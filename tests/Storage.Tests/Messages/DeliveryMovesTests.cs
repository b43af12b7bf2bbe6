using Platform.Storage.Messages;

namespace Platform.Storage.Tests.Messages;

public sealed class DeliveryMovesTests
{
    /// <summary>The whole table, each row one state: to Received, Queued, Delivered, Quarantined, Held, Rejected, Released, Failed, Deleted, Inspected, Waiting, AwaitingConfirmation, AwaitingApproval, Cancelled, Declined.</summary>
    private static readonly Dictionary<DeliveryState, string> Table = new()
    {
        [DeliveryState.Received] = ".Q.XHR...IWCA..",
        [DeliveryState.Queued] = "..DXH..F.......",
        [DeliveryState.Delivered] = "...............",
        [DeliveryState.Quarantined] = "......R.D...A..",
        [DeliveryState.Held] = "R.....R.D...A..",
        [DeliveryState.Rejected] = "...............",
        [DeliveryState.Released] = "..D....F.......",
        [DeliveryState.Failed] = "......R.D......",
        [DeliveryState.Deleted] = "...............",
        [DeliveryState.Inspected] = "........D......",
        [DeliveryState.Waiting] = ".Q..H.......AX.",
        [DeliveryState.AwaitingConfirmation] = ".Q..H.....W.AX.",
        [DeliveryState.AwaitingApproval] = ".Q..H........XD",
        [DeliveryState.Cancelled] = "...............",
        [DeliveryState.Declined] = "...............",
    };

    public static TheoryData<DeliveryState, DeliveryState> AllPairs()
    {
        var data = new TheoryData<DeliveryState, DeliveryState>();
        foreach (var from in Enum.GetValues<DeliveryState>())
        {
            foreach (var to in Enum.GetValues<DeliveryState>())
                data.Add(from, to);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void A_move_is_allowed_exactly_where_the_table_says(DeliveryState from, DeliveryState to) =>
        Assert.Equal(Table[from][(int)to] != '.', DeliveryMoves.IsAllowed(from, to));

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void The_states_into_another_are_the_allowed_moves_reversed(DeliveryState from, DeliveryState to) =>
        Assert.Equal(DeliveryMoves.IsAllowed(from, to), DeliveryMoves.Into(to).Contains(from));

    [Fact]
    public void What_was_called_back_or_declined_goes_nowhere() => Assert.DoesNotContain(
        Enum.GetValues<DeliveryState>(),
        to => DeliveryMoves.IsAllowed(DeliveryState.Cancelled, to) || DeliveryMoves.IsAllowed(DeliveryState.Declined, to));

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed)]
    public void What_the_relay_has_cannot_be_called_back(DeliveryState from) => Assert.False(DeliveryMoves.IsAllowed(from, DeliveryState.Cancelled));

    [Fact]
    public void Nothing_inspected_leaves_towards_the_relay_but_by_a_person_or_the_policy() =>
        Assert.Equal([DeliveryState.Queued, DeliveryState.Released], DeliveryMoves.Into(DeliveryState.Delivered).Order());
}
