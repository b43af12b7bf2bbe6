namespace Platform.Api.Edge;

/// <summary>The stable codes of errors, the same on GraphQL (<c>extensions.code</c>) and REST (<c>code</c>). Codes of commands come from the commands.</summary>
internal static class ErrorCodes
{
    /// <summary>Something given cannot be taken; the sentence, and 'field' where one input is at fault, says what and why.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>There is no such thing in reach of whoever asks.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>Sign in: send 'Authorization: Bearer' with a token that still holds.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>Whoever asks may not do this; the sentence says why.</summary>
    public const string Forbidden = "FORBIDDEN";

    public const string TenantRequired = "TENANT_REQUIRED";

    /// <summary>The delivery is in a state in which this cannot be done; look at it again.</summary>
    public const string NotAllowed = "MOVE_NOT_ALLOWED";

    /// <summary>The policy of the mailbox keeps its owner from that (docs/quarantine.md).</summary>
    public const string RightMissing = "RIGHT_MISSING";

    /// <summary>The cursor is none of this list. Start without it.</summary>
    public const string CursorInvalid = "CURSOR_INVALID";

    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    public const string IdempotencyInProgress = "IDEMPOTENCY_IN_PROGRESS";
    public const string ReasonRequired = "REASON_REQUIRED";
    public const string ApprovalRequired = "APPROVAL_REQUIRED";
    public const string ContentClosed = "CONTENT_CLOSED";
    public const string ContentGone = "CONTENT_GONE";
    public const string ContentUnreadable = "CONTENT_UNREADABLE";
    public const string ScannerUnavailable = "SCANNER_UNAVAILABLE";
    public const string StorageFull = "STORAGE_FULL";
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>No document of that hash is registered or remembered: send it in full, with its hash.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    public const string PersistedQueryMismatch = "PERSISTED_QUERY_MISMATCH";
    public const string DocumentNotRegistered = "DOCUMENT_NOT_REGISTERED";
    public const string NetworkNotAllowed = "NETWORK_NOT_ALLOWED";
    public const string PlaceNotAllowed = "PLACE_NOT_ALLOWED";

    /// <summary>A subscription is answered over WebSocket (graphql-transport-ws) or with 'Accept: text/event-stream'.</summary>
    public const string StreamRequired = "STREAM_REQUIRED";

    /// <summary>The document costs more or nests deeper than its caller may: ask for smaller pages, or for less at a time (docs/api.md).</summary>
    public const string DocumentTooCostly = "DOCUMENT_TOO_COSTLY";

    /// <summary>The address does not take that method, or a GET asks for more than a query: send it by POST.</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>None of the media types in 'Accept' can be given here.</summary>
    public const string NotAcceptable = "NOT_ACCEPTABLE";

    /// <summary>The body is larger than this route takes; the limit is named.</summary>
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";

    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    /// <summary>That is there already, or the state of things does not allow it.</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>A part that this needs is not there at the moment. Try again later.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>The document is larger than any may be (docs/api.md).</summary>
    public const string DocumentTooLarge = "DOCUMENT_TOO_LARGE";

    /// <summary>The document is no GraphQL; the place is named.</summary>
    public const string GraphQLParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document does not fit the schema; the place is named.</summary>
    public const string GraphQLValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    public const string Internal = "INTERNAL";

    public static string ForStatus(int status) => status switch
    {
        400 => BadUserInput,
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        409 => Conflict,
        413 => PayloadTooLarge,
        415 => UnsupportedMediaType,
        429 => RateLimited,
        503 => Unavailable,
        _ => status < 500 ? BadUserInput : Internal,
    };
}

/// <summary>A request that cannot be answered, in words for its sender.</summary>
/// <param name="field">The argument or field at fault, where there is one.</param>
internal sealed class ApiException(string code, string message, int status, string? field = null) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>HTTP status on REST.</summary>
    public int Status { get; } = status;

    public string? Field { get; } = field;

    public static ApiException BadInput(string field, string message) => new(ErrorCodes.BadUserInput, message, 400, field);

    public static ApiException NotFound(string field, string message) => new(ErrorCodes.NotFound, message, 404, field);
}
