using System.Text;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Intelligence;
using Platform.Engine.Learning;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;
using Platform.Scanning.Protocol;
using Platform.Yara;

namespace Platform.ScannerHost;

/// <summary>The engine as this process runs it.</summary>
internal sealed class Inspection(IScanner scanner, PoolFeeds feeds, IPreviewer previewer, IJournalReader journalReader, IForwardReader forwardReader)
{
    public static Inspection Create(HostSettings settings, IDnsResolver resolver, PoolFeeds feeds)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        INetworkData networks = settings.NetworkData.Count > 0 ? MmdbNetworkData.Open(settings.NetworkData) : NetworkTable.Embedded;
        var domains = settings.PublicSuffixList is { } list ? PublicSuffixFile.Open(list) : null;
        var model = settings.Model is { } path ? ModelFile.Open(path) : null;
        var scanner = Scanner.Create(networks, domains, settings.MayAsk ? resolver : null, files: YaraScanner.Create(settings.YaraRules), model: model);
        return new Inspection(scanner, feeds, new Previewer(new MailReader()), new JournalReader(TimeProvider.System), new ForwardReader(TimeProvider.System));
    }

    /// <summary>Runs every operation once over a mail of our own, so that code, tables and native libraries are loaded before the walls close.</summary>
    public async ValueTask WarmUpAsync()
    {
        var request = WarmUpMail.Request();
        await scanner.ScanAsync(request, CancellationToken.None).ConfigureAwait(false);
        var message = request.Message;
        previewer.Preview(message, ScanLimits.Default, CancellationToken.None);
        journalReader.Read(message, ScanLimits.Default, CancellationToken.None);
        forwardReader.Read(message, ScanLimits.Default, CancellationToken.None);
    }

    public ValueTask<Verdict> ScanAsync(RequestHeader request, byte[] message)
    {
        if (request is not { Envelope: { } envelope, Context: { } context, Limits: { } limits })
            throw new InvalidDataException("A scan needs envelope, context and limits.");
        return scanner.ScanAsync(new ScanRequest(message, envelope, context) { Limits = limits, Feeds = request.MayAskFeeds ? feeds : null }, CancellationToken.None);
    }

    public SafePreview Preview(byte[] message) => previewer.Preview(message, ScanLimits.Default, CancellationToken.None);

    public (ResponseHeader Header, ReadOnlyMemory<byte> Body) ReadJournal(byte[] message)
    {
        var report = journalReader.Read(message, ScanLimits.Default, CancellationToken.None);
        return (new ResponseHeader { Journal = new JournalHeader(report.IsReport, report.Sender, report.Recipients) }, report.Message);
    }

    public (ResponseHeader Header, ReadOnlyMemory<byte> Body) ReadForward(byte[] message)
    {
        var forwarded = forwardReader.Read(message, ScanLimits.Default, CancellationToken.None);
        return (new ResponseHeader { Forward = new ForwardHeader(forwarded.IsAttached, forwarded.Refers) }, forwarded.Message);
    }
}
