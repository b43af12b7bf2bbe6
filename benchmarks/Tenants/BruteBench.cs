using System.Collections.Concurrent;
using System.Net;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// Guessing at the sign-in page of the running product: 100 accounts (quick: 30) from 100 addresses at once, with the passwords that such
/// programs try first and close misses of the right one. Meanwhile the person whose account is guessed at most signs in again and again,
/// from a browser that it used before, at home and behind an address that guesses too.
/// </summary>
internal sealed class BruteBench : IBench
{
    private const int Addresses = 100;
    private const int AtOnce = 8;

    private static readonly string[] Guesses =
    [
        "password1234", "Welcome2026!", "qwertyuiop123", "correct horse battery staple", "Summer2026!!", "iloveyou1234", "administrator1",
    ];

    public IReadOnlyList<string> Figures => ["brute"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var (attempts, people) = (context.Scaled(10_000, 300), context.Scaled(100, 20));
        using var data = new TempFolder("brute");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        var random = context.RandomFor("brute");
        var passwords = new Dictionary<string, string>(await InvitedPeople.MakeAsync(product, random, people - 1, cancellationToken)) { [DemoPerson.Administrator] = DemoPerson.Password };
        string[] accounts = [.. passwords.Keys];
        context.Progress.Say($"{accounts.Length} accounts have their passwords");
        var guessers = Enumerable.Range(0, Addresses).Select(i => new SignInForm(product.Http, $"198.51.100.{i + 1}")).ToList();
        try
        {
            using var person = new Person(product.Http);
            // Used before the attack: that is what they are known by.
            await person.SignInAsync(cancellationToken);
            var plan = Enumerable.Range(0, attempts)
                .Select(_ => random.Pick(accounts))
                .Select(account => (Guesser: random.Next(Addresses), Account: account, Password: random.Chance(0.5) ? random.Pick(Guesses) : NearMiss(random, passwords[account])))
                .ToList();
            var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
            var entered = 0;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var personGoesOn = person.SignInAgainUntilAsync(over.Token, cancellationToken);
            await Parallel.ForEachAsync(
                plan.GroupBy(attempt => attempt.Guesser),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (ofOne, token) =>
                {
                    foreach (var attempt in ofOne)
                    {
                        var (isIn, status) = await guessers[attempt.Guesser].TryAsync(attempt.Account, attempt.Password, token);
                        statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                        if (isIn)
                            Interlocked.Increment(ref entered);
                    }
                });
            await over.CancelAsync();
            await personGoesOn;
            await person.SignInAsync(cancellationToken);
            return
            [
                new Figure("brute", entered, $"accounts of {people} entered by {attempts} guesses; the person got in {person.Entered} of {person.Tried} times", "0, and the person always", entered == 0 && person.Entered == person.Tried)
                {
                    Detail = string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} times {(int)pair.Key}")),
                },
            ];
        }
        finally
        {
            guessers.ForEach(guesser => guesser.Dispose());
        }
    }

    private static string NearMiss(Random random, string password) => random.Next(4) switch
    {
        0 => password[..^1],
        1 => password + random.Next(10),
        2 => password.ToUpperInvariant(),
        _ => password.Replace(" ", "", StringComparison.Ordinal),
    };

    /// <summary>The person whose account is guessed at, at home and at an address that guesses too.</summary>
    private sealed class Person(Uri site) : IDisposable
    {
        private readonly SignInForm[] browsers = [new(site, "203.0.113.7"), new(site, "198.51.100.1")];

        public int Tried { get; private set; }

        public int Entered { get; private set; }

        public async Task SignInAsync(CancellationToken cancellationToken)
        {
            foreach (var browser in browsers)
            {
                Tried++;
                if ((await browser.TryAsync(DemoPerson.Administrator, DemoPerson.Password, cancellationToken)).Entered)
                    Entered++;
            }
        }

        public async Task SignInAgainUntilAsync(CancellationToken over, CancellationToken cancellationToken)
        {
            while (!over.IsCancellationRequested)
            {
                await SignInAsync(cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, over).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        public void Dispose()
        {
            foreach (var browser in browsers)
                browser.Dispose();
        }
    }
}
