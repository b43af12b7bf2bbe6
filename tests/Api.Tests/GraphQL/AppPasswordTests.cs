using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.GraphQL;

/// <summary>App passwords as people keep them: their own, and no other's.</summary>
public sealed class AppPasswordTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private string Owner => $"info.{_platform.Seed.Acme.Canary}@acme.test";

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        await _platform.SignInAsync(_platform.Seed.Acme, Owner, BuiltInRoles.Employee);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_employee_makes_sees_and_removes_those_of_its_own_mailbox()
    {
        var made = (await _platform.DataAsync(Owner, "mutation { createAppPassword(input: { name: \"Phone\" }) { appPasswordId password errors { code } } }")).GetProperty("createAppPassword");
        var names = (await _platform.DataAsync(Owner, "{ appPasswords { nodes { name createdBy } } }")).GetProperty("appPasswords").GetProperty("nodes");
        var removed = (await _platform.DataAsync(
            Owner, "mutation($id: ID!) { removeAppPassword(input: { appPasswordId: $id }) { removedAppPasswordId errors { code } } }", new { id = made.GetProperty("appPasswordId").GetString() })).GetProperty("removeAppPassword");

        Assert.Matches("^([a-z2-9]{5}-){4}[a-z2-9]{5}$", made.GetProperty("password").GetString());
        Assert.Equal("Phone", names[0].GetProperty("name").GetString());
        Assert.Equal(made.GetProperty("appPasswordId").GetString(), removed.GetProperty("removedAppPasswordId").GetString());
    }

    [Fact]
    public async Task Nobody_makes_one_for_a_mailbox_out_of_its_reach()
    {
        var other = GlobalId.Of(NodeKind.Mailbox, _platform.Seed.Globex.Mailbox);
        foreach (var caller in new[] { Owner, "acme-api" })
            Assert.Equal("NOT_FOUND", CodeOf(await _platform.DataAsync(caller, "mutation($id: ID!) { createAppPassword(input: { mailboxId: $id, name: \"Phone\" }) { errors { code } } }", new { id = other })));
        // Who reaches many names one.
        Assert.Equal("NOT_FOUND", CodeOf(await _platform.DataAsync("acme-api", "mutation { createAppPassword(input: { name: \"Phone\" }) { errors { code } } }")));
    }

    [Fact]
    public async Task Repeated_under_one_key_it_is_made_once_and_the_password_is_not_shown_again()
    {
        const string make = "mutation { createAppPassword(input: { name: \"Phone\", idempotencyKey: \"once\" }) { appPasswordId password } }";
        var first = (await _platform.DataAsync(Owner, make)).GetProperty("createAppPassword");
        var again = (await _platform.DataAsync(Owner, make)).GetProperty("createAppPassword");

        Assert.Equal(first.GetProperty("appPasswordId").GetString(), again.GetProperty("appPasswordId").GetString());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("password").ValueKind);
    }

    private static string? CodeOf(JsonElement data) => data.GetProperty("createAppPassword").GetProperty("errors")[0].GetProperty("code").GetString();
}
