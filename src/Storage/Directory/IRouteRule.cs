namespace Platform.Storage.Directory;

/// <summary>Says which routes of tenants this installation takes.</summary>
public interface IRouteRule
{
    /// <returns>A sentence that says what is wrong and what to do; null when the route may be set.</returns>
    string? Refuse(string route);
}

/// <summary>Any route; for a store without deliveries.</summary>
internal sealed class AnyRoute : IRouteRule
{
    public string? Refuse(string route) => null;
}
