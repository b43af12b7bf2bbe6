using System.Globalization;
using Platform.Api.Hosting;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Api.Cli;

/// <summary>Allow and block lists of a scan from files, such as an export of a tenant's list.</summary>
internal static class ScanLists
{
    private const int MaxTold = 5;

    /// <returns>Null when no list was named.</returns>
    /// <exception cref="SettingsException">A file cannot be read, or holds a line that is no entry: a scan over half a list would say what the list does not.</exception>
    public static async Task<ListEntries?> ReadAsync(IReadOnlyList<string> allow, IReadOnlyList<string> block, IReadOnlyCollection<string> ownDomains, CancellationToken cancellationToken)
    {
        List<ListEntry> entries = [];
        foreach (var (action, path) in allow.Select(path => (ListAction.Allow, path)).Concat(block.Select(path => (ListAction.Block, path))))
        {
            var file = ListFile.Read(await TextAsync(path, cancellationToken), action, ownDomains);
            if (file.Refused.Count > 0)
                throw new SettingsException($"'{path}' is no list: {string.Join(" ", file.Refused.Take(MaxTold).Select(Told))}");
            entries.AddRange(file.Entries);
        }

        return allow.Count + block.Count == 0 ? null : new ListEntries(entries);
    }

    private static string Told(RefusedLine line) => string.Create(CultureInfo.InvariantCulture, $"Line {line.Line}: {line.Message}");

    private static async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path).Length > ListText.MaxText * 4L)
                throw new SettingsException($"'{path}' is larger than a list may be.");
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The list '{path}' cannot be read: {problem.Message}", problem);
        }
    }
}
