using Platform.Grains.Imports;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>What an exception says to the outside; null: nothing of it may be told.</summary>
internal static class ErrorMapping
{
    public static ApiException? Translate(Exception exception) => exception switch
    {
        ApiException known => known,
        PermissionDeniedException denied => new ApiException(ErrorCodes.Forbidden, $"The permission '{denied.Permission}' is missing.", 403),
        // Whether the thing exists elsewhere is not told.
        ScopeViolationException => new ApiException(ErrorCodes.NotFound, "No such thing is in reach of this client.", 404),
        AuditHeadException head => new ApiException(ErrorCodes.BadUserInput, head.Message, 400, "signedHead"),
        FeedCursorException cursor => new ApiException(cursor.Code, cursor.Message, 400, "after"),
        ImportRefusedException refused => new ApiException(refused.Code, refused.Message, refused.Code == "IMPORT_TOO_LARGE" ? 413 : 400),
        BodyMissingException => new ApiException(ErrorCodes.ContentGone, "The content of this message was purged.", 410),
        StorageFullException => new ApiException(ErrorCodes.StorageFull, "The platform has no room at the moment; nothing was kept. Try again later.", 503),
        BadHttpRequestException bad => new ApiException(ErrorCodes.ForStatus(bad.StatusCode), BadRequest(bad), bad.StatusCode),
        _ => null,
    };

    private static string BadRequest(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this route takes.",
        StatusCodes.Status415UnsupportedMediaType => "This route does not take that content type.",
        StatusCodes.Status408RequestTimeout => "The body came too slowly.",
        _ => "The request could not be read: a parameter or the body is malformed.",
    };
}
