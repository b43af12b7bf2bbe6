using Platform.Storage.Directory;

namespace Platform.Api.Scim;

/// <summary>Why a request of a directory's program was not done (RFC 7644, 3.12).</summary>
/// <param name="type">One of the words of table 9; null: none fits.</param>
internal sealed class ScimException(int status, string? type, string detail) : Exception(detail)
{
    public const string InvalidFilter = "invalidFilter";
    public const string InvalidPath = "invalidPath";
    public const string InvalidSyntax = "invalidSyntax";
    public const string InvalidValue = "invalidValue";
    public const string Mutability = "mutability";
    public const string NoTarget = "noTarget";
    public const string TooMany = "tooMany";
    public const string Uniqueness = "uniqueness";

    public int Status { get; } = status;

    public string? Type { get; } = type;

    public static ScimException Value(string detail) => new(400, InvalidValue, detail);

    public static ScimException NotFound(string what) => new(404, null, $"There is no such {what}.");

    /// <summary>What a command refuses, in the words of SCIM.</summary>
    public static ScimException Of<T>(CommandResult<T> refused) => refused.Code switch
    {
        "NOT_FOUND" => new ScimException(404, null, refused.Message!),
        "PERMISSION_NOT_HELD" or "LAST_ADMINISTRATOR" => new ScimException(403, null, refused.Message!),
        { } code when code.EndsWith("_TAKEN", StringComparison.Ordinal) || code.EndsWith("_EXISTS", StringComparison.Ordinal) => new ScimException(409, Uniqueness, refused.Message!),
        { } code when code.StartsWith("TOO_MANY", StringComparison.Ordinal) => new ScimException(400, TooMany, refused.Message!),
        _ => Value(refused.Message ?? ""),
    };
}
