using Platform.Engine.Links;

namespace Platform.Conformance.PublicSuffix;

/// <summary><c>psl-v1</c>: registrable domains by the <c>public_suffix_list.dat</c> beside the suite, in the form in which the question is put.</summary>
public sealed class PublicSuffixFormat : ISuiteFormat
{
    private const string ListName = "public_suffix_list.dat";

    private (string Folder, OrganisationalDomain Domains)? _last;

    public string Format => "psl-v1";

    public ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_last is not { } loaded || loaded.Folder != item.Folder)
            _last = loaded = (item.Folder, Load(item.Folder));
        var domain = item.Text("domain") ?? "";
        var found = loaded.Domains.Of(domain);
        var shown = found.Length == 0 ? null : System.Text.Ascii.IsValid(domain) ? found : OrganisationalDomain.ToUnicode(found);
        return ValueTask.FromResult(CaseOutcome.Of(shown == item.Text("registrable"), $"'{shown}', expected '{item.Text("registrable")}'"));
    }

    private static OrganisationalDomain Load(string folder)
    {
        try
        {
            return PublicSuffixFile.Open(Path.Combine(folder, ListName));
        }
        catch (PublicSuffixException exception)
        {
            throw new SuiteException(exception.Message, exception);
        }
    }
}
