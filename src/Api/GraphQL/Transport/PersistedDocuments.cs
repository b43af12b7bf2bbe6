using System.Security.Cryptography;
using System.Text;
using Platform.Api.Edge;
using Platform.Api.Identity;

namespace Platform.Api.GraphQL.Transport;

/// <summary>
/// Documents sent by their SHA-256 (<c>extensions.persistedQuery: { version: 1, sha256Hash }</c>, as Apollo's clients do): those registered for an
/// API client, and those that a program sent in full before. The latter are remembered by this process alone, so a program must be ready to
/// send the text again when it is told <c>PERSISTED_QUERY_NOT_FOUND</c>. A client may be bound to what is registered for it.
/// </summary>
internal sealed class PersistedDocuments(IClientRegistry clients)
{
    /// <summary>Remembered for one tenant or MSP.</summary>
    public const int MaxRemembered = 500;

    private const int MaxOwners = 1_000;
    private const int MaxRememberedCharacters = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Remembered> _owners = [];

    /// <summary>The request with the text of its document.</summary>
    /// <exception cref="ApiException">It names a document that is not there, or sends one that its client may not.</exception>
    public async ValueTask<ParsedRequest> ResolveAsync(Caller caller, ParsedRequest request, CancellationToken cancellationToken)
    {
        var hash = HashOf(request);
        var client = caller.Account is null ? await clients.FindAsync(caller.Subject, cancellationToken) : null;
        if (request.Query.Length == 0)
        {
            var text = client?.Documents.GetValueOrDefault(hash!) ?? (client is { OnlyRegisteredDocuments: true } ? null : Recall(caller.Home, hash!));
            return text is not null
                ? request with { Query = text }
                // The message is the word that Apollo's clients wait for.
                : throw new ApiException(ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound", 400, "extensions");
        }

        if (hash is not null && hash != Sha256(request.Query))
            throw new ApiException(ErrorCodes.PersistedQueryMismatch, "The hash is not that of the document: SHA-256 of its UTF-8 text in lower-case hex.", 400, "extensions");
        if (client is { OnlyRegisteredDocuments: true } && !client.Documents.ContainsKey(Sha256(request.Query)))
            throw new ApiException(ErrorCodes.DocumentNotRegistered, "This client may only send documents that are registered for it.", 403);
        if (hash is not null)
            Remember(caller.Home, hash, request.Query);
        return request;
    }

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Null when the request names none.</summary>
    private static string? HashOf(ParsedRequest request)
    {
        if (request.Extensions?.TryGetValue("persistedQuery", out var value) != true || value is not IReadOnlyDictionary<string, object?> persisted)
            return request.Query.Length > 0 ? null : throw ApiException.BadInput("query", "'query' is missing.");
        return persisted.TryGetValue("version", out var version) && version is 1 && persisted.TryGetValue("sha256Hash", out var hash) && hash is string { Length: 64 } text
            ? text
            : throw ApiException.BadInput("extensions", "'persistedQuery' holds version 1 and sha256Hash, 64 digits of lower-case hex.");
    }

    private string? Recall(Guid owner, string hash)
    {
        lock (_gate)
            return _owners.GetValueOrDefault(owner)?.Texts.GetValueOrDefault(hash);
    }

    private void Remember(Guid owner, string hash, string text)
    {
        lock (_gate)
        {
            if (!_owners.TryGetValue(owner, out var remembered))
            {
                if (_owners.Count >= MaxOwners)
                    _owners.Clear();
                _owners.Add(owner, remembered = new Remembered());
            }

            if (remembered.Texts.ContainsKey(hash))
                return;
            // Programs send again what is forgotten, so that no order of use need be kept.
            if (remembered.Texts.Count >= MaxRemembered || remembered.Characters + text.Length > MaxRememberedCharacters)
            {
                remembered.Texts.Clear();
                remembered.Characters = 0;
            }

            remembered.Texts.Add(hash, text);
            remembered.Characters += text.Length;
        }
    }

    private sealed class Remembered
    {
        public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

        public int Characters { get; set; }
    }
}
