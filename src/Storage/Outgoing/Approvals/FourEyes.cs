namespace Platform.Storage.Outgoing.Approvals;

/// <summary>
/// One person decides one step of a chain, in one place of it, so that two steps are two people. Whether that can be said of the steps that
/// are left is asked where a chain is made and where nobody decided in time.
/// </summary>
internal static class FourEyes
{
    /// <summary>Each step can be decided by people of its own; deputies are not looked at.</summary>
    public static bool Suffice(IReadOnlyList<StepPeople> steps)
    {
        HashSet<Guid> taken = [];
        foreach (var step in steps.Where(step => step.All))
        {
            if (step.People.Count == 0 || !step.People.All(taken.Add))
                return false;
        }

        List<List<Guid>> one = [.. steps.Where(step => !step.All).Select(step => step.People.Where(person => !taken.Contains(person)).ToList())];
        // A step with as many people as there are steps finds one whoever decided the others.
        return Fill([.. one.Where(people => people.Count < one.Count)], 0, []);
    }

    private static bool Fill(IReadOnlyList<List<Guid>> steps, int next, HashSet<Guid> taken)
    {
        if (next == steps.Count)
            return true;
        foreach (var person in steps[next].Where(taken.Add))
        {
            if (Fill(steps, next + 1, taken))
                return true;
            taken.Remove(person);
        }

        return false;
    }
}

/// <param name="All">Each of them decides; else any.</param>
internal sealed record StepPeople(IReadOnlyCollection<Guid> People, bool All);
