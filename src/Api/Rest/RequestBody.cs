using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Platform.Api.Edge;

namespace Platform.Api.Rest;

/// <summary>
/// A file sent as the body itself or as the first file of multipart/form-data (RFC 7578), as a bounded stream. It is never
/// buffered on disk, where its plain text would lie.
/// </summary>
internal static class RequestBody
{
    private const int MaxBoundaryLength = 70;

    /// <exception cref="ApiException">No file, another content type, or larger than the bound.</exception>
    public static async Task<(Stream Content, string? FileName)> OpenAsync(HttpRequest request, long maxBytes, Func<string, bool> takes, CancellationToken cancellationToken)
    {
        // Multipart adds some headers and boundaries around the file.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes + (64 * 1024);
        if (request.ContentLength > maxBytes + (64 * 1024))
            throw TooLarge(maxBytes);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw Unsupported();
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return takes(type.MediaType.ToString().ToLowerInvariant()) ? (new BoundedStream(request.Body, maxBytes), null) : throw Unsupported();

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength)
            throw ApiException.BadInput("body", "The multipart body names no boundary, or one that is too long.");
        var reader = new MultipartReader(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                    return (new BoundedStream(section.Body, maxBytes), FileNameOf(disposition));
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw ApiException.BadInput("body", "The multipart body is malformed.");
        }

        throw ApiException.BadInput("body", "The multipart body holds no file.");
    }

    /// <exception cref="ApiException">Empty, or larger than the bound.</exception>
    public static async Task<byte[]> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        return buffer.Length == 0 ? throw ApiException.BadInput("body", "The body is empty.") : buffer.ToArray();
    }

    private static string? FileNameOf(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;

    private static ApiException Unsupported() => new(ErrorCodes.UnsupportedMediaType, "This route does not take that content type.", 415);

    private static ApiException TooLarge(long maxBytes) => new(ErrorCodes.PayloadTooLarge, $"At most {maxBytes} bytes are taken here.", 413);

    /// <summary>Ends with an error where the bound is passed, so that a cut-off file is never taken for a whole one.</summary>
    private sealed class BoundedStream(Stream inner, long maxBytes) : Stream
    {
        private long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            _read += read;
            return _read <= maxBytes ? read : throw TooLarge(maxBytes);
        }
    }
}
