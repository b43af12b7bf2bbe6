using GraphQL;
using GraphQL.Validation;
using GraphQLParser.AST;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Schema;

/// <summary>Asks <see cref="Access"/> for every field of a document before any of it runs. Introspection is open to whoever may reach the endpoint.</summary>
internal sealed class PermissionRule : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);

    private static readonly MatchingNodeVisitor<GraphQLField> Visitor = new((node, context) =>
    {
        var field = context.TypeInfo.GetFieldDef();
        if (field is null || node.Name.Value.Span.StartsWith("__"))
            return;
        var parent = context.TypeInfo.GetParentType()?.GetNamedType();
        if (parent is not null && parent.Name.StartsWith("__", StringComparison.Ordinal))
            return;
        var required = AccessMetadata.Of(parent, field);
        var caller = context.RequestServices!.GetRequiredService<CallerContext>();
        if (Access.Check(caller, required) == AccessOutcome.Granted)
            return;
        var message = required?.Permission is { } permission
            ? $"The field '{field.Name}' needs the permission '{permission}'."
            : $"The field '{field.Name}' is closed.";
        context.ReportError(new PermissionError(context.Document.Source, message, node));
    });
}

internal sealed class PermissionError : ValidationError
{
    public PermissionError(GraphQLParser.ROM source, string message, ASTNode node)
        : base(source, "", message, node) => Code = ErrorCodes.Forbidden;
}
