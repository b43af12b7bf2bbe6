using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;

namespace Platform.EndToEnd.Tests.Harness;

/// <summary>What the load says of a mail must be exactly what the server answered: every figure of loss rests on it.</summary>
public sealed class SmtpSenderTests
{
    private const string Greeting = "220 ready\r\n";
    private const string Hello = "250 hello\r\n";
    private const string EnvelopeTaken = "250 sender\r\n250 recipient\r\n354 go on\r\n";

    public static TheoryData<string, string[], string, int> Scripts => new()
    {
        { "accepted after the final dot", [Greeting, Hello, EnvelopeTaken, "250 taken\r\n"], nameof(SendOutcome.Accepted), 250 },
        { "refused after the final dot", [Greeting, Hello, EnvelopeTaken, "550 no\r\n"], nameof(SendOutcome.Refused), 550 },
        { "a full disk", [Greeting, Hello, EnvelopeTaken, "452 later\r\n"], nameof(SendOutcome.Refused), 452 },
        { "recipient refused", [Greeting, Hello, "250 sender\r\n550 unknown\r\n503 no recipients\r\n"], nameof(SendOutcome.Refused), 550 },
        { "session refused", ["554 go away\r\n"], nameof(SendOutcome.Refused), 554 },
        { "session at its limit", [Greeting, Hello, "421 enough\r\n"], nameof(SendOutcome.Refused), 421 },
        { "lost before the data", [Greeting, Hello, ""], nameof(SendOutcome.NotSent), 0 },
        { "lost before the reply", [Greeting, Hello, EnvelopeTaken, ""], nameof(SendOutcome.NoReply), 0 },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_outcome_says_what_the_server_answered(string what, string[] script, string outcome, int code)
    {
        await using var server = new ScriptedServer(script);
        await using var sender = new SmtpSender(server.Address, keep: true);

        var record = await sender.SendAsync(Mail(), TestContext.Current.CancellationToken);

        Assert.True((record.Outcome.ToString(), record.Code) == (outcome, code), $"{what}: {record.Outcome} {record.Code} {record.Text}");
    }

    [Fact]
    public async Task A_load_sends_again_what_got_no_reply_and_records_both_attempts()
    {
        await using var server = new ScriptedServer(Greeting, Hello, EnvelopeTaken, "");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var attempts = 0;
        var plan = new LoadPlan(server.Address, 1)
        {
            Ended = _ =>
            {
                if (++attempts == 2)
                    stop.Cancel();
            },
        };

        var result = await new LoadGenerator(plan).RunAsync(1, _ => Mail(), stop.Token);

        Assert.Equal([SendOutcome.NoReply, SendOutcome.NoReply], result.Records.Select(r => r.Outcome));
    }

    private static OutgoingMail Mail() => PeerMail.All[0].To("one@partner.example", "info@acme.test");
}
