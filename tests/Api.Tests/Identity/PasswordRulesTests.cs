using System.Security.Cryptography;
using System.Text;
using Platform.Api.Edge;
using Platform.Api.Identity.Credentials;

namespace Platform.Api.Tests.Identity;

public sealed class PasswordRulesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("breached-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("correct horse battery", null)]
    [InlineData("すずめの戸締まり観た夜", "TooShort")]
    [InlineData("すずめの戸締まりを観た夜は", null)]
    [InlineData("x8$kQ1!zP09tAdmin", null)]
    [InlineData("eleven char", "TooShort")]
    [InlineData("aaaaaaaaaaaaaaaa", "Guessable")]
    [InlineData("abcabcabcabcabc", "Guessable")]
    [InlineData("password123456", "Guessable")]
    [InlineData("P@ssw0rd2026!!", "Guessable")]
    [InlineData("qwertyuiop123", "Guessable")]
    [InlineData("poiuytrewq987", "Guessable")]
    [InlineData("1qaz2wsx3edc4rfv", "Guessable")]
    [InlineData("123456789012", "Guessable")]
    [InlineData("Welcome2026Summer", "Guessable")]
    [InlineData("yamamoto-acme-2026", "Guessable")]
    public async Task A_password_is_judged_by_length_and_by_what_is_guessed_first(string password, string? flaw)
    {
        var rules = new PasswordRules(Breached(null));

        Assert.Equal(flaw, (await rules.FlawOfAsync(password, ["yamamoto@acme.test", "Yamamoto Sho"], TestContext.Current.CancellationToken))?.ToString());
    }

    [Fact]
    public async Task A_list_of_plain_passwords_is_read()
    {
        var breached = Breached(["first of the list", "another one"]);

        Assert.Equal((true, false), (await breached.ContainsAsync("another one", TestContext.Current.CancellationToken), await breached.ContainsAsync("no such one", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public async Task A_sorted_list_of_hashes_is_searched_where_it_lies(int count)
    {
        string[] passwords = [.. Enumerable.Range(0, count).Select(i => $"published {i}")];
        var breached = Breached([.. passwords.Select(HashOf).Append(HashOf("always there")).Order(StringComparer.Ordinal).Select((hash, i) => $"{hash}:{(i * 7919) % 100_000}")]);

        Assert.True(await breached.ContainsAsync("always there", TestContext.Current.CancellationToken));
        foreach (var password in passwords)
            Assert.True(await breached.ContainsAsync(password, TestContext.Current.CancellationToken), password);
        for (var i = 0; i < 50; i++)
            Assert.False(await breached.ContainsAsync($"never published {i}", TestContext.Current.CancellationToken));
    }

    private BreachedPasswords Breached(string[]? lines)
    {
        if (lines is null)
            return new BreachedPasswords(new ApiSettings { DataDirectory = "" });
        var path = Path.Combine(_folder.FullName, "list.txt");
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return new BreachedPasswords(new ApiSettings { DataDirectory = "", BreachedPasswordsFile = path });
    }

#pragma warning disable CA5350 // The form in which such lists are published.
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
