namespace Platform.Api.Edge;

/// <summary>What the HTTP side of the platform is told by its host.</summary>
public sealed record ApiSettings
{
    /// <summary>Data folder; the identity database and the token keys lie below it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>embedded</c> (SQLite) or <c>postgres</c>.</summary>
    public string Provider { get; init; } = "embedded";

    /// <summary>PostgreSQL connection string; null with <c>embedded</c>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The address tokens are issued under. Null: the address each request was sent to.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>Where a browser finds the portal; null: unknown before the start, and nobody can sign in to it.</summary>
    public Uri? Site { get; init; }

    /// <summary>Tokens over plain HTTP, for Development. Elsewhere TLS ends here, or at a proxy that says so in X-Forwarded-Proto.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Make token keys that are missing (Development). Otherwise a missing key stops the start.</summary>
    public bool CreateMissingKeys { get; init; }

    /// <summary>A file of passwords that were published; null: only guessable ones are refused.</summary>
    public string? BreachedPasswordsFile { get; init; }

    /// <summary>How long an access token lasts.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Requests a client may make; <see cref="RateLimitSettings"/>.</summary>
    public RateLimitSettings RateLimits { get; init; } = new();

    /// <summary>Largest message taken by <c>POST /v1/scan</c>.</summary>
    public long MaxMessageBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Largest file taken by <c>POST /v1/imports</c>.</summary>
    public long MaxImportBytes { get; init; } = 4L * 1024 * 1024 * 1024;
}

/// <param name="ClientPerMinute">Requests of one API client, with bursts of as many.</param>
/// <param name="AddressPerMinute">Requests without a token from one address: sign-in and public pages.</param>
public sealed record RateLimitSettings(int ClientPerMinute = 6_000, int AddressPerMinute = 300);
