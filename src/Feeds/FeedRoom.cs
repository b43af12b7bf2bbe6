using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Feeds.Clamd;
using Platform.Feeds.DnsLists;
using Platform.Feeds.Lists;
using Platform.Feeds.Loading;
using Platform.Feeds.Misp;
using Platform.Feeds.Stix;

namespace Platform.Feeds;

/// <summary>Every source that the settings name, made, loaded and kept up to date.</summary>
public sealed class FeedRoom : IFeeds, IDisposable
{
    private readonly List<IFeedSource> _sources = [];
    private readonly List<FeedSubscription> _subscriptions = [];
    private readonly ClamdSource? _clamd;
    private readonly FeedHttp _http;
    private readonly FeedDesk _desk;
    private readonly bool _online;

    /// <param name="resolver">Answers for block lists by DNS; null: they are not asked.</param>
    /// <param name="online">False: no packet leaves; sources that need one say that they were not asked.</param>
    /// <exception cref="FeedSettingsException">A setting is wrong.</exception>
    public FeedRoom(FeedSettings settings, IDnsResolver? resolver, bool online, TimeProvider clock, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _online = online;
        _clamd = Antivirus(settings.Antivirus);
        if (_clamd is not null)
            _sources.Add(_clamd);
        _http = new FeedHttp(Networks(settings.Networks));
        foreach (var list in settings.Lists)
        {
            if (list.Name.Length == 0)
                throw new FeedSettingsException("A feed in Feeds:Lists has no Name.");
            var loader = Loader(list, clock);
            var source = new ListSource(list.Name, loader.NeedsNetwork && !online ? "offline" : "not loaded yet");
            var kept = settings.Folder is { } folder && loader.NeedsNetwork ? new KeptCopy(folder, list.Name) : null;
            _subscriptions.Add(new FeedSubscription(source, loader, kept, list.Refresh, clock, logger));
            _sources.Add(source);
        }

        _sources.AddRange(settings.DnsLists.Select(list => new DnsListSource(DnsListOf(list), resolver ?? NoResolver.Instance, clock)));
        if (_sources.GroupBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FeedSettingsException($"Two sources are called '{twice.Key}'.");
        _desk = new FeedDesk(_sources, online, settings.Patience, clock, logger);
    }

    /// <summary>Nothing is set up: there is nobody to ask.</summary>
    public bool IsEmpty => _sources.Count == 0;

    public ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => _desk.AskAsync(questions, message, cancellationToken);

    /// <summary>Puts in place what earlier runs kept and what lies on this machine; where it may, fetches the rest once.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => Task.WhenAll(_subscriptions.Select(async subscription =>
    {
        await subscription.RestoreAsync(cancellationToken).ConfigureAwait(false);
        if (_online || !subscription.NeedsNetwork)
            await subscription.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }));

    /// <summary>Puts in place what earlier runs kept, then refreshes each feed in its own time until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_subscriptions.Select(subscription => subscription.RestoreAsync(cancellationToken))).ConfigureAwait(false);
        await Task.WhenAll(_subscriptions.Select(subscription => subscription.RunAsync(cancellationToken))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _clamd?.Dispose();
        _http.Dispose();
        _desk.Dispose();
    }

    private static ClamdSource? Antivirus(AntivirusSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Clamd))
            return null;
        return ClamdAddress.TryParse(settings.Clamd, out var address)
            ? new ClamdSource(new ClamdClient(address, Math.Clamp(settings.Connections, 1, 256)), settings.StreamMaxLength)
            : throw new FeedSettingsException($"Antivirus:Clamd is '{settings.Clamd}'. Write it as host:port or as the path of a Unix socket.");
    }

    private IFeedLoader Loader(ListSetting list, TimeProvider clock)
    {
        var limits = FeedLimits.Default;
        ReadFeed read = list.Format switch
        {
            FeedFormat.Misp => content => MispEvent.Read(content, limits.MaxIndicators),
            FeedFormat.Stix => content => [.. StixBundle.Read(content, clock.GetUtcNow(), limits.MaxIndicators).Indicators],
            _ => content => ListText.Read(content.Span, limits.MaxIndicators, list.Column, list.LabelColumn),
        };
        var isWeb = Uri.TryCreate(list.Location, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!isWeb && (list.Format == FeedFormat.Taxii || string.IsNullOrWhiteSpace(list.Location) || list.Location.Contains("://", StringComparison.Ordinal)))
            throw new FeedSettingsException($"The Location of feed '{list.Name}' is '{list.Location}', which is no http address{(list.Format == FeedFormat.Taxii ? "" : " and no path")}.");
        var authorization = Authorization(list);
        return (list.Format, isWeb) switch
        {
            (FeedFormat.Taxii, _) => new TaxiiLoader(_http, uri!, authorization, list.Collections.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), limits, clock),
            (FeedFormat.Misp, true) when !uri!.AbsolutePath.EndsWith(".json", StringComparison.Ordinal) => MispLoader.OfServer(_http, uri, authorization, limits),
            (FeedFormat.Misp, false) when !list.Location.EndsWith(".json", StringComparison.Ordinal) => MispLoader.OfFolder(list.Location, limits),
            (_, true) => new HttpLoader(_http, uri!, authorization, read, limits),
            _ => new FileLoader(list.Location, read, limits),
        };
    }

    private static AuthenticationHeaderValue? Authorization(ListSetting list) => list switch
    {
        { Token: { Length: > 0 } token } => new AuthenticationHeaderValue("Bearer", token),
        { User: { Length: > 0 } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{list.Password}"))),
        _ => null,
    };

    private static DnsList DnsListOf(DnsListSetting list)
    {
        var zone = list.Zone.Trim('.');
        if (!DnsName.IsName(zone))
            throw new FeedSettingsException($"The Zone '{list.Zone}' in Feeds:DnsLists is no name.");
        if (list.Kind is not ("address" or "domain"))
            throw new FeedSettingsException($"The Kind '{list.Kind}' of {zone} in Feeds:DnsLists is neither address nor domain.");
        Dictionary<string, string> codes = new(StringComparer.Ordinal);
        foreach (var pair in list.Codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var code))
                throw new FeedSettingsException($"The Codes of {zone} in Feeds:DnsLists hold '{pair}'. Write each as 127.0.0.2=meaning.");
            codes[code.ToString()] = parts[1];
        }

        return new DnsList(list.Name.Length > 0 ? list.Name : zone, zone, list.Kind == "address", codes);
    }

    private static IPNetwork[] Networks(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(range => IPNetwork.TryParse(range, out var network)
            ? network
            : throw new FeedSettingsException($"Feeds:Networks holds '{range}', which is no CIDR range."))];

    /// <summary>Where there is no resolver every question is left out.</summary>
    private sealed class NoResolver : IDnsResolver
    {
        public static NoResolver Instance { get; } = new();

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => ValueTask.FromResult(DnsAnswer.NotAsked);
    }
}
