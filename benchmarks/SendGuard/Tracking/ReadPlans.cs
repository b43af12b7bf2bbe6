using System.Net;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>
/// Plays of people, proxies and scanners, made by chance from what each is known to do. Times of delivery lie before the play, so that an
/// open hours later and one a second later happen in the same minute.
/// </summary>
internal sealed class ReadPlans
{
    private static readonly Truth s_person = new("person", false, "PERSON");
    private static readonly Truth s_hurried = new("person within a minute", false, "PERSON", "UNKNOWN");
    private static readonly Truth s_tunnelled = new("person through a data centre", false, "PERSON", "UNKNOWN");
    private static readonly Truth s_old = new("person with an old browser", false, "PERSON", "UNKNOWN");
    private static readonly Truth s_gmail = new("person at Gmail", false, "PERSON");
    private static readonly Truth s_yahoo = new("Yahoo's proxy", false, "UNKNOWN");
    private static readonly Truth s_apple = new("Apple's protection", true, "MACHINE");
    private static readonly Truth s_prefetch = new("Microsoft's prefetch", true, "MACHINE");
    private static readonly Truth s_microsoftLater = new("Microsoft's servers later", true, "MACHINE", "UNKNOWN");
    private static readonly Truth s_gateway = new("gateway of a maker", true, "MACHINE");
    private static readonly Truth s_burst = new("burst from servers", true, "MACHINE");
    private static readonly Truth s_hiddenBurst = new("burst from nobody's network", true, "MACHINE");
    private static readonly Truth s_pair = new("two copies at once", true, "MACHINE", "UNKNOWN");
    private static readonly Truth s_atDelivery = new("at delivery from nobody's network", true, "MACHINE", "UNKNOWN");
    private static readonly Truth s_head = new("HEAD first", true, "MACHINE");
    private static readonly Truth s_library = new("library", true, "MACHINE");
    private static readonly Truth s_disguised = new("library as a browser", true, "MACHINE");
    private static readonly Truth s_navigating = new("steered browser", true, "MACHINE");
    private static readonly Truth s_advance = new("in advance", true, "MACHINE");
    private static readonly Truth s_detonation = new("data centre later", true, "MACHINE", "UNKNOWN");

    private readonly Random random;
    private readonly MadeNetworks networks;
    private readonly Programs programs;
    private readonly TimeSpan length;
    private int message;

    /// <param name="length">Of the play.</param>
    public ReadPlans(Random random, int copies, TimeSpan length)
    {
        this.random = random;
        this.length = length;
        networks = new MadeNetworks(random);
        programs = new Programs(random);
        while (Copies.Count < copies)
            Play();
    }

    public List<PlannedCopy> Copies { get; } = [];

    public List<PlannedOpen> Opens { get; } = [];

    public NetworkFileWriter Networks => networks.File;

