using GraphQL;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>What every connection needs of the process.</summary>
internal sealed partial class LiveConnectionServices(
    LiveOperations operations, PersistedDocuments documents, LiveSignIn tokens, RateLimits limits, IGraphQLTextSerializer serializer, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LiveConnection> logger)
{
    public LiveOperations Operations => operations;

    public PersistedDocuments Documents => documents;

    public LiveSignIn Tokens => tokens;

    public RateLimits Limits => limits;

    public IGraphQLTextSerializer Serializer => serializer;

    public LiveAnswers Answers { get; } = new(serializer);

    public TimeProvider Time => time;

    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public void OperationFailed(Exception exception) => Failed(logger, exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "An operation on a GraphQL WebSocket failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
