using System.Globalization;

namespace Platform.Benchmarks.Product;

/// <summary>Memory of a process and all that it started, by proportional set size: shared pages are counted once over all.</summary>
internal static class ProcessTree
{
    /// <returns>Bytes, and the number of processes they belong to.</returns>
    public static (long Bytes, int Processes) ProportionalSetSize(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Parent: ParentOf(name!)))
            .ToLookup(p => p.Parent, p => p.Id);
        List<int> family = [root];
        for (var i = 0; i < family.Count; i++)
            family.AddRange(parents[family[i]]);
        return (family.Sum(PssOf), family.Count);
    }

    private static int ParentOf(string id)
    {
        // "pid (name) state ppid ...": the name may hold anything, so count from its closing bracket (proc(5)).
        var stat = ReadOrEmpty($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : -1;
    }

    private static long PssOf(int id)
    {
        var line = ReadOrEmpty(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup"))
            .Split('\n').FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    // A process may end between being listed and being read.
    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
