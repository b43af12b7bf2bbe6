using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>
/// What a script put off: timers, frames, answers of the network. Run in the order of their time, and one repeated by interval
/// only a few times; the clock leaps to each.
/// </summary>
internal sealed class Jobs(World world)
{
    private const int MostRuns = 600;
    private const int MostRepeats = 12;
    private const int MostWaiting = 2_000;

    private readonly PriorityQueue<Job, (double Due, int Order)> _waiting = new();
    private readonly HashSet<int> _cancelled = [];
    private double _time;
    private int _last;
    private int _runs;

    public int Add(JsValue function, double delay, JsValue[] arguments, bool repeat = false)
    {
        if (!function.IsCallable())
            return Add(() => world.Evaluate(TypeConverter.ToString(function)), delay, repeat);
        return Add(() => world.Engine.Call(function, JsValue.Undefined, arguments), delay, repeat);
    }

    public int Add(Action run, double delay = 0, bool repeat = false)
    {
        var id = ++_last;
        if (_waiting.Count < MostWaiting)
            Enqueue(new Job(id, run, double.IsFinite(delay) ? Math.Clamp(delay, 0, 3_600_000) : 0, repeat ? MostRepeats : 1));
        return id;
    }

    public void Cancel(int id) => _cancelled.Add(id);

    /// <summary>Runs until nothing waits any more, or enough was run.</summary>
    public void RunAll()
    {
        world.Settle();
        while (!world.Ended && _waiting.TryDequeue(out var job, out var when))
        {
            if (_cancelled.Contains(job.Id))
                continue;
            if (++_runs > MostRuns)
                return;
            if (when.Due > _time)
            {
                world.Clock.Advance(when.Due - _time);
                _time = when.Due;
            }

            world.Guard(job.Run);
            world.Settle();
            if (job.RunsLeft > 1 && !_cancelled.Contains(job.Id))
                Enqueue(job with { RunsLeft = job.RunsLeft - 1 });
        }
    }

    private void Enqueue(Job job) => _waiting.Enqueue(job, (_time + job.Delay, _runs + ++_last));

    private sealed record Job(int Id, Action Run, double Delay, int RunsLeft);
}
