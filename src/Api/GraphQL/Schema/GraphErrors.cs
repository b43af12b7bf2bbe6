using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Transport;

namespace Platform.Api.GraphQL.Schema;

/// <summary>How errors leave: message, place, and <c>extensions.code</c>; nothing of an exception.</summary>
internal sealed class GraphErrors : IErrorInfoProvider
{
    public const string FieldExtension = "field";

    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = CodeOf(executionError) };
        if (executionError.Extensions?.TryGetValue(FieldExtension, out var field) == true)
            extensions[FieldExtension] = field;
        if (executionError.Extensions?.TryGetValue(RequestIdMiddleware.Member, out var request) == true)
            extensions[RequestIdMiddleware.Member] = request;
        return new ErrorInfo { Message = executionError.Message, Extensions = extensions };
    }

    private static string CodeOf(ExecutionError error) => error switch
    {
        PermissionError => ErrorCodes.Forbidden,
        MethodError => ErrorCodes.MethodNotAllowed,
        SyntaxError => "GRAPHQL_PARSE_FAILED",
        ValidationError => "GRAPHQL_VALIDATION_FAILED",
        RequestError => ErrorCodes.BadUserInput,
        UnhandledError => ErrorCodes.Internal,
        _ => error.Code ?? ErrorCodes.Internal,
    };
}

/// <summary>Turns what a resolver threw into an error that may be told, and logs what may not.</summary>
internal sealed partial class ResolverFailures(ILogger<ResolverFailures> logger)
{
    public void Handle(UnhandledExceptionContext context)
    {
        if (ErrorMapping.Translate(context.OriginalException) is { } known)
        {
            var error = new ExecutionError(known.Message) { Code = known.Code };
            if (known.Field is not null)
                error.AddExtension(GraphErrors.FieldExtension, known.Field);
            context.Exception = error;
            return;
        }

        context.ErrorMessage = "This failed on our side and was logged.";
        Failed(logger, context.FieldContext?.FieldDefinition.Name ?? "document", context.OriginalException);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The GraphQL field {Field} failed")]
    private static partial void Failed(ILogger logger, string field, Exception exception);
}
