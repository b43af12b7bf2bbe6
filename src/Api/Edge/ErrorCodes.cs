namespace Platform.Api.Edge;

/// <summary>The stable codes of errors, the same on GraphQL (<c>extensions.code</c>) and REST (<c>code</c>). Codes of commands come from the commands.</summary>
internal static class ErrorCodes
{
    public const string BadUserInput = "BAD_USER_INPUT";
    public const string NotFound = "NOT_FOUND";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Forbidden = "FORBIDDEN";
    public const string TenantRequired = "TENANT_REQUIRED";
    public const string NotAllowed = "MOVE_NOT_ALLOWED";
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
    public const string StreamRequired = "STREAM_REQUIRED";
    public const string DocumentTooCostly = "DOCUMENT_TOO_COSTLY";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string NotAcceptable = "NOT_ACCEPTABLE";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string Conflict = "CONFLICT";
    public const string Unavailable = "UNAVAILABLE";
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
