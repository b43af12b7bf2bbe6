using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Platform.Api.Identity.Connect;

/// <summary>
/// Keeps client credentials free of rows (docs/decisions/0040): their tokens are short and their client is looked up anew each time.
/// Only the tokens of people are kept, since those are refreshed, revoked and ended with a session.
/// </summary>
internal sealed class TokenRows : IOpenIddictServerHandler<OpenIddictServerEvents.GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.GenerateTokenContext>()
            .UseSingletonHandler<TokenRows>()
            .SetOrder(int.MinValue + 1)
            .Build();

    public ValueTask HandleAsync(OpenIddictServerEvents.GenerateTokenContext context)
    {
        if (context.Request?.IsClientCredentialsGrantType() == true)
        {
            context.CreateTokenEntry = false;
            context.PersistTokenPayload = false;
        }

        return default;
    }
}
