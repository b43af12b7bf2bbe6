using Platform.Api.Edge;

namespace Platform.Api.Tests.Edge;

public sealed class ContentTurnsTests : IDisposable
{
    private readonly ContentTurns _turns = new();

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task One_client_waits_for_its_own_turns_and_another_does_not()
    {
        var held = new List<IDisposable>();
        for (var i = 0; i < ContentTurns.AtATime; i++)
            held.Add(await _turns.TakeAsync("client:a", TestContext.Current.CancellationToken));

        var next = _turns.TakeAsync("client:a", TestContext.Current.CancellationToken).AsTask();
        var other = _turns.TakeAsync("client:b", TestContext.Current.CancellationToken).AsTask();

        Assert.Equal((false, true), (next.IsCompleted, other.IsCompleted));
        held[0].Dispose();
        (await next).Dispose();
        (await other).Dispose();
    }
}
