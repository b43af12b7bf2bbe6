using Platform.Engine.Language;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A stranger under the name of somebody of the tenant, the usual opening of business mail compromise.</summary>
internal sealed class OwnPersonImpersonation : IDetector
{
    // A list returns a colleague's post, and a service his message, under an address of its own: "Name via List".
    private const int ThroughService = 50;

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("own-person-impersonation", "The display name is that of one of the tenant's own people, the address is not theirs.", "ATT&CK T1656; X.1236 7.2.1", "name", "address")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var sender in input.Senders)
        {
            var through = input.Senders.Count > 1 || sender.Person != sender.Name;
            if (sender.Address is null || sender.IsOwn || sender.Person.Length < 2 || through && Brands.Embedded.IsOfBrand(sender.OrganisationalDomain) || Find(sender, input) is not { } person)
                continue;
            yield return new Sign("own-person-impersonation", Seen.Header(input, "From"), ("name", person.Name), ("address", sender.Address.Address)) { Percent = through ? ThroughService : 100 };
            yield break;
        }
    }

    private static Person? Find(SenderView sender, DetectionInput input)
    {
        var name = Letters(sender.Person);
        foreach (var person in input.Context.People)
            if (Letters(NormalText.Fold(person.Name)) is { Length: >= 2 } own && !person.Address.Equals(sender.Address!.Address, StringComparison.OrdinalIgnoreCase) && (name == own || name == Reversed(person.Name)))
                return person;
        return null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    // Family name first or last: both orders are in use.
    private static string Reversed(string name) => Letters(string.Concat(NormalText.Fold(name).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Reverse()));
}
