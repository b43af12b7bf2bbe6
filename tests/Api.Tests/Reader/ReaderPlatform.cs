using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Engine;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Grains.Notices;
using Platform.Storage.Bodies;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Reader;

/// <summary>The API with protected mail, whose codes the test takes in place of the recipient.</summary>
internal sealed class ReaderPlatform : IAsyncDisposable
{
    public const string Secret = "zwvxmarker";

    private readonly List<HttpClient> _browsers = [];

    private ReaderPlatform(Func<ApiSettings, ApiSettings> change, Action<IServiceCollection> services) => Platform = new TestPlatform
    {
        Change = change,
        Services = registered =>
        {
            registered.AddSingleton<ISystemMails>(Mails);
            services(registered);
        },
    };

    public TestPlatform Platform { get; }

    public RecordedMails Mails { get; } = new();

    public SeededTenant Tenant => Platform.Seed.Acme;

    public Scope Scope => Scope.System(Tenant.Id, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ReaderPlatform> StartAsync(Func<ApiSettings, ApiSettings>? change = null, Action<IServiceCollection>? services = null)
    {
        var started = new ReaderPlatform(change ?? (settings => settings), services ?? (_ => { }));
        await started.Platform.InitializeAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
            browser.Dispose();
        await Platform.DisposeAsync();
    }

    /// <summary>A mail of the tenant's mailbox, protected for somebody outside.</summary>
    /// <param name="author">Null: the mailbox.</param>
    public async Task<PlantedMail> PlantAsync(ProtectForm? form = null, string? author = null)
    {
        var sender = author ?? await SenderAsync();
        var raw = $"From: {sender}\r\nTo: bob@partner.test\r\nSubject: {Secret} plan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/html\r\n\r\n<p>{Secret} <script>alert(1)</script></p>\r\n"
            + $"--b\r\nContent-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n{Secret},1\r\n--b--\r\n";
        var flow = Get<IMessageFlow>();
        await using var writer = await Get<IBodyStore>().CreateAsync(Tenant.Id, Stop);
        await writer.WriteAsync(Encoding.ASCII.GetBytes(raw), Stop);
        var delivery = new NewDelivery(Guid.CreateVersion7(), "bob@partner.test", null, null, null);
        var message = new NewMessage(
            Guid.CreateVersion7(), Tenant.Id, IntakeMode.Submission, new Envelope("192.0.2.7", null, null, sender, [delivery.Recipient], MailDirection.Outbound), await writer.SealAsync(Stop), "", DateTimeOffset.UtcNow, [delivery], SmtpParameters.None)
        {
            SenderMailboxId = Tenant.Mailbox,
            ScanLease = TimeSpan.FromMinutes(5),
        };
        var lease = (await flow.AcceptAsync([message], Stop))[0]!;
        var verdict = new Verdict(VerdictKind.Clean, null, 0, [], Origin.Unknown, MessageFacts.Empty with { Subject = $"{Secret} plan", FromAddress = sender, Text = Secret }, [], "test");
        var decision = new DeliveryDecision(delivery.Id, DeliveryState.Queued, "deliver", null) { Form = new SendForm { Protect = form ?? new ProtectForm(ProtectedExtent.Mail, ViewOnly: false, 30) } };
        Assert.True(await flow.CompleteScanAsync(lease, new ScanOutcome(verdict, ScanContext.Offline(DateTimeOffset.UtcNow), [decision]), Stop));
        var token = Get<IActionLinks>().Sign(new ActionLink(LinkPurpose.Read, Tenant.Id, delivery.Id, Tenant.Mailbox, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds())));
        return new PlantedMail(message.Id, delivery.Id, $"/r/{token}");
    }

    /// <summary>A browser of its own, with its cookies.</summary>
    public HttpClient Browser()
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = Platform.Address };
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>A browser in which the code was given.</summary>
    public async Task<HttpClient> ReadingAsync(PlantedMail mail)
    {
        var browser = Browser();
        await PostAsync(browser, mail.Path + "/code");
        await PostAsync(browser, mail.Path + "/enter", ("code", Mails.Latest.Code));
        return browser;
    }

    public static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public static async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await browser.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public T Get<T>()
        where T : notnull => Platform.Provider.GetRequiredService<T>();

    public PlatformDb Open() => Get<IPlatformDbFactory>().Open(Scope);

    private async Task<string> SenderAsync()
    {
        await using var db = Open();
        return await db.Mailboxes.Where(row => row.Id == Tenant.Mailbox).Select(row => row.Address).SingleAsync(Stop);
    }
}

internal sealed record PlantedMail(Guid Message, Guid Delivery, string Path);
