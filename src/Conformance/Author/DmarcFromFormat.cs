using System.Text;
using Platform.Engine.Authentication.Author;

namespace Platform.Conformance.Author;

/// <summary><c>dmarc-from-v1</c>: the author domain of a raw From value; empty where there is no single one.</summary>
public sealed class DmarcFromFormat : ISuiteFormat
{
    public string Format => "dmarc-from-v1";

    public ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(item.Text("from_header") ?? ""));
        var author = FromReader.Read([octets]);
        return ValueTask.FromResult(CaseOutcome.Of(author.Domain == item.Text("expect"), $"'{author.Domain}' ({author.Fault}), expected '{item.Text("expect")}'"));
    }
}
