using Platform.Api.Cli;

namespace Platform.Api.Tests.Cli;

public sealed class AdminVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("admin-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Make_keys_makes_what_Production_asks_for()
    {
        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);

        Assert.Equal(["token-encryption.key", "token-signing.pem"], Directory.EnumerateFiles(Path.Combine(folder, "keys")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Rotate_keys_keeps_the_present_ones_beside_the_new_and_asks_for_some_to_be_there()
    {
        var before = await Verbs.RunAsync(["admin", "rotate-keys", "--data", folder], TestContext.Current.CancellationToken);
        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);
        var made = await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken);
        var rotated = await Verbs.RunAsync(["admin", "rotate-keys", "--data", folder], TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (before, rotated));
        Assert.Equal(made, await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing-previous.pem"), TestContext.Current.CancellationToken));
        Assert.NotEqual(made, await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken));
        Assert.Equal(4, Directory.GetFiles(Path.Combine(folder, "keys")).Length);
    }

    [Fact]
    public async Task Create_app_reads_its_addresses_from_the_command_line()
    {
        string[] settings = ["--environment=Development", "--Demo=false", "--Data:Directory=" + folder];

        Assert.Equal(0, await Verbs.RunAsync(
            ["admin", "create-app", "--id", "partner", "--name", "Partner", "--redirect", "https://partner.example/callback", "--redirect", "http://127.0.0.1/callback", .. settings], TestContext.Current.CancellationToken));
        Assert.Equal(1, await Verbs.RunAsync(["admin", "create-app", "--id", "other", "--name", "Other", "--redirect", "not an address", .. settings], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("partner", "https://partner.example/callback", true)]
    [InlineData("partner", "http://partner.example/callback", false)]
    [InlineData("partner", "https://partner.example/callback#part", false)]
    [InlineData("user:partner", "https://partner.example/callback", false)]
    [InlineData("partner", null, false)]
    public async Task Create_app_registers_what_is_safe_to_send_people_back_to(string id, string? redirect, bool made)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = ["--environment=Development", "--Demo=false", "--Data:Directory=" + folder];
        var app = new Platform.Api.Identity.App(id, "Partner", redirect is null ? [] : [new Uri(redirect)], []);

        var exitCode = await NewApp.CreateAsync(settings, app, isPublic: false, output, error, TestContext.Current.CancellationToken);

        Assert.Equal(made, exitCode == 0);
        Assert.Equal(made, output.ToString().Contains("client_secret", StringComparison.Ordinal));
        Assert.Equal(!made, error.ToString().Length > 0);
    }

    [Fact]
    public async Task Create_msp_makes_the_client_that_gets_a_first_token()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = ["--environment=Development", "--Demo=false", "--Data:Directory=" + folder];

        var exitCode = await FirstMsp.CreateAsync(settings, "first", "First MSP", output, error, TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, error.ToString());
        Assert.Matches("client_id first-api\\s+client_secret [A-Za-z0-9_-]{43}\\s", output.ToString());
    }

    [Fact]
    public async Task Create_msp_refuses_a_name_that_is_taken_and_leaves_its_client_alone()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = ["--environment=Development", "--Demo=false", "--Data:Directory=" + folder];
        await FirstMsp.CreateAsync(settings, "first", "First MSP", TextWriter.Null, TextWriter.Null, TestContext.Current.CancellationToken);

        var exitCode = await FirstMsp.CreateAsync(settings, "first", "Another", output, error, TestContext.Current.CancellationToken);

        Assert.Equal((1, ""), (exitCode, output.ToString()));
        Assert.Contains("'first' is taken", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_support_makes_an_account_that_waits_for_its_person()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = ["--environment=Development", "--Demo=false", "--Data:Directory=" + folder];

        var first = await SupportStaff.InviteAsync(settings, "staff@operator.test", "Staff", output, error, TestContext.Current.CancellationToken);
        var again = await SupportStaff.InviteAsync(settings, "staff@operator.test", "Staff", TextWriter.Null, error, TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (first, again));
        Assert.Matches("account [0-9a-f-]{36}\\s+invitation [A-Za-z0-9_-]{43}\\s", output.ToString());
    }

    [Fact]
    public async Task Make_keys_keeps_the_keys_there_are()
    {
        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);
        var before = await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken);

        await Verbs.RunAsync(["admin", "make-keys", "--data", folder], TestContext.Current.CancellationToken);

        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(folder, "keys", "token-signing.pem"), TestContext.Current.CancellationToken));
    }
}
