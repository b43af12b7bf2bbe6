using System.ComponentModel;
using System.Net;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest.AuthPolicy;

// Dovecot asks a policy server before and after it checks a password (command=allow) and tells it how the login ended (command=report); the
// protocol is that of weakforced. One POST with a flat JSON object; the answer is {"status": -1 | 0 | seconds, "msg": "..."}.
// https://doc.dovecot.org/2.3/configuration_manual/authentication/auth_policy/

/// <summary>The auth-policy protocol for the tenant's own mail servers (OUT2).</summary>
internal sealed class AuthPolicyRoutes(LoginPolicy policy)
{
    public const string FullPath = "/v1/auth-policy";
    private const string Path = "/auth-policy";
    private const int MaxBody = 16 * 1024;
    private const int MaxLogin = 320;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, (
            [Description("'allow' asks whether a login is let in; 'report' tells how it ended.")] string? command,
            HttpRequest request,
            AuthPolicyRoutes route,
            CallerContext caller,
            CancellationToken cancellationToken) => route.HandleAsync(command, request, caller.Current.Scope, cancellationToken))
        .WithName("checkLogin")
        .WithTags("Logins")
        .WithSummary("Ask about a login at a mail server, or report one")
        .WithDescription("The auth-policy protocol of Dovecot and weakforced. Beside tokens, this route takes the id and secret of an API client by HTTP Basic (RFC 7617). The password is not sent, only a hash of it, which is not looked at.")
        .Accepts<LoginQuestion>("application/json")
        .Produces<LoginAnswer>()
        .ProducesProblems(400, 401, 403, 413, 415, 429)
        .RequirePermission(Permissions.LoginsCheck);

    private async Task<IResult> HandleAsync(string? command, HttpRequest request, Scope scope, CancellationToken cancellationToken)
    {
        if (command is not ("allow" or "report"))
            throw ApiException.BadInput("command", "'command' is 'allow' or 'report'.");
        var (content, _) = await RequestBody.OpenAsync(request, MaxBody, type => type is "application/json", cancellationToken);
        var (question, address) = Read(await RequestBody.ReadAsync(content, cancellationToken));
        return Results.Json(command == "allow"
            ? await policy.AllowAsync(scope, question, address, cancellationToken)
            : await policy.ReportAsync(scope, question, address, cancellationToken));
    }

    /// <summary>Members by the names of the protocol. What is of another kind than it should be is as if it were not there; without user or address there is nothing to ask about.</summary>
    internal static (LoginQuestion Question, IPAddress Address) Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException)
        {
            throw ApiException.BadInput("body", "The body is no JSON.");
        }

        using (document)
        {
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } members)
                throw ApiException.BadInput("body", "The body is no JSON object.");
            if (Text(members, "login") is not { Length: > 0 and <= MaxLogin } login)
                throw ApiException.BadInput("login", $"'login' is the user name, of 1 to {MaxLogin} characters.");
            if (Text(members, "remote") is not { } remote || !IPAddress.TryParse(remote, out var address))
                throw ApiException.BadInput("remote", "'remote' is the IP address that the login comes from.");
            return (new LoginQuestion(login, remote, Text(members, "protocol"), Flag(members, "success"), Flag(members, "policy_reject"), Text(members, "fail_type")), address);
        }
    }

    private static string? Text(JsonElement members, string name)
    {
        try
        {
            return members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped, is JSON and no text.
            return null;
        }
    }

    /// <summary>weakforced's clients write flags as words too.</summary>
    private static bool? Flag(JsonElement members, string name) => members.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when value.ValueEquals("true"u8) => true,
            JsonValueKind.String when value.ValueEquals("false"u8) => false,
            _ => null,
        }
        : null;
}
