namespace Platform.Engine.Detectors.Sender;

/// <summary>From fields that mail programs read differently.</summary>
internal sealed class FromShape : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("from-several", "More than one From field, or several authors: clients show one, filters may check another.", "RFC 5322 3.6.2; RFC 7489 6.6.1", "count"),
        new("from-malformed", "The From field holds no usable address.", "RFC 5322 3.6.2"),
        new("from-missing", "There is no From field.", "RFC 5322 3.6"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var fields = input.Message.HeadersNamed("From").ToList();
        if (fields.Count == 0)
        {
            yield return new Sign("from-missing", Seen.Header("From", ""));
            yield break;
        }

        var domains = input.Message.From.Select(from => input.Domains.Of(from.Domain)).Where(domain => domain.Length > 0).Distinct().Count();
        if (fields.Count > 1 || domains > 1)
            yield return new Sign("from-several", Seen.Header("From", string.Join(" / ", fields.Take(3).Select(field => field.Value))), ("count", Math.Max(fields.Count, input.Message.From.Count).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        else if (input.Sender.Address is null || input.Sender.Domain.Length == 0 || input.Sender.Address.LocalPart.Length == 0)
            yield return new Sign("from-malformed", Seen.Header(fields[0]));
    }
}
