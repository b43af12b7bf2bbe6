namespace Platform.Engine.Authentication.Results;

/// <summary>One Authentication-Results field (RFC 8601, 2.2).</summary>
/// <param name="ServiceId">The authserv-id: who claims to have looked (RFC 8601, 2.5).</param>
/// <param name="Version">Of the field's format; null is 1 (RFC 8601, 2.6).</param>
/// <param name="Results">Empty for <c>none</c> (RFC 8601, 2.2).</param>
/// <param name="IsMalformed">Something was passed over that the form does not allow (RFC 8601, 2.2).</param>
public sealed record ResultsField(string ServiceId, int? Version, IReadOnlyList<MethodResult> Results, bool IsMalformed = false);

/// <summary>What one method found (RFC 8601, 2.2 and 2.7).</summary>
/// <param name="Method">Lower-case: <c>spf</c>, <c>dkim</c>, <c>dmarc</c>, <c>arc</c> or any other (RFC 8601, 2.7).</param>
/// <param name="Version">Of the method; null is 1 (RFC 8601, 2.6).</param>
/// <param name="Result">Lower-case: <c>pass</c>, <c>fail</c> (RFC 8601, 2.7).</param>
/// <param name="Reason">For people (RFC 8601, 2.2); null without one.</param>
/// <param name="Properties">What it looked at (RFC 8601, 2.3), in the order of the field.</param>
public sealed record MethodResult(string Method, int? Version, string Result, string? Reason, IReadOnlyList<ResultProperty> Properties)
{
    /// <summary>The value of the first property of that name, such as <c>header</c>, <c>d</c> (RFC 8601, 2.3); null without one.</summary>
    public string? Value(string type, string name) =>
        Properties.FirstOrDefault(property => property.Type.Equals(type, StringComparison.OrdinalIgnoreCase) && property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}

/// <summary>What the method looked at (RFC 8601, 2.3): <c>smtp.mailfrom=a@b.test</c>.</summary>
/// <param name="Type">Lower-case: <c>smtp</c>, <c>header</c>, <c>body</c>, <c>policy</c> (RFC 8601, 2.3).</param>
/// <param name="Name">Lower-case (RFC 8601, 2.3).</param>
/// <param name="Value">Without quotes (RFC 8601, 2.2).</param>
public sealed record ResultProperty(string Type, string Name, string Value);
