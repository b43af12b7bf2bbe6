using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Grains.Accounts;

namespace Platform.Grains.Tests.Accounts;

public sealed class AccountPlacesTests
{
    private static readonly AccountPlace s_place = new("192.0.2.7", "JP", 64_500, DateTimeOffset.UnixEpoch, "submission");

    private readonly AccountGrains _grains = (AccountGrains)DispatchProxy.Create<IGrainFactory, AccountGrains>();
    private readonly AccountPlaces _places;

    public AccountPlacesTests() => _places = new AccountPlaces((IGrainFactory)(object)_grains, new FakeTimeProvider(), NullLogger<AccountPlaces>.Instance);

    [Fact]
    public async Task A_place_that_could_not_be_noted_is_noted_the_next_time()
    {
        _grains.Answer = () => throw new TimeoutException();
        await SeenAsync();
        _grains.Answer = () => Task.FromResult<AccountTravel?>(null);
        await SeenAsync();

        Assert.Equal(2, _grains.Calls);
    }

    [Fact]
    public async Task A_place_that_was_noted_is_not_noted_again_soon()
    {
        await SeenAsync();
        await SeenAsync();

        Assert.Equal(1, _grains.Calls);
    }

    private Task<AccountTravel?> SeenAsync() => _places.SeenAsync(Guid.Empty, "info@acme.test", s_place, TestContext.Current.CancellationToken);

    /// <summary>Gives out one account grain that answers as it is told.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "A proxy is derived from it.")]
    public class AccountGrains : DispatchProxy
    {
        private readonly IAccountGrain _grain;

        public AccountGrains()
        {
            _grain = Create<IAccountGrain, AccountGrain>();
            ((AccountGrain)(object)_grain).Grains = this;
        }

        public Func<Task<AccountTravel?>> Answer { get; set; } = () => Task.FromResult<AccountTravel?>(null);

        public int Calls { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "A proxy is derived from it.")]
        public class AccountGrain : DispatchProxy
        {
            public AccountGrains Grains { get; set; } = null!;

            protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            {
                Grains.Calls++;
                return Grains.Answer();
            }
        }
    }
}
