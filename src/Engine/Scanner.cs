using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Detectors;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.Learning;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;

namespace Platform.Engine;

/// <summary>Reads a message, lets every detector look at it, weighs what they saw. The same request gives the same verdict.</summary>
public sealed class Scanner : IScanner
{
    private readonly IMailReader _reader;
    private readonly INetworkData? _network;
    private readonly IReadOnlyList<(string Name, IDetector Detector)> _detectors;
    private const int Patience = 2;

    private readonly TimeProvider _time;
    private readonly OriginFinder _origins;
    private readonly OrganisationalDomain _domains;
    private readonly ScanAuthentication _authentication;
    private readonly LearnedSigns? _learned;
    private readonly ScanFeeds _feeds;

    /// <param name="network">Country and network of addresses; null when there is no such data.</param>
    /// <param name="time">Measures <see cref="ScanLimits.MaxTime"/>; the clock of the verdict is <see cref="ScanContext.Now"/>.</param>
    /// <param name="domains">Null: the public suffix list that ships with the engine.</param>
    /// <param name="resolver">Answers questions to DNS; null: a scan is offline, but for what a snapshot in its context answers.</param>
    /// <param name="feeds">Antivirus, feeds and lists; null: none is asked, but for those of the request.</param>
    /// <param name="files">Looks into files with patterns; null: none does.</param>
    /// <param name="model">Null: nothing learned is asked.</param>
    public Scanner(
        IMailReader reader,
        INetworkData? network,
        IReadOnlyList<IDetector> detectors,
        TimeProvider time,
        OrganisationalDomain? domains = null,
        IDnsResolver? resolver = null,
        IFeeds? feeds = null,
        IFileScanner? files = null,
        LearnedModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(detectors);
        ArgumentNullException.ThrowIfNull(time);
        _reader = reader;
        _network = network;
        _detectors = [.. detectors.Select(detector => (NameOf(detector), detector))];
        _time = time;
        _domains = domains ?? OrganisationalDomain.Embedded;
        _origins = new OriginFinder(network);
        _authentication = new ScanAuthentication(resolver, _domains, time);
        _learned = model is null ? null : new LearnedSigns(model);
        _feeds = new ScanFeeds(feeds, files);
    }

    /// <summary>Version of this engine, kept with each verdict.</summary>
    public static string Version { get; } = typeof(Scanner).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The scanner of the product: all detectors, the given country and network data, public suffix list, DNS, feeds and model.</summary>
    /// <param name="model">Null: the model that ships with the engine.</param>
    public static Scanner Create(
        INetworkData? network = null, OrganisationalDomain? domains = null, IDnsResolver? resolver = null, IFeeds? feeds = null, IFileScanner? files = null, LearnedModel? model = null) =>
        new(new MailReader(), network, EngineParts.Detectors, TimeProvider.System, domains, resolver, feeds, files, model ?? LearnedModel.Embedded);

