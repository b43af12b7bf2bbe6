using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Directory;
using Platform.Storage.Push;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Webhook endpoints for programs that set them up (API3). An MSP's own are kept by GraphQL.</summary>
internal sealed class WebhookRoutes(IWebhookCommands commands, IWebhookReading reading, Idempotency idempotency)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 100;
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks", (
                [Description("How many, at most 200.")] int? limit,
                [Description("Cursor to go on behind.")] string? after,
                [Description("Id of one tenant; by default all in reach.")] string? tenant,
                WebhookRoutes route,
                CallerContext caller,
                CancellationToken token) => route.PageAsync(tenant is null ? caller.Current.Scope : caller.Current.ForTenant(tenant).Scope with { MspId = null }, limit, after, token))
            .WithName("listWebhooks").WithTags("Webhooks").WithSummary("Webhook endpoints, newest first")
            .Produces<ListAnswer<WebhookEndpointAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.PushRead);

        routes.MapPost("/webhooks", (NewWebhookBody body, HttpRequest request, WebhookRoutes route, CallerContext caller, CancellationToken token) => route.CreateAsync(request, caller.Current, body, token))
            .WithName("createWebhook").WithTags("Webhooks").WithSummary("Make a webhook endpoint; its secret is shown this once").TakesIdempotencyKey()
            .Produces<WebhookSecretAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.PushWrite);

        routes.MapGet("/webhooks/{id}", (string id, WebhookRoutes route, CallerContext caller, CancellationToken token) => route.FindAsync(caller.Current.Scope, id, token))
            .WithName("getWebhook").WithTags("Webhooks").WithSummary("One webhook endpoint")
            .Produces<WebhookEndpointAnswer>().ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.PushRead);

        routes.MapPatch("/webhooks/{id}", (string id, WebhookChangeBody body, WebhookRoutes route, CallerContext caller, CancellationToken token) =>
                ChangeAsync(caller.Current.Scope, id, (scope, key) => route.Commands.UpdateAsync(scope, key, new WebhookChange(body.Url, body.Description, body.Kinds), token)))
            .WithName("updateWebhook").WithTags("Webhooks").WithSummary("Change a webhook endpoint")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 415, 422, 429).RequirePermission(Permissions.PushWrite);

        routes.MapDelete("/webhooks/{id}", (string id, WebhookRoutes route, CallerContext caller, CancellationToken token) =>
                ChangeAsync(caller.Current.Scope, id, (scope, key) => route.Commands.RemoveAsync(scope, key, token)))
            .WithName("removeWebhook").WithTags("Webhooks").WithSummary("Remove a webhook endpoint with what waits for it")
            .Produces(204).ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.PushWrite);

        MapActions(routes);
        MapDeliveries(routes);
    }

    private static void MapActions(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/webhooks/{id}/enabled", (string id, [Description("true or false.")] bool value, WebhookRoutes route, CallerContext caller, CancellationToken token) =>
                ChangeAsync(caller.Current.Scope, id, (scope, key) => route.Commands.SetEnabledAsync(scope, key, value, token)))
            .WithName("enableWebhook").WithTags("Webhooks").WithSummary("Send events to an endpoint, or let them wait")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.PushWrite);

        routes.MapPost("/webhooks/{id}/secret", (
                string id,
                [Description("For how long the old keys sign as well, in hours, 0 to 720; by default 24.")] int? overlapHours,
                HttpRequest request,
                WebhookRoutes route,
                CallerContext caller,
                CancellationToken token) => route.RotateAsync(request, caller.Current, id, overlapHours, token))
            .WithName("rotateWebhookSecret").WithTags("Webhooks").WithSummary("Make new keys; they are shown this once").TakesIdempotencyKey()
            .Produces<WebhookSecretAnswer>().ProducesProblems(400, 401, 403, 404, 409, 422, 429).RequirePermission(Permissions.PushWrite);

        routes.MapPost("/webhooks/{id}/test", (string id, HttpRequest request, WebhookRoutes route, CallerContext caller, CancellationToken token) =>
                route.ActAsync(request, caller.Current, "sendTestWebhook", new { id }, id, NodeKind.WebhookDelivery, (scope, key) => route.Commands.TestAsync(scope, key, token), token))
            .WithName("sendTestWebhook").WithTags("Webhooks").WithSummary("Send a test event to an endpoint").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(202).ProducesProblems(400, 401, 403, 404, 409, 422, 429).RequirePermission(Permissions.PushWrite);

        routes.MapPost("/webhooks/{id}/replay", (
                string id,
                [Description("Cursor of the event feed: everything behind it is sent again. Left out: everything that is kept.")] string? after,
                HttpRequest request,
                WebhookRoutes route,
                CallerContext caller,
                CancellationToken token) =>
                route.ActAsync(request, caller.Current, "replayWebhookEvents", new { id, after }, id, NodeKind.WebhookEndpoint, (scope, key) => route.Commands.ReplayAsync(scope, key, after, token), token))
            .WithName("replayWebhookEvents").WithTags("Webhooks").WithSummary("Send what lies behind a cursor again, under the same ids").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(202).ProducesProblems(400, 401, 403, 404, 409, 422, 429).RequirePermission(Permissions.PushWrite);
    }

    private static void MapDeliveries(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks/{id}/deliveries", (
                string id,
                [Description("How many, at most 200.")] int? limit,
                [Description("Cursor to go on behind.")] string? after,
                [Description("pending, delivered, or dead: the dead-letter list.")] string? state,
                WebhookRoutes route,
                CallerContext caller,
                CancellationToken token) => route.DeliveriesAsync(caller.Current.Scope, id, limit, after, state, token))
            .WithName("listWebhookDeliveries").WithTags("Webhooks").WithSummary("What was sent to an endpoint, newest first")
            .Produces<ListAnswer<WebhookDeliveryAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.PushRead);

        routes.MapPost("/webhook-deliveries/{id}/retry", (string id, HttpRequest request, WebhookRoutes route, CallerContext caller, CancellationToken token) =>
                route.RetryAsync(request, caller.Current, id, token))
            .WithName("retryWebhookDelivery").WithTags("Webhooks").WithSummary("Send a delivery anew").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(202).ProducesProblems(400, 401, 403, 404, 409, 422, 429).RequirePermission(Permissions.PushWrite);
    }

    private IWebhookCommands Commands => commands;

    private async Task<IResult> PageAsync(Scope scope, int? limit, string? after, CancellationToken cancellationToken)
    {
        var size = Size(limit);
        var page = await reading.PageAsync(scope, Cursor.ReadTime(after), size + 1, cancellationToken);
        return Answer(page, size, WebhookEndpointAnswer.Of, view => Cursor.Of(view.Row.CreatedAt, view.Row.Id));
    }

    private async Task<IResult> DeliveriesAsync(Scope scope, string id, int? limit, string? after, string? state, CancellationToken cancellationToken)
    {
        var size = Size(limit);
        WebhookDeliveryState? wanted = state is null
            ? null
            : WireName.Read<WebhookDeliveryState>(state) ?? throw ApiException.BadInput("state", "'state' is 'pending', 'delivered' or 'dead'.");
        if (await reading.FindAsync(scope, KeyOf(id), cancellationToken) is not { } view)
            throw Unknown();
        var page = await reading.DeliveriesAsync(scope, new WebhookDeliveryQuery(view.Row.Id, wanted), Cursor.ReadTime(after), size + 1, cancellationToken);
        return Answer(page, size, WebhookDeliveryAnswer.Of, row => Cursor.Of(row.CreatedAt, row.Id));
    }

    private async Task<IResult> FindAsync(Scope scope, string id, CancellationToken cancellationToken) =>
        await reading.FindAsync(scope, KeyOf(id), cancellationToken) is { } view ? Results.Json(WebhookEndpointAnswer.Of(view)) : throw Unknown();

    private async Task<IResult> CreateAsync(HttpRequest request, Caller caller, NewWebhookBody body, CancellationToken cancellationToken)
    {
        var (scope, tenant) = caller.ForTenant(body.Tenant);
        WebhookSecret? shown = null;
        var result = await idempotency.RunAsync(scope, tenant, IdempotencyHeader.Read(request), "createWebhook", body, async () =>
        {
            var made = await commands.CreateAsync(
                scope, PushOwner.Tenant(tenant), new NewWebhook(body.Url, body.Description ?? "", body.Kinds ?? [], body.WithSigningKey == true, body.After), cancellationToken);
            shown = made.Value;
            return new CommandResult<Guid>(made.Value?.EndpointId ?? default, made.Code, made.Message);
        }, cancellationToken);
        return result.Succeeded ? Results.Json(Shown(result.Value, shown), statusCode: StatusCodes.Status201Created) : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> RotateAsync(HttpRequest request, Caller caller, string id, int? overlapHours, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        WebhookSecret? shown = null;
        var result = await idempotency.RunAsync(caller.Scope, caller.Home, IdempotencyHeader.Read(request), "rotateWebhookSecret", new { id, overlapHours }, async () =>
        {
            var made = await commands.RotateAsync(caller.Scope, key, overlapHours is { } hours ? TimeSpan.FromHours(hours) : DefaultOverlap, cancellationToken);
            shown = made.Value;
            return new CommandResult<Guid>(key, made.Code, made.Message);
        }, cancellationToken);
        return result.Succeeded ? Results.Json(Shown(key, shown)) : Refusal.Of(result.Code!, result.Message);
    }

    private static async Task<IResult> ChangeAsync(Scope scope, string id, Func<Scope, Guid, Task<CommandResult<Guid>>> change)
    {
        var result = await change(scope, KeyOf(id));
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ActAsync(
        HttpRequest request, Caller caller, string operation, object asked, string id, NodeKind made, Func<Scope, Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        var result = await idempotency.RunAsync(caller.Scope, caller.Home, IdempotencyHeader.Read(request), operation, asked, () => command(caller.Scope, key), cancellationToken);
        return result.Succeeded ? Results.Json(new CreatedAnswer(GlobalId.Of(made, result.Value)), statusCode: StatusCodes.Status202Accepted) : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> RetryAsync(HttpRequest request, Caller caller, string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.WebhookDelivery) is not { } key)
            throw ApiException.NotFound("id", "No such delivery of a webhook is in reach of this client.");
        var result = await idempotency.RunAsync(caller.Scope, caller.Home, IdempotencyHeader.Read(request), "retryWebhookDelivery", new { id }, () => commands.RetryAsync(caller.Scope, key, cancellationToken), cancellationToken);
        return result.Succeeded ? Results.Json(new CreatedAnswer(id), statusCode: StatusCodes.Status202Accepted) : Refusal.Of(result.Code!, result.Message);
    }

    private static int Size(int? limit) => limit is < 1 or > MaxLimit ? throw ApiException.BadInput("limit", $"'limit' must be from 1 to {MaxLimit}.") : limit ?? DefaultLimit;

    private static Guid KeyOf(string id) => GlobalId.Find(id, NodeKind.WebhookEndpoint) ?? throw Unknown();

    private static ApiException Unknown() => ApiException.NotFound("id", "No such webhook endpoint is in reach of this client.");

    private static WebhookSecretAnswer Shown(Guid id, WebhookSecret? secret) => new(GlobalId.Of(NodeKind.WebhookEndpoint, id), secret?.Secret, secret?.PublicKey);

    private static IResult Answer<TRow, TAnswer>(IReadOnlyList<TRow> page, int size, Func<TRow, TAnswer> answer, Func<TRow, string> cursor)
    {
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<TAnswer>([.. page.Take(size).Select(answer)], hasMore ? cursor(page[size - 1]) : null, hasMore));
    }
}
