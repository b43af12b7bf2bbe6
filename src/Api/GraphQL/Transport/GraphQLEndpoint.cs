using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Transport.Live;
using Platform.Api.Reference;

namespace Platform.Api.GraphQL.Transport;

/// <summary>
/// GraphQL over HTTP (the GraphQL Foundation's draft). A request is a JSON object with query, operationName, variables and extensions in
/// the body of a POST, or the same as parameters of a GET, which may only query. The answer is a GraphQL result as
/// application/graphql-response+json, whose status tells how it went (200 when the document ran, 400 when it did not), or as
/// application/json for older clients, where any well-formed request gets 200 and errors stand in the result alone. Without Accept it
/// is the latter. What is no GraphQL request at all gets 400, 405, 406 or 415 in both. Several requests in one body are refused: each has
/// its cost, and HTTP/2 carries many at once.
/// </summary>
internal sealed class GraphQLEndpoint(IDocumentExecuter<PlatformSchema> executer, IGraphQLTextSerializer serializer, PersistedDocuments documents, EventStreamEndpoint streams, LiveEndpoint sockets, LiveSignIn signIn)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(HttpContext context, CallerContext caller)
    {
        // Whoever opens a WebSocket signs in on it, and a browser shows the page to sign in with.
        if (context.WebSockets.IsWebSocketRequest)
            await sockets.AcceptAsync(context);
        else if (ExplorerPage.IsWanted(context.Request))
            await ExplorerPage.Show(context).ExecuteAsync(context);
        else if (!caller.IsKnown)
            await AccessMiddleware.AskToSignInAsync(context, caller);
        else
            await AnswerAsync(context, caller.Current);
    }

    private async Task AnswerAsync(HttpContext context, Caller caller)
    {
        var wantsStream = EventStreamEndpoint.IsWanted(context.Request);
        var form = wantsStream ? ResponseForm.GraphQLResponse : ResponseForm.Choose(context.Request);
        if (form is null)
        {
            await Problem.ForStatus(StatusCodes.Status406NotAcceptable).ExecuteAsync(context);
            return;
        }

        var reading = await RequestReader.ReadAsync(context.Request, serializer, context.RequestAborted);
        if (reading.Problem is { } problem)
        {
            if (problem.Status == StatusCodes.Status405MethodNotAllowed)
                context.Response.Headers.Allow = "GET, POST";
            await WriteAsync(context, form, problem.Status, new ExecutionResult { Errors = [new ExecutionError(problem.Message) { Code = problem.Code }] });
            return;
        }

        ParsedRequest request;
        try
        {
            request = await documents.ResolveAsync(caller, reading.Request!, context.RequestAborted);
        }
        catch (ApiException refused)
        {
            await WriteAsync(context, form, form == ResponseForm.Json ? StatusCodes.Status200OK : refused.Status, new ExecutionResult { Errors = [new ExecutionError(refused.Message) { Code = refused.Code }] });
            return;
        }

        var allowed = HttpMethods.IsGet(context.Request.Method) ? AllowedOperations.Query : AllowedOperations.Query | AllowedOperations.Mutation;
        if (wantsStream && await signIn.SignInAsync(context, null, context.RequestAborted) is { } live)
        {
            if (await streams.StreamAsync(context, request, caller, live, allowed | AllowedOperations.Subscription) is { } refused)
                await WriteAsync(context, form, StatusOf(context, form, refused), refused);
            return;
        }

        var userContext = OperationRule.Only(allowed);
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Query = request.Query,
            OperationName = request.OperationName,
            Variables = request.Variables,
            Extensions = request.Extensions,
            RequestServices = context.RequestServices,
            CancellationToken = context.RequestAborted,
            UserContext = userContext,
            Timeout = Longest,
        });
        if (request.WantsCost && DocumentCost.Of(userContext) is { } cost)
            (result.Extensions ??= [])["cost"] = cost.ToExtension();
        await WriteAsync(context, form, StatusOf(context, form, result), result);
    }

    private static int StatusOf(HttpContext context, ResponseForm form, ExecutionResult result)
    {
        if (result.Errors?.Any(error => error is MethodError) == true)
        {
            context.Response.Headers.Allow = "POST";
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (result.Executed || form == ResponseForm.Json)
            return StatusCodes.Status200OK;
        return result.Errors?.Any(error => error is PermissionError) == true ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
    }

    private async Task WriteAsync(HttpContext context, ResponseForm form, int status, ExecutionResult result)
    {
        foreach (var error in result.Errors ?? [])
            error.AddExtension(RequestIdMiddleware.Member, context.TraceIdentifier);
        context.Response.StatusCode = status;
        context.Response.ContentType = form.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept, Accept-Language, Authorization";
        await serializer.WriteAsync(context.Response.Body, result, context.RequestAborted);
    }
}

internal static class GraphQLRoutes
{
    public static void MapGraphQL(this IEndpointRouteBuilder routes)
    {
        // All methods come here, so that the ones that are refused are refused in GraphQL's own words.
        routes.Map("/graphql", (HttpContext context, GraphQLEndpoint endpoint, CallerContext caller) => endpoint.HandleAsync(context, caller))
            .WithDisplayName("GraphQL")
            .AllowAnybody()
            .ExcludeFromDescription();
    }
}
