using Microsoft.Extensions.Logging.Abstractions;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests;

public sealed class SmtpServerOptionsTests
{
    public static TheoryData<string, SmtpServerOptions> Impossible => new()
    {
        { "Hostname", new SmtpServerOptions { Hostname = "two words" } },
        { "Tls", new SmtpServerOptions { RequireTls = true } },
        { "Tls", new SmtpServerOptions { ImplicitTls = true } },
        { "MaxMessageBytes", new SmtpServerOptions { MaxMessageBytes = 0 } },
        { "MaxLineLength", new SmtpServerOptions { MaxLineLength = 80 } },
        { "MaxCommandLength", new SmtpServerOptions { MaxCommandLength = 100 } },
        { "MaxRecipients", new SmtpServerOptions { MaxRecipients = 0 } },
        { "MaxErrors", new SmtpServerOptions { MaxErrors = 0 } },
        { "MaxConnections", new SmtpServerOptions { MaxConnections = 0 } },
        { "DataTimeout", new SmtpServerOptions { DataTimeout = TimeSpan.Zero } },
        { "GreetingDelay", new SmtpServerOptions { GreetingDelay = TimeSpan.FromSeconds(-1) } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_work_is_told_by_name(string name, SmtpServerOptions options)
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new SmtpConnectionHandler(new RecordingHandler(), options, TimeProvider.System, NullLogger<SmtpConnectionHandler>.Instance));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }
}
