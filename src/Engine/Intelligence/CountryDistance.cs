using System.Collections.Frozen;
using System.Globalization;

namespace Platform.Engine.Intelligence;

/// <summary>
/// How far apart two countries are, by the principal places of their time zones (<c>scripts/derive-country-points</c>): the nearest two of
/// them. A rough figure, and a low one; of a large country with one zone it may be high by the half of its width.
/// </summary>
public sealed class CountryDistance
{
    private const string Resource = "Intelligence/country-points.tsv";
    private const double EarthRadius = 6_371;

    private static readonly Lazy<CountryDistance> s_embedded = new(ReadEmbedded);

    private readonly FrozenDictionary<string, (double Latitude, double Longitude)[]> _points;

    private CountryDistance(IReadOnlyDictionary<string, (double Latitude, double Longitude)[]> points) => _points = points.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By the data that lies in this assembly, read at first use.</summary>
    public static CountryDistance Embedded => s_embedded.Value;

    /// <param name="one">ISO 3166-1 alpha-2, upper-case.</param>
    /// <param name="other">Likewise.</param>
    /// <returns>Kilometres along the surface; null where one of the two is not known.</returns>
    public double? Between(string one, string other)
    {
        if (!_points.TryGetValue(one, out var from) || !_points.TryGetValue(other, out var to))
            return null;
        var least = double.MaxValue;
        foreach (var start in from)
        {
            foreach (var end in to)
                least = Math.Min(least, Haversine(start, end));
        }

        return one == other ? 0 : least;
    }

    private static double Haversine((double Latitude, double Longitude) one, (double Latitude, double Longitude) other)
    {
        var (from, to) = (double.DegreesToRadians(one.Latitude), double.DegreesToRadians(other.Latitude));
        var north = Math.Sin((to - from) / 2);
        var east = Math.Sin(double.DegreesToRadians(other.Longitude - one.Longitude) / 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(from) * Math.Cos(to) * east * east))));
    }

    private static CountryDistance ReadEmbedded()
    {
        using var stream = typeof(CountryDistance).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The embedded places of countries are missing from the build.");
        using var reader = new StreamReader(stream);
        var points = new Dictionary<string, (double Latitude, double Longitude)[]>();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            points[parts[0]] = [.. parts[1].Split(' ').Select(text => text.Split(',')).Select(pair => (Number(pair[0]), Number(pair[1])))];
        }

        return new CountryDistance(points);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
