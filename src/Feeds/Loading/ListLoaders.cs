using System.Globalization;
using System.Net.Http.Headers;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Loading;

/// <summary>Makes indicators of the bytes of one file.</summary>
/// <exception cref="FeedException">It cannot be read.</exception>
internal delegate List<Indicator> ReadFeed(ReadOnlyMemory<byte> content);

/// <summary>A feed in one file on this machine.</summary>
internal sealed class FileLoader(string path, ReadFeed read, FeedLimits limits) : IFeedLoader
{
    public bool NeedsNetwork => false;

    public async Task<FeedContent?> LoadAsync(FeedContent? last, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new FeedException($"{path} is not there");
            if (file.Length > limits.MaxBytes)
                throw new FeedException($"{path} has more than {limits.MaxBytes} bytes");
            var mark = string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length}");
            if (last?.Mark == mark)
                return null;
            return new FeedContent(read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)), mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeedException($"{path}: {exception.Message}", exception);
        }
    }
}

/// <summary>A feed in one answer of a web server, fetched again only when it changed (RFC 9110, 13.1).</summary>
internal sealed class HttpLoader(FeedHttp http, Uri location, AuthenticationHeaderValue? authorization, ReadFeed read, FeedLimits limits) : IFeedLoader
{
    public bool NeedsNetwork => true;

    public async Task<FeedContent?> LoadAsync(FeedContent? last, CancellationToken cancellationToken)
    {
        var (tag, modified) = MarkOf(last);
        var response = await http.GetAsync(location, new FeedRequest(Authorization: authorization, ETag: tag, LastModified: modified), limits.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (response.Content is not { } content)
            return null;
        return new FeedContent(read(content), $"{response.LastModified?.ToString("r", CultureInfo.InvariantCulture)}|{response.ETag}");
    }

    private static (string? Tag, DateTimeOffset? Modified) MarkOf(FeedContent? last)
    {
        var bar = last?.Mark.IndexOf('|', StringComparison.Ordinal) ?? -1;
        if (last is null || bar < 0)
            return (null, null);
        return (last.Mark[(bar + 1)..], DateTimeOffset.TryParse(last.Mark.AsSpan(0, bar), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified) ? modified : null);
    }
}
