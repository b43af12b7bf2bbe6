using Platform.Api.Edge;

namespace Platform.Api.Rest;

/// <summary>A command that was refused, told by REST: the stable code of the refusal decides the status.</summary>
internal static class Refusal
{
    public static Problem Of(string code, string? message) => Problem.Of(StatusOf(code), code, message ?? "");

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.NotFound => 404,
        ErrorCodes.Forbidden or "PERMISSION_NOT_HELD" or "LIST_ENTRY_INHERITED" => 403,
        "LIST_IMPORT_TOO_LARGE" or "MAILBOX_IMPORT_TOO_LARGE" => 413,
        "LIST_ENTRY_CONFLICT" or "LAST_ADMINISTRATOR" or "ACCOUNT_INVITED" or "POLICY_LOCKED" or "WEBHOOK_LIMIT" or "WEBHOOK_DISABLED" or "WEBHOOK_DELIVERY_PENDING" or "ALREADY_REPORTED" or "CLAIM_PROVEN" or "PLAN_LIMIT" => 409,
        "TOO_MANY_REPORTS" => 429,
        _ when code.EndsWith("_TAKEN", StringComparison.Ordinal) || code.EndsWith("_EXISTS", StringComparison.Ordinal) => 409,
        _ => 422,
    };
}
