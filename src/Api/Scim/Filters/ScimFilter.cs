namespace Platform.Api.Scim.Filters;

// Filters of SCIM (RFC 7644, 3.4.2.2): attribute expressions such as userName eq "a", joined by and, or, not and brackets; behind a
// multi-valued attribute a filter of its own stands in square brackets, as in emails[type eq "work"]. Names and operators are read without
// regard to case. The same grammar makes the paths of PATCH (3.5.2).

/// <summary>How an attribute is compared.</summary>
internal enum ScimOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>There is a value.</summary>
    Present,
}

internal abstract record ScimFilter
{
    private ScimFilter()
    {
    }

    public sealed record And(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Or(ScimFilter Left, ScimFilter Right) : ScimFilter;

    public sealed record Not(ScimFilter Inner) : ScimFilter;

    /// <param name="Value">Text, number (<see cref="decimal"/>), <see cref="bool"/> or null.</param>
    public sealed record Compare(ScimAttribute Attribute, ScimOperator Operator, object? Value) : ScimFilter;

    /// <summary>Holds for one of the values of a multi-valued attribute.</summary>
    public sealed record Some(ScimAttribute Attribute, ScimFilter Inner) : ScimFilter;
}

/// <summary>An attribute by its name, of a schema where one is named, with a sub-attribute where one is.</summary>
/// <param name="Schema">A URN; null: of the resource's own.</param>
internal sealed record ScimAttribute(string? Schema, string Name, string? Sub)
{
    /// <summary>Without the schema, in lower case: <c>name.familyname</c>.</summary>
    public string Key => (Sub is null ? Name : $"{Name}.{Sub}").ToLowerInvariant();

    public override string ToString() => (Schema is null ? "" : Schema + ":") + (Sub is null ? Name : $"{Name}.{Sub}");
}

/// <summary>What a PATCH changes: <c>attribute</c>, <c>attribute[filter]</c>, <c>attribute[filter].sub</c>.</summary>
internal sealed record ScimPath(ScimAttribute Attribute, ScimFilter? Filter);