    public async ValueTask<Verdict> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        var seen = await ExamineAsync(request, cancellationToken).ConfigureAwait(false);
        var weighed = Weighing.Weigh([.. seen.Signs, .. Learned(seen)]);
        var personalData = PersonalDataOf(seen, cancellationToken);
        var moreNames = MoreNames(seen);
        return new Verdict(weighed.Kind, weighed.Type, weighed.Score, weighed.Reasons, seen.Input.Origin, FactsOf(seen.Input.Message) with { MoreNames = moreNames }, [.. seen.NotAsked.Distinct(StringComparer.Ordinal)], Version)
        {
            Authentication = seen.Sender is null ? null : AuthenticationFacts.Of(seen.Sender.Report),
            Dns = seen.Sender?.Answers,
            Sources = seen.Answers?.Sources ?? [],
            Feeds = seen.Answers,
            Authors = request.Envelope.Direction == MailDirection.Inbound ? [] : SubmittedAuthors.Of(request.Message.Span),
            Behaviours = [.. seen.Input.Message.Behaviours.Distinct().Take(Verdict.MaxBehaviours)],
            AllowListed = seen.Signs.Exists(sign => sign.Id == "allow-listed-sender"),
            BlockListed = IsBlocked(seen),
            PersonalData = personalData,
        };
    }

    /// <summary>Everything up to the weighing, but for what the model says of it.</summary>
    internal async ValueTask<Examined> ExamineAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var spent = new SpentTime(_time);
        List<string> notAsked = [];
        var message = Read(request, notAsked, cancellationToken);
        var origin = _origins.Find(message, request.Envelope, request.Context.TrustedHops);
        var sender = await AuthenticateAsync(request, origin, spent, notAsked, cancellationToken).ConfigureAwait(false);
        var answers = await AskFeedsAsync(request, message, origin, spent, notAsked, cancellationToken).ConfigureAwait(false);
        notAsked.InsertRange(0, Unasked(request.Context, answers, dns: sender is { LeftOut: false }));
        var input = new DetectionInput(message, request.Envelope, request.Context, origin) { Domains = _domains, Authentication = sender?.Report, Feeds = answers ?? FeedAnswers.Empty };

        List<Sign> signs = [];
        foreach (var (name, detector) in _detectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (spent.Value > request.Limits.MaxTime)
            {
                signs.Add(OutOf("limit-time", string.Create(CultureInfo.InvariantCulture, $"{request.Limits.MaxTime.TotalSeconds} s")));
                notAsked.Add("limit-time");
                break;
            }

            signs.AddRange(Ask(name, () => detector.Inspect(input), notAsked));
        }

        if (input.Examined.Exhausted)
        {
            signs.Add(OutOf(Examination.Limit, "not every file was looked at to its end"));
            notAsked.Add(Examination.Limit);
        }

        notAsked.AddRange(message.Notes.Where(note => note.Limit).Select(note => note.Id));
        return new Examined(input, signs, notAsked, sender, answers);
    }

    // Of senders a sign says which entry holds; of links and files only the entry that decides is among the answers.
    private static bool IsBlocked(Examined seen) =>
        seen.Signs.Exists(sign => sign.Id is "block-listed-sender" or "block-listed-network")
        || (seen.Answers?.Entries ?? []).Any(entry => entry is { Action: ListAction.Block, Kind: ListEntryKind.Host or ListEntryKind.Url or ListEntryKind.File });

    private List<Sign> Learned(Examined seen) =>
        _learned is null ? [] : Ask("learned", () => _learned.Inspect(seen.Input, seen.Signs), seen.NotAsked);

    // It is no sign of an attack: rules of outgoing mail ask for it, and are told where it may be that nobody looked.
    private static IReadOnlyList<PersonalDataFinding> PersonalDataOf(Examined seen, CancellationToken cancellationToken)
    {
        try
        {
            var message = seen.Input.Message;
            var report = PersonalDataScan.Run(MailTexts.Of(message), MailTexts.PartiesOf(message), cancellationToken);
            if (report.IsCut || message.Notes.Any(note => note.Limit && ScanGaps.LeavesTextOut(note.Id)))
                seen.NotAsked.Add(ScanGaps.Data);
            if (report.IsBroken)
                seen.NotAsked.Add(ScanGaps.BrokenData);
            return report.Findings;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            seen.NotAsked.Add(ScanGaps.BrokenData);
            return [];
        }
    }

    // As with the sender: what cannot be asked costs its own answer, and is said.
    private async ValueTask<FeedAnswers?> AskFeedsAsync(ScanRequest request, MailMessage message, Origin origin, SpentTime spent, List<string> notAsked, CancellationToken cancellationToken)
    {
        var left = request.Limits.MaxTime - spent.Value;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _feeds.RunAsync(request, message, origin, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            notAsked.Add("limit-time");
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException or IOException))
        {
            notAsked.Add("detector:feeds");
        }

        return null;
    }

    // A fault in it costs its own results, as with a detector; a sender must not decide whether the rest is looked at.
    private async ValueTask<Authenticated?> AuthenticateAsync(ScanRequest request, Origin origin, SpentTime spent, List<string> notAsked, CancellationToken cancellationToken)
    {
        var left = request.Limits.MaxTime - spent.Value;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _authentication.RunAsync(request, origin, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            notAsked.Add("limit-time");
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException or IOException))
        {
            notAsked.Add("detector:authentication");
        }

        return null;
    }

    // A message that outlasts the reader is still a message: it is said that it was not read, never that it is clean.
    private MailMessage Read(ScanRequest request, List<string> notAsked, CancellationToken cancellationToken)
    {
        // The reader looks at the time itself; this is for what it would be stuck in.
        using var deadline = new CancellationTokenSource(request.Limits.MaxTime * Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return _reader.Read(request.Message, request.Limits, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            notAsked.Add("limit-time");
            return Unread(request.Message, new StructureNote("limit-time", "message", "not read within the time limit", Limit: true));
        }
    }

    // One broken detector costs its own sign, never the verdict; its name is told, the message's content is not.
    private static List<Sign> Ask(string name, Func<IEnumerable<Sign>> detect, List<string> notAsked)
    {
        List<Sign> signs = [];
        try
        {
            foreach (var sign in detect())
                signs.Add(sign);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            notAsked.Add($"detector:{name}");
        }

        return signs;
    }

    private IEnumerable<string> Unasked(ScanContext context, FeedAnswers? answers, bool dns)
    {
        if (!dns)
            yield return "dns";
        foreach (var id in ScanFeeds.Unasked(answers))
            yield return id;
        if (!context.History.Known)
            yield return "history";
        if (_network is null)
            yield return "network-data";
    }

    private static Sign OutOf(string limit, string detail) =>
        new("limit-reached", new Evidence(EvidenceKind.Structure, "message", $"{limit}: {detail}"), ("note", limit));

    private static string NameOf(IDetector detector) =>
        string.Concat(detector.GetType().Name.Select((character, index) => char.IsUpper(character) && index > 0 ? $"-{char.ToLowerInvariant(character)}" : $"{char.ToLowerInvariant(character)}"));

    private static MessageFacts FactsOf(MailMessage message)
    {
        var from = message.From.Count > 0 ? message.From[0] : null;
        return new MessageFacts(
            message.MessageId,
            message.Subject,
            from?.Address ?? "",
            from?.Name ?? "",
            Addresses(message.ReplyTo),
            Addresses(message.To),
            Addresses(message.Cc),
            message.Date,
            [.. message.Attachments.Take(MessageFacts.MaxListed).Select(file => new AttachmentFacts(file.Path, file.DeclaredType, file.Type.MediaType, file.Content.Length, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span))))],
            [.. message.Links.Where(link => link.Kind is not (LinkKind.Image or LinkKind.Script)).Select(link => link.Target).Distinct(StringComparer.Ordinal).Take(MessageFacts.MaxListed)],
            message.VisibleText.Length > MessageFacts.MaxTextLength ? message.VisibleText[..MessageFacts.MaxTextLength] : message.VisibleText)
        {
            FilesText = FilesTextOf(message),
            InReplyTo = [.. message.InReplyTo.Concat(message.References.Reverse()).Distinct(StringComparer.Ordinal).Take(MessageFacts.MaxInReplyTo)],
        };
    }

    /// <summary>Names beyond the listed ones, which rules ask for too.</summary>
    private static List<string> MoreNames(Examined seen)
    {
        List<string> names = [];
        var left = MessageFacts.MaxMoreNamesLength;
        foreach (var file in seen.Input.Message.Attachments.Skip(MessageFacts.MaxListed))
        {
            left -= file.Path.Length;
            if (left < 0)
            {
                seen.NotAsked.Add(ScanGaps.Names);
                break;
            }

            names.Add(file.Path);
        }

        return names;
    }

    private static string FilesTextOf(MailMessage message)
    {
        var text = new StringBuilder();
        foreach (var (_, part) in message.WholeTexts)
        {
            var left = MessageFacts.MaxFilesTextLength - text.Length;
            if (left <= 0)
                break;
            text.Append(part, 0, Math.Min(part.Length, left));
            if (part.Length < left)
                text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Addresses(IReadOnlyList<MailAddress> addresses) => [.. addresses.Take(MessageFacts.MaxListed).Select(address => address.Address)];

    private static MailMessage Unread(ReadOnlyMemory<byte> raw, StructureNote note) => new()
    {
        Raw = raw,
        Headers = [],
        From = [],
        Sender = [],
        ReplyTo = [],
        To = [],
        Cc = [],
        Subject = "",
        MessageId = "",
        InReplyTo = [],
        References = [],
        Date = null,
        Root = new MailPart("1", "application/octet-stream", null, null, null, null, "", ReadOnlyMemory<byte>.Empty, []),
        Leaves = [],
        VisibleText = "",
        HiddenText = "",
        Html = [],
        Links = [],
        Attachments = [],
        Notes = [note],
    };
}
