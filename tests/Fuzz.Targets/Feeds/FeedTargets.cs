using System.Text;
using Platform.Feeds;
using Platform.Feeds.Clamd;
using Platform.Feeds.Lists;
using Platform.Feeds.Misp;
using Platform.Feeds.Stix;

namespace Platform.Fuzz.Targets.Feeds;

/// <summary>What others publish, read by the parsers of feeds. Throws when a promise is broken.</summary>
public static class FeedTargets
{
    private const int Most = 10_000;
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void List(ReadOnlySpan<byte> input)
    {
        HoldIndicators(ListText.Read(input, Most));
        HoldIndicators(ListText.Read(input, Most, column: 2, labelColumn: 3));
    }

    public static void Misp(ReadOnlySpan<byte> input)
    {
        var json = input.ToArray();
        Refusing(() => HoldIndicators(MispEvent.Read(json, Most)));
        Refusing(() => Hold(MispEvent.ReadManifest(json, Most).TrueForAll(name => Guid.TryParse(name, out _)), "a name of an event names no path"));
    }

    public static void Stix(ReadOnlySpan<byte> input)
    {
        var json = input.ToArray();
        Refusing(() => HoldIndicators(StixBundle.Read(json, s_now, Most).Indicators));
    }

    public static void Pattern(ReadOnlySpan<byte> input) => HoldIndicators(StixPattern.Read(Encoding.Latin1.GetString(input), "label"));

    public static void Clamd(ReadOnlySpan<byte> input)
    {
        var reply = ClamdReply.Parse(input);
        Hold(reply.Text.Length <= 200 && !reply.Text.Any(char.IsControl), "what clamd says is bounded and printable");
        Hold((reply.Result == ClamdResult.Clean) == (reply.Text.Length == 0), "only a clean answer has nothing to say");
    }

    private static void HoldIndicators(IReadOnlyCollection<Indicator> indicators)
    {
        foreach (var indicator in indicators)
        {
            Hold(indicator.Value.Length is > 0 and <= 2_000 && !indicator.Value.Any(c => c is '\t' or '\n' or '\r'), "a value is bounded and stays on its line");
            Hold(indicator.Label.Length <= Indicator.MaxLabel && !indicator.Label.Any(char.IsControl), "a label is bounded and stays on its line");
        }

        var table = new IndicatorTable(indicators);
        foreach (var indicator in indicators.Where(indicator => indicator.Kind != IndicatorKind.Network).Take(100))
            Hold(table.Find(indicator.Kind, indicator.Value) is not null, "what was put into a table is found in it");
    }

    private static void Refusing(Action read)
    {
        try
        {
            read();
        }
        catch (FeedException)
        {
            // Said in words: that is its promise.
        }
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken: {what}.");
    }
}
