namespace Platform.Grains.Egress;

/// <summary>Documents from addresses that customers name, by the guarded way out (docs/decisions/0094). What comes back is hostile and bounded.</summary>
public interface IOutsideHttp
{
    /// <returns>A sentence that says why the address is not talked to; null when it may be tried.</returns>
    string? Refuse(Uri url);

    /// <summary>Sends, and reads the whole content within the time.</summary>
    /// <exception cref="EgressRefusedException">The address may not be talked to, gave no answer, or a longer one than is taken; in words for the customer.</exception>
    Task<OutsideAnswer> SendAsync(HttpRequestMessage request, int maxBytes, TimeSpan limit, CancellationToken cancellationToken);
}

/// <param name="Content">Hostile text.</param>
public sealed record OutsideAnswer(int Status, string Content)
{
    /// <summary>Without parameters, lower case; empty where none is told.</summary>
    public string MediaType { get; init; } = "";

    public bool IsSuccess => Status is >= 200 and < 300;
}

internal sealed class OutsideHttp(EgressHttp http, EgressPolicy policy) : IOutsideHttp
{
    public string? Refuse(Uri url) => policy.RefuseHttp(url);

    public Task<OutsideAnswer> SendAsync(HttpRequestMessage request, int maxBytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Refuse(request.RequestUri!) is { } reason ? throw new EgressRefusedException(reason) : http.ReadAsync(request, maxBytes, limit, cancellationToken);
    }
}
