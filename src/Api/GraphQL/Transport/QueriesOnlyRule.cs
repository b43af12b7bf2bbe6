using GraphQL.Validation;
using GraphQLParser.AST;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport;

/// <summary>A GET is safe (RFC 9110, section 9.2.1), so it may only query.</summary>
internal sealed class QueriesOnlyRule : ValidationRuleBase
{
    private const string Mark = "platform.queries-only";

    public static Dictionary<string, object?> OnlyQueries() => new() { [Mark] = true };

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (context.UserContext.ContainsKey(Mark) && context.Operation.Operation != OperationType.Query)
            context.ReportError(new MethodError(context.Document.Source, context.Operation));
        return default;
    }
}

internal sealed class MethodError : ValidationError
{
    public MethodError(GraphQLParser.ROM source, ASTNode operation)
        : base(source, "", "A GET may only query; send mutations by POST.", operation) => Code = ErrorCodes.MethodNotAllowed;
}
