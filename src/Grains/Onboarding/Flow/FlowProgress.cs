using Platform.Storage.Onboarding.Flow;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>What a step found.</summary>
/// <param name="Code">Its words stand under this name in <see cref="OnboardingWording"/>.</param>
internal sealed record FlowFinding(FlowStepState State, string Code, params IReadOnlyList<(string Name, string Value)> Values)
{
    public bool IsGood => State is FlowStepState.Passed or FlowStepState.Warned;

    public static FlowFinding Skipped { get; } = new(FlowStepState.Skipped, "");
}

/// <summary>The steps of one run as they go; each beginning and end is written, so that whoever looks sees it.</summary>
internal sealed class FlowProgress(IFlowChecks checks, FlowJob job, TimeSpan lease, TimeProvider clock)
{
    private const int MaxValue = 300;

    private readonly FlowStep[] _steps = [.. FlowStep.New];

    public IReadOnlyList<FlowStep> Steps => _steps;

    /// <exception cref="OperationCanceledException">The lease was lost: another process goes on.</exception>
    public async Task<FlowFinding> RunAsync(FlowStepKind kind, Func<Task<FlowFinding>> step, CancellationToken cancellationToken)
    {
        var at = Array.FindIndex(_steps, known => known.Kind == kind);
        _steps[at] = _steps[at] with { State = FlowStepState.Running, StartedAt = clock.GetUtcNow() };
        await SaveAsync(cancellationToken);
        var found = await step();
        _steps[at] = _steps[at] with
        {
            State = found.State,
            EndedAt = clock.GetUtcNow(),
            Code = found.Code,
            Values = found.Values.ToDictionary(pair => pair.Name, pair => Clean(pair.Value)),
        };
        await SaveAsync(cancellationToken);
        return found;
    }

    /// <summary>From outside, shown to people: one line, without control characters.</summary>
    private static string Clean(string value) => new([.. (value.Length <= MaxValue ? value : value[..MaxValue]).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (!await checks.SaveAsync(job, _steps, lease, cancellationToken))
            throw new OperationCanceledException("The lease of the check was lost.");
    }
}
