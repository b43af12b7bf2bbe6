using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Templates of an MSP (TEN5) as its client sees them.</summary>
public sealed class TemplatesTests : IAsyncLifetime
{
    private const string Create =
        "mutation($input: CreatePolicyTemplateInput!) { createPolicyTemplate(input: $input) { template { id name coverage revision values { setting value locked } namedTenants } errors { code } } }";

    private const string Tenants = "tenants { nodes { tenant { slug } inStep differences { setting kind value by wanted { value } } } totalCount }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_template_is_made_once_previewed_applied_drifted_from_and_undone()
    {
        var input = new { name = "Strict", coverage = "ALL", values = new[] { new { setting = "action.spam", value = "quarantine" } }, idempotencyKey = "k" };
        var made = await MadeAsync(input);
        Assert.Equal(Id(made), Id(await MadeAsync(input)));
        var preview = await TenantsAsync(Id(made));
        Assert.Equal([("acme", "NOT_APPLIED"), ("globex", "NOT_APPLIED")], preview.Select(tenant => (Text(tenant.GetProperty("tenant"), "slug"), Text(tenant.GetProperty("differences")[0], "kind"))));

        Assert.Null(await ErrorAsync("demo-msp-api", "applyPolicyTemplate", Id(made)));
        Assert.All(await TenantsAsync(Id(made)), tenant => Assert.True(tenant.GetProperty("inStep").GetBoolean()));
        await _platform.DataAsync("acme-api", "mutation { setPolicyValues(input: { values: [{ setting: \"action.spam\", value: \"deliver\" }] }) { errors { code } } }");
        var drifted = (await TenantsAsync(Id(made)))[0].GetProperty("differences")[0];
        Assert.Equal(("CHANGED", "deliver", "client:acme-api", "quarantine"), (Text(drifted, "kind"), Text(drifted, "value"), Text(drifted, "by"), Text(drifted.GetProperty("wanted"), "value")));

        Assert.Null(await ErrorAsync("demo-msp-api", "undoPolicyTemplate", Id(made)));
        Assert.Equal("NOTHING_TO_UNDO", await ErrorAsync("demo-msp-api", "undoPolicyTemplate", Id(made)));
        Assert.Equal(["CHANGED", "UNSET"], (await TenantsAsync(Id(made))).Select(tenant => Text(tenant.GetProperty("differences")[0], "kind")));
        var application = (await _platform.DataAsync("demo-msp-api", "query($id: ID!) { policyTemplate(id: $id) { lastApplication { changedTenants undoneBy } } }", new { id = Id(made) }))
            .GetProperty("policyTemplate").GetProperty("lastApplication");
        Assert.Equal((2, "client:demo-msp-api"), (application.GetProperty("changedTenants").GetInt32(), Text(application, "undoneBy")));
    }

    [Fact]
    public async Task A_tenant_sees_no_template_and_changes_none()
    {
        var id = Id(await MadeAsync(new { name = "Strict", coverage = "ALL", values = new[] { new { setting = "action.spam", value = "quarantine" } } }));
        var seen = await _platform.DataAsync("acme-api", "query($id: ID!) { policyTemplate(id: $id) { id } node(id: $id) { id } policyTemplates { totalCount } }", new { id });

        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null, 0),
            (seen.GetProperty("policyTemplate").ValueKind, seen.GetProperty("node").ValueKind, seen.GetProperty("policyTemplates").GetProperty("totalCount").GetInt32()));
        foreach (var mutation in new[] { "applyPolicyTemplate", "undoPolicyTemplate", "deletePolicyTemplate" })
            Assert.Equal("FORBIDDEN", await ErrorAsync("acme-api", mutation, id));
    }

    [Theory]
    [InlineData("mutation { createPolicyTemplate(input: { name: \"x\", values: [] }) { errors { code message } } }", "INVALID_POLICY")]
    [InlineData("mutation { createPolicyTemplate(input: { name: \"x\", values: [{ setting: \"action.spam\", value: \"tag\" }], tenants: [\"x\"] }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { updatePolicyTemplate(input: { templateId: \"x\", name: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    [InlineData("mutation { applyPolicyTemplate(input: { templateId: \"x\" }) { errors { code message } } }", "NOT_FOUND")]
    public async Task What_cannot_be_done_is_a_typed_error(string mutation, string code)
    {
        var error = Assert.Single((await _platform.DataAsync("demo-msp-api", mutation)).EnumerateObject().Single().Value.GetProperty("errors").EnumerateArray());

        Assert.Equal(code, Text(error, "code"));
    }

    private async Task<JsonElement> MadeAsync(object input) => (await _platform.DataAsync("demo-msp-api", Create, new { input })).GetProperty("createPolicyTemplate").GetProperty("template");

    private async Task<List<JsonElement>> TenantsAsync(string id) => [.. (await _platform.DataAsync("demo-msp-api", $"query($id: ID!) {{ policyTemplate(id: $id) {{ {Tenants} }} }}", new { id }))
        .GetProperty("policyTemplate").GetProperty("tenants").GetProperty("nodes").EnumerateArray()];

    private async Task<string?> ErrorAsync(string client, string mutation, string id)
    {
        var errors = (await _platform.DataAsync(client, $"mutation($id: ID!) {{ {mutation}(input: {{ templateId: $id }}) {{ errors {{ code }} }} }}", new { id })).GetProperty(mutation).GetProperty("errors");
        return errors.GetArrayLength() == 0 ? null : Text(errors[0], "code");
    }

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
