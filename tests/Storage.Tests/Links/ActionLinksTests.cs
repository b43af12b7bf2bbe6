using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Links;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Links;

public sealed class ActionLinksTests() : StorageContract(new SqliteBackend())
{
    private IActionLinks Links => Storage.Get<IActionLinks>();

    private ActionLink Link => new(LinkPurpose.Release, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.FromUnixTimeSeconds(Storage.Time.GetUtcNow().ToUnixTimeSeconds() + 60));

    [Fact]
    public void A_token_says_what_was_signed_until_it_expires()
    {
        var link = Link;
        var token = Links.Sign(link);

        Assert.Equal(new LinkReading(LinkStatus.Good, link), Links.Read(token));
        Storage.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(new LinkReading(LinkStatus.Expired, link), Links.Read(token));
    }

    [Fact]
    public void A_token_that_was_changed_anywhere_is_foreign()
    {
        var token = Links.Sign(Link);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Equal(LinkStatus.Foreign, Links.Read(new string(changed)).Status);
        }
    }

    [Fact]
    public void Whatever_else_is_sent_is_foreign() => Prop.ForAll<string>(text => Links.Read(text ?? "") == new LinkReading(LinkStatus.Foreign, null)).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Another_process_with_the_same_key_reads_it_and_one_with_another_key_does_not()
    {
        var link = Link;
        var token = Links.Sign(link);
        await using var again = await Storage.OpenAgainAsync(Ct);
        var other = await TestStorage.CreateAsync(new SqliteBackend(), Ct);

        Assert.Equal(LinkStatus.Good, again.Get<IActionLinks>().Read(token).Status);
        Assert.Equal(LinkStatus.Foreign, new ActionLinksOfAnotherKey(other).Read(token).Status);
        await other.DisposeAndDeleteAsync();
    }

    /// <summary>Test storages share a key, so another one is set.</summary>
    private sealed class ActionLinksOfAnotherKey(TestStorage storage)
    {
        public LinkReading Read(string token)
        {
            var settings = new Platform.Storage.Setup.StorageSettings { DataDirectory = storage.Settings.DataDirectory, PlatformKey = Convert.ToBase64String(new byte[32]) };
            return new ActionLinks(new Platform.Storage.Keys.PlatformKeys(settings), storage.Time).Read(token);
        }
    }
}