    private void Play()
    {
        message++;
        switch (random.Next(26))
        {
            case <= 5:
                One(s_person, Hours(), networks.OfPeople(), programs.Browser());
                break;
            case <= 8:
                One(s_person, Hours(), networks.OfPeople(), programs.MailProgram());
                break;
            case 9:
                One(s_person, Minutes(), networks.OfCompany(), random.Chance(0.5) ? programs.Browser() : programs.MailProgram());
                break;
            case 10:
                One(s_hurried, Seconds(8, 28), networks.OfPeople(), programs.Browser());
                break;
            case 11:
                One(random.Chance(0.5) ? s_tunnelled : s_old, Hours(), networks.OfServers(), programs.Browser(), old: true);
                break;
            case 12 or 13:
                One(s_gmail, Hours(), networks.OfGoogle(), Programs.GmailProxy());
                break;
            case 14:
                One(s_yahoo, Hours(), networks.OfYahoo(), Programs.YahooProxy());
                break;
            case 15:
                One(s_apple, random.Chance(0.5) ? Seconds(3, 200) : Hours(), networks.OfApple(), Programs.ApplePrivacy());
                break;
            case 16:
                One(random.Chance(0.5) ? s_prefetch : s_microsoftLater, TimeSpan.Zero, networks.OfMicrosoft(), programs.Chromium());
                break;
            case 17:
                One(s_gateway, Seconds(-4, 60), networks.OfMaker(), random.Chance(0.5) ? programs.Chromium() : programs.Library());
                break;
            case 18:
                Burst(s_burst, random.Next(4, 9), Seconds(5, 300), networks.OfServers());
                break;
            case 19:
                Burst(s_hiddenBurst, random.Next(4, 9), Seconds(40, 900), networks.OfNobody());
                break;
            case 20:
                if (random.Chance(0.5))
                    Burst(s_pair, 2, Seconds(40, 900), networks.OfNobody());
                else
                    One(s_atDelivery, Seconds(-3, 25), networks.OfNobody(), programs.Chromium());
                break;
            case 21:
                HeadFirst();
                break;
            case 22:
                One(s_library, random.Chance(0.5) ? Seconds(0, 100) : Hours(), random.Chance(0.5) ? networks.OfServers() : networks.OfPeople(), programs.Library());
                break;
            case 23:
                One(s_disguised, Minutes(), networks.OfNobody(), programs.Disguised());
                break;
            case 24:
                if (random.Chance(0.5))
                    One(s_navigating, Minutes(), networks.OfNobody(), programs.Navigating());
                else
                    One(s_advance, Minutes(), networks.OfPeople(), programs.Prefetching());
                break;
            default:
                One(s_detonation, Minutes(), networks.OfServers(), programs.Browser());
                break;
        }
    }

    private void One(Truth truth, TimeSpan after, IPAddress from, Dictionary<string, string> fields, bool old = false)
    {
        if (truth == s_old && old)
            (from, fields) = (networks.OfPeople(), programs.OldBrowser());
        if (truth == s_prefetch)
            after = Seconds(3, 400);
        if (truth == s_microsoftLater)
            after = Hours();
        var at = Moment();
        Opens.Add(new PlannedOpen(Copy(truth, at - after), at, HttpMethod.Get, from, fields));
        // Many people look again, from the same place.
        if (truth == s_person && random.Chance(0.2))
            Opens.Add(Opens[^1] with { At = at + TimeSpan.FromSeconds(random.Next(2, 8)) });
    }

    /// <summary>One program that opens the copies of several recipients, here and there from another address beside.</summary>
    private void Burst(Truth truth, int copies, TimeSpan after, IPAddress from)
    {
        var at = Moment();
        var fields = programs.Chromium();
        for (var i = 0; i < copies; i++)
        {
            var own = at + TimeSpan.FromMilliseconds(random.Next(4_000));
            Opens.Add(new PlannedOpen(Copy(truth, at - after), own, HttpMethod.Get, random.Chance(0.5) ? from : networks.Beside(from), fields));
        }
    }

    private void HeadFirst()
    {
        var (at, from, fields) = (Moment(), networks.OfNobody(), programs.Chromium());
        var copy = Copy(s_head, at - Minutes());
        Opens.Add(new PlannedOpen(copy, at, HttpMethod.Head, from, fields));
        if (random.Chance(0.8))
            Opens.Add(new PlannedOpen(copy, at + TimeSpan.FromMilliseconds(random.Next(50, 3_000)), HttpMethod.Get, random.Chance(0.5) ? from : networks.Beside(from), fields));
    }

    private int Copy(Truth truth, TimeSpan deliveredAt)
    {
        Copies.Add(new PlannedCopy(Copies.Count, message, deliveredAt, truth));
        return Copies.Count - 1;
    }

    private TimeSpan Moment() => TimeSpan.FromMilliseconds(random.Next((int)length.TotalMilliseconds));

    private TimeSpan Hours() => TimeSpan.FromMinutes(random.Next(60, 5_000));

    private TimeSpan Minutes() => TimeSpan.FromMinutes(random.Next(11, 400));

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
}
