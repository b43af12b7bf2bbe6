using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Api.Identity;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Keys are followed by new ones without signing anybody out.</summary>
public sealed class KeyRotationTests
{
    [Fact]
    public async Task After_a_rotation_tokens_of_the_key_before_are_taken_and_new_ones_are_signed_with_the_new()
    {
        await using var before = new TestPlatform();
        await before.InitializeAsync();
        var old = await before.TokenAsync("acme-siem");
        await using var after = new TestPlatform
        {
            Change = settings =>
            {
                var keys = Directory.CreateDirectory(Path.Combine(settings.DataDirectory, "keys"));
                foreach (var file in Directory.GetFiles(Path.Combine(before.Folder, "keys")))
                    File.Copy(file, Path.Combine(keys.FullName, Path.GetFileName(file)), overwrite: true);
                new TokenKeys(settings).Rotate();
                return settings;
            },
        };
        await after.InitializeAsync();
        var made = await after.TokenAsync("acme-siem");
        var published = JsonSerializer.Deserialize<JsonElement>(await after.Http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), TestContext.Current.CancellationToken))
            .GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(after, old), await StatusAsync(after, made)));
        Assert.NotEqual(new JsonWebToken(old).Kid, new JsonWebToken(made).Kid);
        Assert.Equal([new JsonWebToken(made).Kid, new JsonWebToken(old).Kid], published);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestPlatform platform, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await platform.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
