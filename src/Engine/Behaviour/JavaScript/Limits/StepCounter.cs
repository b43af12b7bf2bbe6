using Jint;
using Platform.Engine.Mail;

namespace Platform.Engine.Behaviour.JavaScript.Limits;

/// <summary>A script has had its share, or more than a script may have.</summary>
internal sealed class OutOfBudgetException : Exception;

/// <summary>
/// Counts what a script does: a step a statement or call, and more for what takes or goes over much memory at once. As a last resort
/// time is looked at: a single native call may take long in ways that nobody thought of.
/// </summary>
internal sealed class StepCounter(EmulationBudget budget) : Constraint
{
    private const int OctetsPerStep = 512;
    private const long MostAllocated = 160L * 1024 * 1024;
    private const int LookEvery = 32;

    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(10);

    private readonly SpentTime _spent = new(TimeProvider.System);
    private readonly long _before = GC.GetAllocatedBytesForCurrentThread();
    private long _charged;
    private int _checks;

    public override void Check()
    {
        Charge(1);
        if (++_checks % LookEvery == 0)
            Look();
    }

    // Called at each entry into the interpreter; the budget is that of the mail and is never given back.
    public override void Reset()
    {
    }

    public void Charge(long steps)
    {
        if (!budget.TakeSteps(steps))
            throw new OutOfBudgetException();
    }

    private void Look()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
        Charge((allocated - _charged) / OctetsPerStep);
        _charged = allocated;
        if (allocated > MostAllocated || _spent.Value > LastResort)
        {
            budget.MarkCut();
            throw new OutOfBudgetException();
        }
    }
}
