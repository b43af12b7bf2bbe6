using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Detectors;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Detectors;

/// <summary>A mail in a few words: what is not said is ordinary. It is written as message text and read by the product's own reader.</summary>
internal sealed record TestMail
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public string? From { get; init; } = "Taro Yamada <taro@partner.example>";
    public string? To { get; init; } = "info@acme.test";
    public string Subject { get; init; } = "Meeting on Tuesday";
    public string? Date { get; init; } = "Tue, 24 Nov 2026 20:55:00 +0900";
    public string? MessageId { get; init; } = "<20261124.1@partner.example>";
    public IReadOnlyList<string> Headers { get; init; } = [];
    public string? Text { get; init; }
    public string? Html { get; init; }
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; init; } = [];
    public Envelope Envelope { get; init; } = Envelope.None;
    public IReadOnlyList<Person> People { get; init; } = [];
    public IReadOnlyList<string> TenantDomains { get; init; } = ["acme.test"];
    public History History { get; init; } = History.Unknown;

    public ScanContext Context => new(Now, TenantDomains, People, [], History);

    public byte[] ToBytes()
    {
        var mail = new StringBuilder();
        foreach (var header in Headers)
            mail.Append(header).Append("\r\n");
        Field("From", From);
        Field("To", To);
        Field("Subject", Subject);
        Field("Date", Date);
        Field("Message-ID", MessageId);
        mail.Append("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"test-boundary\"\r\n\r\n");
        if (Text is not null || Html is null)
            Part("text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(Text ?? "See you on Tuesday."));
        if (Html is not null)
            Part("text/html; charset=utf-8", null, Encoding.UTF8.GetBytes(Html));
        foreach (var (name, content) in Files)
            Part("application/octet-stream", name, content);
        mail.Append("--test-boundary--\r\n");
        return Encoding.UTF8.GetBytes(mail.ToString());

        void Field(string name, string? value)
        {
            if (value is not null)
                mail.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        void Part(string type, string? name, byte[] content)
        {
            mail.Append(CultureInfo.InvariantCulture, $"--test-boundary\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n");
            if (name is not null)
                mail.Append(CultureInfo.InvariantCulture, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(name)}\r\n");
            mail.Append(CultureInfo.InvariantCulture, $"\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\r\n");
        }
    }

    public DetectionInput ToInput(INetworkData? network = null)
    {
        var message = new MailReader(new FakeTimeProvider()).Read(ToBytes(), ScanLimits.Default, CancellationToken.None);
        return new DetectionInput(message, Envelope, Context, new OriginFinder(network).Find(message, Envelope, []));
    }

    /// <summary>A mail given as it stands, from nowhere.</summary>
    public static DetectionInput Read(string mail)
    {
        var message = new MailReader(new FakeTimeProvider()).Read(Encoding.UTF8.GetBytes(mail), ScanLimits.Default, CancellationToken.None);
        return new DetectionInput(message, Envelope.None, new TestMail().Context, new OriginFinder(null).Find(message, Envelope.None, []));
    }

    /// <summary>The ids that a detector reports, after checking that each sign is described and carries its values and evidence.</summary>
    public IReadOnlyList<string> SignsOf(IDetector detector, INetworkData? network = null)
    {
        var signs = detector.Inspect(ToInput(network)).ToList();
        foreach (var sign in signs)
        {
            var description = detector.Signs.Single(described => described.Id == sign.Id);
            Assert.Equal(description.Arguments, sign.Arguments.Select(argument => argument.Name));
            Assert.True(sign.Evidence.Value.Length <= Platform.Engine.Verdicts.Evidence.MaxValueLength);
        }

        return [.. signs.Select(sign => sign.Id)];
    }
}
