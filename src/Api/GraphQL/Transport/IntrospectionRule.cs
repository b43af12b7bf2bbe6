using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport;

/// <summary>
/// Introspection may not go round in circles: a list of what a type has (its fields, its interfaces) may stand within another such list
/// once. The queries of common tools need one; each more multiplies the answer by the size of the schema.
/// </summary>
internal sealed class IntrospectionRule : ValidationRuleBase
{
    private const int MaxNested = 2;

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        foreach (var field in context.Operation.SelectionSet.Selections.OfType<GraphQLField>().Where(IsIntrospection))
        {
            if (!IsFlat(context.Document, field.SelectionSet, 0))
                context.ReportError(new IntrospectionError(context.Document.Source, field));
        }

        return default;
    }

    // Fragments that contain themselves were refused with the document's bounds, before any rule.
    private static bool IsFlat(GraphQLDocument document, GraphQLSelectionSet? selections, int nested)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            var isFlat = selection switch
            {
                GraphQLField field => IsFlat(document, field.SelectionSet, nested + (IsList(field) ? 1 : 0)),
                GraphQLInlineFragment fragment => IsFlat(document, fragment.SelectionSet, nested),
                GraphQLFragmentSpread spread => IsFlat(document, document.FindFragmentDefinition(spread.FragmentName.Name)?.SelectionSet, nested),
                _ => true,
            };
            if (!isFlat)
                return false;
        }

        return nested <= MaxNested;
    }

    private static bool IsIntrospection(GraphQLField field) => field.Name.Value == "__schema" || field.Name.Value == "__type";

    private static bool IsList(GraphQLField field) =>
        field.Name.Value == "fields" || field.Name.Value == "inputFields" || field.Name.Value == "interfaces" || field.Name.Value == "possibleTypes";
}

internal sealed class IntrospectionError : ValidationError
{
    public IntrospectionError(ROM source, ASTNode field)
        : base(source, "", "This introspection goes round in circles: ask for the fields or interfaces of types, not for those of their fields' types again.", field) =>
        Code = ErrorCodes.DocumentTooCostly;
}
