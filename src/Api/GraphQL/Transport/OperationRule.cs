using GraphQL.Validation;
using GraphQLParser.AST;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport;

/// <summary>What may be asked over a transport.</summary>
[Flags]
internal enum AllowedOperations
{
    Query = 1,
    Mutation = 2,
    Subscription = 4,
}

/// <summary>A GET is safe (RFC 9110, section 9.2.1), so it changes nothing; a subscription needs a transport that can go on answering.</summary>
internal sealed class OperationRule : ValidationRuleBase
{
    private const string Mark = "platform.allowed-operations";

    public static Dictionary<string, object?> Only(AllowedOperations allowed) => new() { [Mark] = allowed };

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        var allowed = context.UserContext.TryGetValue(Mark, out var mark) ? (AllowedOperations)mark! : AllowedOperations.Query;
        switch (context.Operation.Operation)
        {
            case OperationType.Mutation when !allowed.HasFlag(AllowedOperations.Mutation):
                context.ReportError(new MethodError(context.Document.Source, context.Operation));
                break;
            case OperationType.Subscription when !allowed.HasFlag(AllowedOperations.Subscription):
                context.ReportError(new TransportError(context.Document.Source, context.Operation));
                break;
            default:
                break;
        }

        return default;
    }
}

internal sealed class MethodError : ValidationError
{
    public MethodError(GraphQLParser.ROM source, ASTNode operation)
        : base(source, "", "A GET may only query; send mutations by POST.", operation) => Code = ErrorCodes.MethodNotAllowed;
}

internal sealed class TransportError : ValidationError
{
    public TransportError(GraphQLParser.ROM source, ASTNode operation)
        : base(source, "", "A subscription is answered over WebSocket (graphql-transport-ws) or with 'Accept: text/event-stream'.", operation) => Code = ErrorCodes.StreamRequired;
}
