using System.Text;
using Platform.Feeds.Lists;

namespace Platform.Feeds.Loading;

/// <summary>
/// The last good content of a feed on disk, so that a restart without network still knows it: a line with the loader's mark, then
/// an indicator a line, <c>kind TAB value TAB label</c>. Written beside and put in place.
/// </summary>
internal sealed class KeptCopy(string folder, string name)
{
    private const string Heading = "platform-feed 1 ";

    private string PathOf => Path.Combine(folder, $"{SafeName(name)}.feed");

    /// <summary>Null when there is none, or none that can be read.</summary>
    public async Task<(FeedContent Content, DateTimeOffset At)?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(PathOf))
                return null;
            using var reader = new StreamReader(PathOf, Encoding.UTF8);
            if (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } first || !first.StartsWith(Heading, StringComparison.Ordinal))
                return null;
            List<Indicator> indicators = [];
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                var fields = line.Split('\t');
                if (fields.Length == 3 && Enum.TryParse<IndicatorKind>(fields[0], out var kind) && Enum.IsDefined(kind))
                    indicators.Add(new Indicator(kind, fields[1], fields[2]));
            }

            return (new FeedContent(indicators, first[Heading.Length..]), File.GetLastWriteTimeUtc(PathOf));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task WriteAsync(FeedContent content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var beside = $"{PathOf}.new";
        await using (var writer = new StreamWriter(beside, append: false, new UTF8Encoding(false)))
        {
            await writer.WriteAsync($"{Heading}{content.Mark.ReplaceLineEndings(" ")}\n".AsMemory(), cancellationToken).ConfigureAwait(false);
            foreach (var indicator in content.Indicators)
                await writer.WriteAsync($"{indicator.Kind}\t{indicator.Value}\t{indicator.Label}\n".AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        File.Move(beside, PathOf, overwrite: true);
    }

    private static string SafeName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
