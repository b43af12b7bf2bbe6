using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Feeds.Lists;
using Platform.Feeds.Loading;

namespace Platform.Feeds.Stix;

// TAXII 2.1 (OASIS). Every answer is application/taxii+json;version=2.1.
//
//   GET /taxii2/                             discovery: { "title", "default", "api_roots": [url, ...] }
//   GET ROOT                                 API root:  { "title", "versions", "max_content_length" }
//   GET ROOT/collections/                    { "collections": [ { "id", "title", "can_read", "can_write" } ] }
//   GET ROOT/collections/ID/objects/         envelope:  { "more", "next", "objects": [...] }
//       ?added_after=DATE&next=...&limit=N&match[type]=indicator
//       X-TAXII-Date-Added-Last: the date to go on from the next time
//
// The setting may name any of the first two, or a collection itself.

/// <summary>Fetches the indicators of a server's collections, and later only what was added since.</summary>
/// <param name="collections">Ids or titles; empty: all that may be read.</param>
internal sealed class TaxiiLoader(FeedHttp http, Uri location, AuthenticationHeaderValue? authorization, IReadOnlyList<string> collections, FeedLimits limits, TimeProvider clock) : IFeedLoader
{
    private const string MediaType = "application/taxii+json;version=2.1";
    private const int PageSize = 1_000;
    private const int MaxRoots = 20;
    private const int MaxCollections = 200;
    private const long MaxDescription = 4L * 1024 * 1024;

    public bool NeedsNetwork => true;

    public bool Grows => true;

    public async Task<FeedContent?> LoadAsync(FeedContent? last, CancellationToken cancellationToken)
    {
        var since = Marks(last?.Mark ?? "");
        List<Indicator> indicators = last is null ? [] : [.. last.Indicators];
        var before = indicators.Count;
        foreach (var objects in await CollectionsAsync(cancellationToken).ConfigureAwait(false))
        {
            var added = await ReadAsync(objects, since.GetValueOrDefault(objects.AbsolutePath), indicators, cancellationToken).ConfigureAwait(false);
            if (added.Length > 0)
                since[objects.AbsolutePath] = added;
        }

        if (last is not null && indicators.Count == before)
            return null;
        return new FeedContent([.. indicators.Distinct()], string.Join(' ', since.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    /// <summary>All pages of one collection. Answers the date to go on from; empty when the server told none.</summary>
    private async Task<string> ReadAsync(Uri objects, string? since, List<Indicator> indicators, CancellationToken cancellationToken)
    {
        var next = "";
        var last = since ?? "";
        for (var page = 0; page < limits.MaxPages && indicators.Count < limits.MaxIndicators; page++)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"?limit={PageSize}&match[type]=indicator");
            if (!string.IsNullOrEmpty(since))
                query += $"&added_after={Uri.EscapeDataString(since)}";
            if (next.Length > 0)
                query += $"&next={Uri.EscapeDataString(next)}";
            var response = await GetAsync(new Uri(objects, query), limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            var envelope = StixBundle.Read(response.Content, clock.GetUtcNow(), limits.MaxIndicators - indicators.Count);
            indicators.AddRange(envelope.Indicators);
            if (DateTimeOffset.TryParse(response.AddedLast, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                last = response.AddedLast!.Trim();
            // Without a word to go on with, the next page would be this one again.
            if (!envelope.HasMore || envelope.Next.Length == 0 || envelope.Next == next)
                break;
            next = envelope.Next;
        }

        return last;
    }

    private async Task<IReadOnlyList<Uri>> CollectionsAsync(CancellationToken cancellationToken)
    {
        var start = WithSlash(location);
        if (IsCollection(start))
            return [new Uri(start, "objects/")];
        List<Uri> found = [];
        foreach (var root in await RootsAsync(start, cancellationToken).ConfigureAwait(false))
        {
            using var answer = Parse((await GetAsync(new Uri(root, "collections/"), MaxDescription, cancellationToken).ConfigureAwait(false)).Content);
            if (!answer.RootElement.TryGetProperty("collections", out var listed) || listed.ValueKind != JsonValueKind.Array)
                continue;
            foreach (var collection in listed.EnumerateArray().Take(MaxCollections))
                if (IsWanted(collection, out var id))
                    found.Add(new Uri(root, $"collections/{Uri.EscapeDataString(id)}/objects/"));
        }

        return found.Count > 0 ? found : throw new FeedException("the server shows no collection that may be read");
    }

    private async Task<IReadOnlyList<Uri>> RootsAsync(Uri start, CancellationToken cancellationToken)
    {
        using var answer = Parse((await GetAsync(start, MaxDescription, cancellationToken).ConfigureAwait(false)).Content);
        if (!answer.RootElement.TryGetProperty("api_roots", out var roots) || roots.ValueKind != JsonValueKind.Array)
            return [start];
        // The server names them; a name elsewhere must not be given the key to this server.
        return [.. roots.EnumerateArray()
            .Where(root => root.ValueKind == JsonValueKind.String)
            .Select(root => RootOf(start, root.GetString() ?? ""))
            .OfType<Uri>()
            .Where(root => root.Authority == start.Authority && root.Scheme == start.Scheme)
            .Take(MaxRoots)];
    }

    // A path is told apart by hand: on Linux it would be taken for that of a file.
    private static Uri? RootOf(Uri start, string text)
    {
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
            text = $"{start.GetLeftPart(UriPartial.Authority)}{text}";
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) ? WithSlash(uri) : null;
    }

    private bool IsWanted(JsonElement collection, out string id)
    {
        id = "";
        if (collection.ValueKind != JsonValueKind.Object || !collection.TryGetProperty("id", out var named) || named.ValueKind != JsonValueKind.String || !collection.TryGetProperty("can_read", out var readable) || readable.ValueKind != JsonValueKind.True)
            return false;
        id = named.GetString() ?? "";
        var title = collection.TryGetProperty("title", out var titled) && titled.ValueKind == JsonValueKind.String ? titled.GetString() : null;
        return id.Length > 0 && (collections.Count == 0 || collections.Contains(id) || (title is not null && collections.Contains(title)));
    }

    private async Task<(byte[] Content, string? AddedLast)> GetAsync(Uri uri, long maxBytes, CancellationToken cancellationToken)
    {
        var response = await http.GetAsync(uri, new FeedRequest(MediaType, authorization), maxBytes, cancellationToken).ConfigureAwait(false);
        if (!response.ContentType.StartsWith("application/taxii+json", StringComparison.OrdinalIgnoreCase))
            throw new FeedException($"{uri.Host} does not speak TAXII 2.1");
        return (response.Content ?? [], response.AddedLast);
    }

    private static JsonDocument Parse(byte[] json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new FeedException("no TAXII answer");
        }
        catch (JsonException exception)
        {
            throw new FeedException("no TAXII answer", exception);
        }
    }

    private static bool IsCollection(Uri uri)
    {
        var segments = uri.Segments;
        return segments.Length >= 3 && segments[^2] == "collections/";
    }

    private static Uri WithSlash(Uri uri) => uri.AbsolutePath.EndsWith('/') ? uri : new Uri($"{uri.GetLeftPart(UriPartial.Path)}/");

    private static Dictionary<string, string> Marks(string mark)
    {
        Dictionary<string, string> marks = new(StringComparer.Ordinal);
        foreach (var pair in mark.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (pair.LastIndexOf('=') is var at and > 0)
                marks[pair[..at]] = pair[(at + 1)..];
        return marks;
    }
}
