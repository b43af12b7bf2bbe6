using Platform.Engine.Language;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A stranger under the name of somebody of the tenant, the usual opening of business mail compromise.</summary>
internal sealed class OwnPersonImpersonation : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("own-person-impersonation", "The display name is that of one of the tenant's own people, the address is not theirs.", "ATT&CK T1656; X.1236 7.2.1", "name", "address")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender.Address is null || sender.IsOwn || sender.Name.Length < 2)
            yield break;
        var name = Letters(sender.Name);
        foreach (var person in input.Context.People)
        {
            var own = Letters(NormalText.Fold(person.Name));
            if (own.Length < 2 || person.Address.Equals(sender.Address.Address, StringComparison.OrdinalIgnoreCase))
                continue;
            if (name != own && name != Reversed(person.Name))
                continue;
            yield return new Sign("own-person-impersonation", Seen.Header(input, "From"), ("name", person.Name), ("address", sender.Address.Address));
            yield break;
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    // Family name first or last: both orders are in use.
    private static string Reversed(string name) => Letters(string.Concat(NormalText.Fold(name).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Reverse()));
}
