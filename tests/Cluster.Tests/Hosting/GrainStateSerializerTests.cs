using System.Text;
using Platform.Grains.Accounts;
using Platform.Grains.Hosting;
using Platform.Grains.Mailboxes;

namespace Platform.Cluster.Tests.Hosting;

public sealed class GrainStateSerializerTests
{
    private static readonly DateTimeOffset s_day = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly GrainStateSerializer _serializer = new();

    [Fact]
    public void A_mailbox_comes_back_as_it_was_stored()
    {
        var state = new MailboxState { Total = 1, Messages = { Guid.NewGuid() } };
        state.Correspondents.Add("a@b.test", new Correspondent { Received = 1, FirstSeen = s_day, LastSeen = s_day, Countries = { "JP" }, Networks = { 2500 } });

        Assert.Equivalent(state, _serializer.Deserialize<MailboxState>(_serializer.Serialize(state)), strict: true);
    }

    [Fact]
    public void An_account_comes_back_as_it_was_stored()
    {
        var state = new AccountState().Seen(new PlaceSeen("192.0.2.1", "JP", 2500, s_day, "submission"));

        Assert.Equivalent(state, _serializer.Deserialize<AccountState>(_serializer.Serialize(state)), strict: true);
    }

    [Fact]
    public void The_stored_form_names_itself_and_no_type_of_the_program()
    {
        var stored = Encoding.UTF8.GetString(_serializer.Serialize(new AccountState()).ToArray());

        Assert.StartsWith("{\"name\":\"account\",\"version\":1,\"state\":{", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Platform", stored, StringComparison.Ordinal);
    }

    /// <summary>What version 1 wrote must be read by every later program; its counts and blocks are kept elsewhere since.</summary>
    [Fact]
    public void The_form_of_version_1_stays_readable()
    {
        const string stored = """
            {"name":"account","version":1,"state":{"minute":{"slots":[{"number":7,"messages":1,"recipients":2}]},"hour":{"slots":[]},"day":{"slots":[]},
            "blockedUntil":"2026-11-24T13:00:00+00:00","blockReason":"stolen","messages":["11111111-1111-1111-1111-111111111111"],
            "places":[{"address":"192.0.2.1","country":"JP","asn":2500,"at":"2026-11-24T12:00:00+00:00"}]}}
            """;

        var state = _serializer.Deserialize<AccountState>(BinaryData.FromString(stored));

        Assert.Equal(new PlaceSeen("192.0.2.1", "JP", 2500, s_day), state.Places.Single());
    }

    [Theory]
    [InlineData("""{"name":"mailbox","version":1,"state":{}}""")]
    [InlineData("""{"name":"account","version":2,"state":{}}""")]
    [InlineData("""{"name":"account","version":1,"state":null}""")]
    public void Another_kind_and_a_later_version_are_refused(string stored) =>
        Assert.Throws<InvalidDataException>(() => _serializer.Deserialize<AccountState>(BinaryData.FromString(stored)));
}
