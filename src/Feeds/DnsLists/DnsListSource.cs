using System.Net;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Engine.Links;

namespace Platform.Feeds.DnsLists;

/// <summary>Asks a block list by DNS: of the origin address, or of the domains of links and senders.</summary>
internal sealed class DnsListSource(DnsList list, IDnsResolver resolver, TimeProvider clock) : IFeedSource
{
    private const int MaxQuestions = 40;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(2);

    public string Name => list.Name;

    public SourceKind Kind => SourceKind.DnsList;

    public bool NeedsNetwork => true;

    public async ValueTask<SourceAnswer> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var things = Things(questions);
        if (things.Count == 0)
            return SourceAnswer.NotAsked("the message holds nothing to ask for");
        var budget = new BudgetedResolver(resolver, MaxQuestions, s_time, clock);
        var answers = await Task.WhenAll(things.Select(thing => budget.QueryAsync(thing.Name, DnsType.A, cancellationToken).AsTask())).ConfigureAwait(false);

        List<FeedHit> hits = [];
        for (var index = 0; index < answers.Length; index++)
            if (answers[index].Status == DnsStatus.Found && Meaning(answers[index]) is { } meaning)
                hits.Add(new FeedHit(list.Name, things[index].Kind, "", things[index].Value, meaning));
        if (hits.Count == 0 && answers.All(answer => answer.Status is DnsStatus.ServerFailure or DnsStatus.TimedOut or DnsStatus.NotAsked))
            throw new FeedException("DNS gives no answer");
        return SourceAnswer.Of(hits, answers.Any(answer => answer.IsTemporary) ? "some questions had no answer" : "");
    }

    private string? Meaning(DnsAnswer answer)
    {
        foreach (var record in answer.Records)
            if (record is DnsRecord.Address address && list.Meaning(address.Value) is { } meaning)
                return meaning;
        return null;
    }

    private List<(HitKind Kind, string Value, string Name)> Things(FeedQuestions questions)
    {
        List<(HitKind, string, string)> things = [];
        if (list.OfAddresses)
        {
            if (IPAddress.TryParse(questions.Origin, out var origin))
                things.Add((HitKind.Address, questions.Origin, list.NameFor(origin)));
            return things;
        }

        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (var sender in questions.Senders)
            Add(HitKind.Sender, sender[(sender.LastIndexOf('@') + 1)..]);
        foreach (var host in questions.Hosts)
            Add(HitKind.Domain, host);
        return things;

        // Lists by domain hold what somebody registered, and below it the hosts of providers.
        void Add(HitKind kind, string host)
        {
            foreach (var name in (ReadOnlySpan<string>)[OrganisationalDomain.Embedded.Of(host), host])
                if (name.Length > 0 && !IPAddress.TryParse(name, out _) && things.Count < MaxQuestions && DnsName.IsName(list.NameFor(name)) && said.Add(name))
                    things.Add((kind, name, list.NameFor(name)));
        }
    }
}
