using System.Net.Http.Headers;
using System.Security.Cryptography;
using Platform.Feeds.Lists;
using Platform.Feeds.Loading;

namespace Platform.Feeds.Misp;

/// <summary>A feed of MISP in a folder on this machine or on a web server: the manifest, then every event that it names.</summary>
/// <param name="read">Answers the bytes of a file by its name.</param>
internal sealed class MispLoader(Func<string, CancellationToken, Task<byte[]>> read, bool needsNetwork, FeedLimits limits) : IFeedLoader
{
    public bool NeedsNetwork => needsNetwork;

    public static MispLoader OfFolder(string folder, FeedLimits limits) => new(
        async (name, cancellationToken) =>
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || file.Length > limits.MaxBytes)
                throw new FeedException($"{file.FullName} is not there or too long");
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        },
        needsNetwork: false,
        limits);

    public static MispLoader OfServer(FeedHttp http, Uri folder, AuthenticationHeaderValue? authorization, FeedLimits limits)
    {
        var start = folder.AbsoluteUri.EndsWith('/') ? folder : new Uri($"{folder.AbsoluteUri}/");
        return new(
            async (name, cancellationToken) => (await http.GetAsync(new Uri(start, name), new FeedRequest("application/json", authorization), limits.MaxBytes, cancellationToken).ConfigureAwait(false)).Content ?? [],
            needsNetwork: true,
            limits);
    }

    public async Task<FeedContent?> LoadAsync(FeedContent? last, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await read("manifest.json", cancellationToken).ConfigureAwait(false);
            var mark = Convert.ToHexStringLower(SHA256.HashData(manifest));
            if (last?.Mark == mark)
                return null;
            List<Indicator> indicators = [];
            foreach (var name in MispEvent.ReadManifest(manifest, limits.MaxPages))
                indicators.AddRange(MispEvent.Read(await read($"{name}.json", cancellationToken).ConfigureAwait(false), limits.MaxIndicators - indicators.Count));
            return new FeedContent(indicators, mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeedException(exception.Message, exception);
        }
    }
}
