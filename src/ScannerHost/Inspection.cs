using System.Text;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Intelligence;
using Platform.Engine.Learning;
using Platform.Engine.Letters;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;
using Platform.Scanning.Protocol;
using Platform.Yara;

namespace Platform.ScannerHost;

/// <summary>The engine as this process runs it.</summary>
internal sealed class Inspection(IScanner scanner, PoolFeeds feeds, IPreviewer previewer, IJournalReader journalReader, IForwardReader forwardReader, IMailRewriter rewriter, ILetterReader letters)
{
    public static Inspection Create(HostSettings settings, IDnsResolver resolver, PoolFeeds feeds)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        INetworkData networks = settings.NetworkData.Count > 0 ? MmdbNetworkData.Open(settings.NetworkData) : NetworkTable.Embedded;
        var domains = settings.PublicSuffixList is { } list ? PublicSuffixFile.Open(list) : null;
        var model = settings.Model is { } path ? ModelFile.Open(path) : null;
        var scanner = Scanner.Create(networks, domains, settings.MayAsk ? resolver : null, files: YaraScanner.Create(settings.YaraRules), model: model);
        return new Inspection(scanner, feeds, new Previewer(new MailReader()), new JournalReader(TimeProvider.System), new ForwardReader(TimeProvider.System), new MailRewriter(), new LetterReader());
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
        letters.Read(message, new LetterView(), ScanLimits.Default, CancellationToken.None);
        rewriter.Rewrite(message, new MailRewrite { Take = new FileChoice { All = true }, Note = new MailNote("", "", "") }, ScanLimits.Default, CancellationToken.None);
        rewriter.Rewrite(message, new MailRewrite { Replacement = new MailReplacement("\u2013", "", "") }, ScanLimits.Default, CancellationToken.None);
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

    public (ResponseHeader Header, ReadOnlyMemory<byte> Body) Rewrite(MailRewrite rewrite, byte[] message)
    {
        var rewritten = rewriter.Rewrite(message, rewrite, ScanLimits.Default, CancellationToken.None);
        return (new ResponseHeader { Rewritten = new RewrittenHeader(rewritten.End, rewritten.Taken) }, rewritten.Message);
    }

    public Letter ReadLetter(LetterView view, byte[] message) => letters.Read(message, view, ScanLimits.Default, CancellationToken.None);

    public (ResponseHeader Header, ReadOnlyMemory<byte> Body) OpenFile(LetterView view, string path, byte[] message)
    {
        var opened = letters.Open(message, view, path, ScanLimits.Default, CancellationToken.None);
        return (new ResponseHeader { File = new FileHeader(opened?.File, opened?.Text ?? "") }, opened?.Content ?? default);
    }
}
