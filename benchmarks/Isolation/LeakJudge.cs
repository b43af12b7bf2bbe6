namespace Platform.Benchmarks.Isolation;

/// <summary>Says whether an answer to somebody else holds what is the owner's.</summary>
internal sealed class LeakJudge(IReadOnlyList<string> canaries, IReadOnlyList<string> ids)
{
    public bool HoldsCanary(string answer) => canaries.Any(canary => answer.Contains(canary, StringComparison.OrdinalIgnoreCase));

    public void Judge(string probe, string sent, ProbedAnswer given, List<Leak> leaks)
    {
        var answer = given.Headers + given.Body;
        foreach (var canary in canaries)
            if (answer.Contains(canary, StringComparison.OrdinalIgnoreCase))
                leaks.Add(new Leak(probe, "canary", canary));
        foreach (var id in ids)
            if (answer.Contains(id, StringComparison.Ordinal) && !sent.Contains(id, StringComparison.Ordinal))
                leaks.Add(new Leak(probe, "id", id));
    }
}
