using GraphQL.Validation;
using GraphQL.Validation.Complexity;
using Platform.Api.Edge;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Transport;

/// <summary>How deep a document may nest and what it may cost, by who asks. docs/api.md holds the table and how cost is counted.</summary>
/// <param name="Depth">Levels of fields; deep enough for the introspection query of common tools, whose type references nest.</param>
/// <param name="Cost">Fields that the document may touch, lists counted by their page size.</param>
internal sealed record CostLimits(int Depth, int Cost)
{
    /// <summary>A program of a tenant: pages of 200 messages with all that an analyst sees of them.</summary>
    public static CostLimits Client { get; } = new(20, 30_000);

    /// <summary>A person: what a screen shows.</summary>
    public static CostLimits Person { get; } = new(20, 15_000);

    /// <summary>Who looks after many tenants at once.</summary>
    public static CostLimits Msp { get; } = new(20, 60_000);

    public static CostLimits For(Scope scope) =>
        scope.MspId is not null ? Msp : scope.IsPerson ? Person : Client;
}

/// <param name="Limits">Of the caller.</param>
internal sealed record DocumentCost(double Cost, int Depth, CostLimits Limits)
{
    private const string Mark = "platform.cost";

    /// <summary>Refuses what costs more than its caller may spend, before any of it runs, and keeps the cost for who asked to be told.</summary>
    public static Task CheckAsync(ComplexityValidationContext context)
    {
        var validation = context.ValidationContext;
        var limits = CostLimits.For(validation.RequestServices!.GetRequiredService<CallerContext>().Current.Scope);
        var cost = new DocumentCost(Math.Ceiling(context.TotalImpact), context.MaxDepth, limits);
        validation.UserContext[Mark] = cost;
        if (cost.Cost > limits.Cost)
            context.Error = new CostError($"The document is too complex: it costs {cost.Cost:F0} and may cost {limits.Cost}. Ask for smaller pages, or for less at a time.");
        else if (cost.Depth > limits.Depth)
            context.Error = new CostError($"The document is too complex: it is {cost.Depth} levels deep and may be {limits.Depth}.");
        return Task.CompletedTask;
    }

    /// <summary>Null when the document was refused before it was weighed.</summary>
    public static DocumentCost? Of(IDictionary<string, object?> userContext) => userContext.TryGetValue(Mark, out var cost) ? (DocumentCost?)cost : null;

    /// <summary>As <c>extensions.cost</c>.</summary>
    public Dictionary<string, object?> ToExtension() => new() { ["requested"] = Cost, ["limit"] = Limits.Cost, ["depth"] = Depth, ["depthLimit"] = Limits.Depth };
}

internal sealed class CostError : ValidationError
{
    public CostError(string message)
        : base(message) => Code = ErrorCodes.DocumentTooCostly;
}
