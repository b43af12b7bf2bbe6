using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;

namespace Platform.Api.Identity;

/// <summary>
/// Lets the secret before the current one hold for a while after a rotation, so that a program in many places can be given the new one
/// without a gap. Both are kept as hashes alone.
/// </summary>
internal sealed class RotatingSecrets(
    IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache,
    ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store,
    TimeProvider time) : OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>(cache, logger, options, store)
{
    private const string PreviousProperty = "previous_secret";

    /// <param name="until">Until when the secret of before holds too.</param>
    public async Task RotateAsync(OpenIddictEntityFrameworkCoreApplication application, string secret, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var descriptor = new OpenIddictApplicationDescriptor();
        await PopulateAsync(descriptor, application, cancellationToken);
        descriptor.Properties[PreviousProperty] = JsonSerializer.SerializeToElement(descriptor.ClientSecret);
        descriptor.Properties[ApiClient.OverlapProperty] = JsonSerializer.SerializeToElement(until);
        descriptor.ClientSecret = secret;
        await UpdateAsync(application, descriptor, cancellationToken);
    }

    public override async ValueTask<bool> ValidateClientSecretAsync(OpenIddictEntityFrameworkCoreApplication application, string secret, CancellationToken cancellationToken = default)
    {
        if (await base.ValidateClientSecretAsync(application, secret, cancellationToken))
            return true;
        var properties = await Store.GetPropertiesAsync(application, cancellationToken);
        return properties.TryGetValue(ApiClient.OverlapProperty, out var until) && until.GetDateTimeOffset() > time.GetUtcNow()
            && properties.TryGetValue(PreviousProperty, out var previous) && previous.GetString() is { Length: > 0 } hash
            && await ValidateClientSecretAsync(secret, hash, cancellationToken);
    }
}
