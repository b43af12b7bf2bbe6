using System.Text.RegularExpressions;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.Tenants;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Mails wait for an approval, an approver decides over them on the page of the product, and the product is killed again and again in the
/// middle. In the end nothing was sent that nobody approved, and of what was taken nothing is gone.
/// </summary>
internal sealed partial class ApprovalKillBench : IBench
{
    private const int MailsPerLife = 6;
    private const string Recipient = "keiri@acme.test";
    private const string Approver = "approver@acme.test";
    private const string Chains = "{ approvalChains { nodes { id } } }";
    private const string MakeRule = """mutation($chain: ID!) { createSendRule(input: { name: "Bench", condition: "recipient == \"keiri@acme.test\"", actions: [{ kind: APPROVE, chainId: $chain }], enabled: true }) { errors { code message } } }""";
    private const string Left = "{ outgoingMessages(first: 1, states: [RECEIVED, QUEUED, AWAITING_APPROVAL]) { totalCount } }";
    private const string Sent = "query($after: String) { outgoingMessages(first: 200, after: $after) { nodes { messageIdHeader deliveries { state } } pageInfo { endCursor hasNextPage } } }";

    public IReadOnlyList<string> Figures => ["approval-kill-unapproved", "approval-kill-lost"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var kills = context.Scaled(50, 10);
        var random = context.RandomFor("approval-kill");
        using var data = new TempFolder("approval-kill");
        var settings = new ProductSettings(context.Workspace, data.Path);
        var ledger = new Ledger();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var product = await RunningProduct.StartAsync(settings, cancellationToken);
            if (kill == 0)
                await PrepareAsync(product, cancellationToken);
            context.Progress.Say($"kill {kill + 1} of {kills}; {ledger.Taken.Count} mails taken, {ledger.Approved.Count} approved");
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var sending = SendAsync(product, kill, ledger, stop.Token);
            var deciding = DecideAsync(product, ledger, random.Next(), stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400, 4_000)), TimeProvider.System, cancellationToken);
            await product.KillAsync(cancellationToken);
            await stop.CancelAsync();
            await Task.WhenAll(sending, deciding);
        }

        await using var last = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(last.Http, "acme-api");
        await Wait.ForAsync("every mail is decided over and delivered", TimeSpan.FromMinutes(4), async () =>
        {
            await DecideAsync(last, ledger, seed: 1, cancellationToken);
            return (await client.QueryAsync(Left, null, cancellationToken)).GetProperty("outgoingMessages").GetProperty("totalCount").GetInt32() == 0;
        }, cancellationToken);
        return Judge(context, await StatesAsync(client, cancellationToken), ledger, last.Delivered, kills);
    }

    private static IReadOnlyList<Figure> Judge(BenchContext context, IReadOnlyDictionary<string, string> states, Ledger ledger, string delivered, int kills)
    {
        var files = DeliveredMail.Read(delivered, Recipient).Select(mail => mail.MessageId).ToHashSet(StringComparer.Ordinal);
        var unapproved = files.Where(id => !ledger.Asked.Contains(id)).ToList();
        var lost = ledger.Taken.Where(id => !states.ContainsKey(id) || (ledger.Approved.Contains(id) && !files.Contains(id)) || (states[id] == "DELIVERED" && !files.Contains(id))).ToList();
        foreach (var id in unapproved)
            context.Progress.Say($"sent and not approved: {id}");
        foreach (var id in lost)
            context.Progress.Say($"lost: {id}, {states.GetValueOrDefault(id, "unknown")}");
        var detail = $"{kills} kills; {ledger.Taken.Count} mails taken, {ledger.Approved.Count} approved with an answer, {files.Count} delivered, {states.Values.Count(state => state == "DECLINED")} declined";
        return
        [
            new Figure("approval-kill-unapproved", unapproved.Count, "mails", "0", unapproved.Count == 0 && files.Count > 0) { Detail = detail },
            new Figure("approval-kill-lost", lost.Count, "mails", "0", lost.Count == 0 && ledger.Taken.Count > 0) { Detail = detail },
        ];
    }

    private static async Task PrepareAsync(RunningProduct product, CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(product.Http, "acme-api");
        var chain = (await client.QueryAsync(Chains, null, cancellationToken)).GetProperty("approvalChains").GetProperty("nodes")[0].GetProperty("id").GetString();
        var made = (await client.QueryAsync(MakeRule, new { chain }, cancellationToken)).GetProperty("createSendRule");
        if (made.GetProperty("errors").GetArrayLength() > 0)
            throw new PlatformApiException($"createSendRule: {made.GetProperty("errors").GetRawText()}");
    }

    private static async Task SendAsync(RunningProduct product, int life, Ledger ledger, CancellationToken cancellationToken)
    {
        try
        {
            await using var submitter = await Submitter.LogInAsync(product.Submission, cancellationToken);
            for (var i = 0; i < MailsPerLife; i++)
            {
                var id = $"approve-{life}-{i}@bench.test";
                await submitter.SendAsync(id, id, [Recipient], cancellationToken);
                ledger.Take(id);
            }
        }
        catch (Exception gone) when (IsOfKill(gone))
        {
            // What got no answer may be there or not.
        }
    }

    /// <summary>Looks through the queue until the product is gone, or once when nothing is left: two of three mails are approved.</summary>
    private static async Task DecideAsync(RunningProduct product, Ledger ledger, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        try
        {
            using var browser = new SignInForm(product.Http, "203.0.113.60");
            if (!(await browser.TryAsync(Approver, DemoPerson.Password, cancellationToken)).Entered)
                return;
            for (var round = 0; round < 20; round++)
            {
                var links = Link().Matches(await browser.PageAsync("/account/approvals", cancellationToken)).Select(match => match.Value).Distinct().ToList();
                if (links.Count == 0 && round > 2)
                    return;
                foreach (var link in links)
                    await DecideAsync(browser, link, random.Next(3) > 0, ledger, cancellationToken);
            }
        }
        catch (Exception gone) when (IsOfKill(gone))
        {
            // What got no answer may have been decided or not.
        }
    }

    private static async Task DecideAsync(SignInForm browser, string link, bool approve, Ledger ledger, CancellationToken cancellationToken)
    {
        var page = await browser.PageAsync(link, cancellationToken);
        var id = Subject().Match(page).Value;
        if (approve)
            ledger.Ask(id);
        var fields = Recipients().Matches(page).Select(match => KeyValuePair.Create("recipients", match.Groups[1].Value)).Append(new("decision", approve ? "approve" : "decline"));
        if (await browser.SendAsync(link, page, fields, cancellationToken) && approve)
            ledger.Approve(id);
    }

    private static async Task<Dictionary<string, string>> StatesAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        Dictionary<string, string> states = new(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = (await client.QueryAsync(Sent, new { after }, cancellationToken)).GetProperty("outgoingMessages");
            foreach (var node in page.GetProperty("nodes").EnumerateArray())
                states[(node.GetProperty("messageIdHeader").GetString() ?? "").Trim('<', '>')] = node.GetProperty("deliveries")[0].GetProperty("state").GetString() ?? "";
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        return states;
    }

    private static bool IsOfKill(Exception exception) => exception is IOException or HttpRequestException or OperationCanceledException or System.Net.Sockets.SocketException;

    [GeneratedRegex("/account/approvals/[0-9a-f-]{36}")]
    private static partial Regex Link();

    [GeneratedRegex(@"approve-\d+-\d+@bench\.test")]
    private static partial Regex Subject();

    [GeneratedRegex("name=\"recipients\" value=\"([^\"]+)\"")]
    private static partial Regex Recipients();

    /// <summary>What the client and the approver know.</summary>
    private sealed class Ledger
    {
        private readonly Lock gate = new();

        /// <summary>Answered 250.</summary>
        public HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

        /// <summary>An approval was sent, whether it was answered or not.</summary>
        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        /// <summary>An approval was answered.</summary>
        public HashSet<string> Approved { get; } = new(StringComparer.Ordinal);

        public void Take(string id) => Add(Taken, id);

        public void Ask(string id) => Add(Asked, id);

        public void Approve(string id) => Add(Approved, id);

        private void Add(HashSet<string> to, string id)
        {
            lock (gate)
                to.Add(id);
        }
    }
}
