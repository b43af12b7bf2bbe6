using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

public sealed class ShutdownTests
{
    private static readonly SmtpServerOptions Options = new() { Hostname = "mx.test", Tls = SmtpTls.WithCertificate(TestCertificate.Certificate) };

    [Fact]
    public async Task An_idle_session_is_told_and_closed()
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var client = await server.GreetAsync();

        await server.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["421 4.3.2 Service shutting down, try again later"], (await client.ReadToEndAsync()).Select(r => r.ToString()));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_message_under_way_is_finished(bool overTls, bool inChunks)
    {
        await using var server = await TestServer.StartAsync(Options);
        await using var idle = await server.GreetAsync();
        await using var client = await server.GreetAsync();
        if (overTls)
        {
            await client.CommandAsync("STARTTLS");
            await client.StartTlsAsync();
            await client.CommandAsync("EHLO client.test");
        }

        await client.BeginAsync();
        await client.CommandAsync(inChunks ? "BDAT 7\r\nfirst" : "DATA");
        await client.SendAsync(inChunks ? "BDAT 8 LAST\r\nsec" : "first\r\nsec");

        var stop = server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(421, (await idle.ReadAsync()).Code);
        await client.SendAsync(inChunks ? "ond\r\n" : "ond\r\n.\r\n");

        Assert.Equal([250, 421], (await client.ReadToEndAsync()).Select(r => r.Code));
        Assert.Equal("first\r\nsecond\r\n", server.Handler.Message.Text);
        await stop;
    }

    [Fact]
    public async Task When_the_time_to_stop_runs_out_the_handler_is_cancelled()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var handler = new RecordingHandler
        {
            OnComplete = async token =>
            {
                await using var registration = token.Register(cancelled.SetResult);
                begun.SetResult();
                await cancelled.Task;
                throw new OperationCanceledException(token);
            },
        };
        await using var server = await TestServer.StartAsync(Options, handler);
        await using var client = await server.GreetAsync();
        await client.BeginAsync();
        await client.CommandAsync("DATA");
        await client.SendAsync("hello\r\n.\r\n");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        await server.StopAsync(new CancellationToken(canceled: true));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Empty(handler.Messages);
    }
}
