using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Clients;

namespace Platform.EndToEnd.Tests.SendGuard;

/// <summary>Programs of other makers against the running product, each with all of its cases: what the figure <c>clients</c> counts.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class ClientTests(ProductFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Swaks_submits_and_is_refused_as_it_should_be() => AllRightAsync(new SwaksCases());

    [Fact]
    public Task MailKit_submits_and_is_refused_as_it_should_be() => AllRightAsync(new MailKitCases());

    [Fact]
    public Task Nodemailer_submits_and_is_refused_as_it_should_be() => AllRightAsync(new NodemailerCases());

    [Fact]
    public Task Postfix_of_a_tenants_own_sends_by_certificate_by_login_and_by_address() => AllRightAsync(new PostfixCases());

    [Fact]
    public Task A_mailbox_comes_in_from_where_it_may() => AllRightAsync(new PlaceCases());

    [Fact]
    public Task Dovecot_of_a_tenants_own_asks_about_each_login() => AllRightAsync(new DovecotCases());

    private async Task AllRightAsync(IClientCases client)
    {
        using var tenant = new TestedTenant(fixture.Product, Workspace.Find(), new Random(1));
        var cases = await Parts.RequireAsync(() => client.RunAsync(tenant, Stop));

        Assert.NotEmpty(cases);
        Assert.Empty(cases.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}"));
    }
}
