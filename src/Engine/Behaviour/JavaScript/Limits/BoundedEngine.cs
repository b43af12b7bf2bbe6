using System.Globalization;
using Jint;

namespace Platform.Engine.Behaviour.JavaScript.Limits;

/// <summary>The interpreter with every bound that it knows itself.</summary>
internal static class BoundedEngine
{
    private const uint MostElements = 4_000_000;
    private const long MostAllocatedAtOnce = 128L * 1024 * 1024;

    private static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(700);

    public static Jint.Engine Make(StepCounter steps, FakeClock clock, NamedElements names) => new(options =>
    {
        options.Constraint(steps);
        options.LimitMemory(MostAllocatedAtOnce);
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxArraySize = MostElements;
        options.Constraints.RegexTimeout = RegexTime;
        options.Constraints.PromiseTimeout = TimeSpan.FromMilliseconds(1);
        options.Constraints.MaxAtomicsPauseIterations = 1;
        options.AgentCanSuspend = false;
        options.SetReferencesResolver(names, Jint.Runtime.Interop.ReferenceResolverInterests.UnresolvableReference);
        options.Culture = CultureInfo.InvariantCulture;
        options.TimeZone = clock.DefaultTimeZone;
        options.TimeSystem = clock;
        options.RetainFunctionSourceText = true;
    });
}
