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
        TransportError or CostError or IntrospectionError => error.Code!,
        SyntaxError => ErrorCodes.GraphQLParseFailed,
        ValidationError => ErrorCodes.GraphQLValidationFailed,
        RequestError => ErrorCodes.BadUserInput,
        UnhandledError => ErrorCodes.Internal,
        _ => error.Code ?? ErrorCodes.Internal,
    };
}

/// <summary>Turns what a resolver threw into an error that may be told, and logs what may not.</summary>
internal sealed partial class ResolverFailures(ILogger<ResolverFailures> logger)
{
    private const string Ours = "This failed on our side and was logged.";

    public void Handle(UnhandledExceptionContext context)
    {
        if (ErrorMapping.Translate(context.OriginalException) is { } known)
        {
            context.Exception = Told(known);
            return;
        }

        context.ErrorMessage = Ours;
        Failed(logger, context.FieldContext?.FieldDefinition.Name ?? "document", context.OriginalException);
    }

    /// <summary>Of what the source of a subscription threw; null when it only was told to stop.</summary>
    public ExecutionError? OfStream(Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException:
                return null;
            case ExecutionError { InnerException: null } error:
                return error;
            case var other when ErrorMapping.Translate(other is ExecutionError ? other.InnerException! : other) is { } known:
                return Told(known);
            default:
                Failed(logger, "of a subscription", exception);
                return new ExecutionError(Ours) { Code = ErrorCodes.Internal };
        }
    }

    private static ExecutionError Told(ApiException known)
    {
        var error = new ExecutionError(known.Message) { Code = known.Code };
        if (known.Field is not null)
            error.AddExtension(GraphErrors.FieldExtension, known.Field);
        return error;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The GraphQL field {Field} failed")]
    private static partial void Failed(ILogger logger, string field, Exception exception);
}
