using System.Text;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Maildir;
using Platform.Grains.Tests.Support;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries.Maildir;

public sealed class MaildirWriterTests : IDisposable
{
    private static readonly byte[] Body = [.. "Subject: x\r\n\r\n.dot\r\n"u8, 0x00, 0xFF, 0x80, .. "\nbare, no end"u8];

    private readonly TempFolder _folder = new();
    private readonly MaildirWriter _writer;

    public MaildirWriterTests() => _writer = new MaildirWriter(new FlowSettings { DataDirectory = _folder.Path, Hostname = "mx/1.test" });

    private string Root => _folder.Sub("delivered");

    [Fact]
    public async Task The_file_is_the_trace_fields_and_then_every_byte()
    {
        await WriteAsync(Lease());

        var written = await File.ReadAllBytesAsync(Files("new").Single(), TestContext.Current.CancellationToken);
        Assert.Equal([.. "Return-Path: <>\r\n"u8, .. Body], written);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_working_folder()
    {
        await WriteAsync(Lease());

        Assert.Empty(Files("tmp"));
    }

    [Fact]
    public async Task The_name_holds_time_delivery_and_host_without_a_slash()
    {
        var lease = Lease();

        await WriteAsync(lease);

        Assert.Equal($"1795510800.D{lease.DeliveryId:N}.mx_1.test", Path.GetFileName(Files("new").Single()));
    }

    [Fact]
    public async Task A_repeat_after_a_crash_does_not_double()
    {
        var lease = Lease();
        await WriteAsync(lease);

        await WriteAsync(lease with { Attempt = 2, Token = Guid.NewGuid() });

        Assert.Single(Files("new"));
    }

    [Fact]
    public async Task A_repeat_finds_the_file_that_a_reader_moved()
    {
        var lease = Lease();
        await WriteAsync(lease);
        var file = Files("new").Single();
        File.Move(file, Path.Combine(Root, "info@acme.test", "cur", Path.GetFileName(file) + ":2,S"));

        await WriteAsync(lease with { Attempt = 2 });

        Assert.Empty(Files("new"));
    }

    [Fact]
    public async Task A_repeat_of_what_never_got_there_writes_it()
    {
        await WriteAsync(Lease() with { Attempt = 2 });

        Assert.Single(Files("new"));
    }

    [Fact]
    public async Task Two_deliveries_of_one_message_are_two_files()
    {
        await WriteAsync(Lease());
        await WriteAsync(Lease());

        Assert.Equal(2, Files("new").Length);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_behind()
    {
        var content = new OutgoingContent(ReadOnlyMemory<byte>.Empty, new BrokenStream(), HeaderIsAscii: true);

        await Assert.ThrowsAsync<IOException>(() => _writer.WriteAsync(Root, Lease(), content, repeated: false, TestContext.Current.CancellationToken));

        Assert.Equal((0, 0), (Files("tmp").Length, Files("new").Length));
    }

    [Theory]
    [InlineData("delivered", true)]
    [InlineData("delivered/acme", true)]
    [InlineData("keys/../delivered", true)]
    [InlineData("delivered/..data", true)]
    [InlineData(".", false)]
    [InlineData("keys", false)]
    [InlineData("delivered/../bodies", false)]
    [InlineData("delivered2", false)]
    [InlineData("..", false)]
    [InlineData("/etc", false)]
    public void Of_the_data_folder_only_what_is_delivered_is_written_to(string route, bool isAllowed)
    {
        Assert.Equal(isAllowed, _writer.RootOf(route) is not null);
    }

    [Fact]
    public void Settings_may_allow_another_folder()
    {
        var writer = new MaildirWriter(new FlowSettings { DataDirectory = _folder.Path, Relay = new RelaySettings { MaildirRoots = ["/srv/mail"] } });

        Assert.Equal(("/srv/mail/demo", null), (writer.RootOf("/srv/mail/demo"), writer.RootOf("/srv/mailbox")));
    }

    public void Dispose() => _folder.Dispose();

    private Task WriteAsync(RelayLease lease) => _writer.WriteAsync(
        Root, lease, new OutgoingContent(Encoding.ASCII.GetBytes("Return-Path: <>\r\n"), new MemoryStream(Body), HeaderIsAscii: false), lease.Attempt > 1, TestContext.Current.CancellationToken);

    private string[] Files(string folder) => Directory.GetFiles(Path.Combine(Root, "info@acme.test", folder));

    private static RelayLease Lease() => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 1, DeliveryState.Queued, "", "info@acme.test", null, null, "", null,
        SmtpParameters.None, new BodyReference("x", []), new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), default);

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(new byte[10])
        {
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("broken");
    }
}
