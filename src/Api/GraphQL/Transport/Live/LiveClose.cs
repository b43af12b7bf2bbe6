namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>Why a connection is closed, with the codes of graphql-transport-ws. A reason has at most 123 bytes (RFC 6455, section 5.5.1).</summary>
internal sealed record LiveClose(int Code, string Reason)
{
    public static LiveClose Normal { get; } = new(1000, "");

    /// <summary>This process stops; another may take the connection.</summary>
    public static LiveClose GoingAway { get; } = new(1001, "Going away");

    /// <summary>The token has expired, its client or account has ended, or nobody signed in before the first operation.</summary>
    public static LiveClose Unauthorized { get; } = new(4401, "Unauthorized");

    /// <summary>The token of connection_init is not taken.</summary>
    public static LiveClose Forbidden { get; } = new(4403, "Forbidden");

    public static LiveClose InitTimeout { get; } = new(4408, "Connection initialisation timeout");

    public static LiveClose TooManyInits { get; } = new(4429, "Too many initialisation requests");

    public static LiveClose Internal { get; } = new(4500, "Internal server error");

    public static LiveClose BadRequest(string why) => new(4400, Bounded("Bad request: " + why));

    public static LiveClose AlreadyThere(string id) => new(4409, Bounded($"Subscriber for {id} already exists"));

    private static string Bounded(string reason)
    {
        var bytes = System.Text.Encoding.UTF8.GetByteCount(reason);
        return bytes <= 123 ? reason : new string([.. reason.Where(char.IsAscii).Take(120)]);
    }
}
