using Platform.Engine.Links;

namespace Platform.Conformance.PublicSuffix;

/// <summary><c>psl-v1</c>: registrable domains by the <c>public_suffix_list.dat</c> beside the suite, in the form in which the question is put.</summary>
public sealed class PublicSuffixFormat : ISuiteFormat
{
    private const string ListName = "public_suffix_list.dat";

    private (string Folder, OrganisationalDomain Domains)? _last;

    public string Format => "psl-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        if (_last is not { } loaded || loaded.Folder != item.Folder)
            _last = loaded = (item.Folder, await LoadAsync(item.Folder, cancellationToken));
        var domain = item.Text("domain") ?? "";
        var found = loaded.Domains.Of(domain);
        var shown = found.Length == 0 ? null : System.Text.Ascii.IsValid(domain) ? found : OrganisationalDomain.ToUnicode(found);
        return CaseOutcome.Of(shown == item.Text("registrable"), $"'{shown}', expected '{item.Text("registrable")}'");
    }

    private static async Task<OrganisationalDomain> LoadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await PublicSuffixFile.ReadAsync(Path.Combine(folder, ListName), cancellationToken);
        }
        catch (PublicSuffixException exception)
        {
            throw new SuiteException(exception.Message, exception);
        }
    }
}
