using System.Globalization;

namespace Platform.Benchmarks.Product;

/// <summary>Memory of a process and all that it started, by proportional set size: shared pages are counted once over all.</summary>
internal static class ProcessTree
{
    /// <returns>Bytes, and the number of processes they belong to.</returns>
    public static (long Bytes, int Processes) ProportionalSetSize(int root)
    {
        var family = FamilyOf(root);
        return (family.Sum(PssOf), family.Count);
    }

    /// <summary>Bytes of what the process started, without itself.</summary>
    public static long ProportionalSetSizeOfChildren(int root) => FamilyOf(root).Skip(1).Sum(PssOf);

    /// <summary>Processor time that the family has had, that of its ended and awaited children too.</summary>
    /// <param name="childrenOnly">Without the process itself.</param>
    public static TimeSpan ProcessorTime(int root, bool childrenOnly) =>
        FamilyOf(root).Skip(childrenOnly ? 1 : 0).Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessorTimeOf(id));

    private static List<int> FamilyOf(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Parent: ParentOf(name!)))
            .ToLookup(p => p.Parent, p => p.Id);
        List<int> family = [root];
        for (var i = 0; i < family.Count; i++)
            family.AddRange(parents[family[i]]);
        return family;
    }

    // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), in hundredths of a second (USER_HZ).
    private static TimeSpan ProcessorTimeOf(int id)
    {
        var fields = FieldsOf(id.ToString(CultureInfo.InvariantCulture));
        return fields.Length < 15 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(10 * fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    private static int ParentOf(string id)
    {
        var fields = FieldsOf(id);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : -1;
    }

    // "pid (name) state ppid ...": the name may hold anything, so count from its closing bracket (proc(5)).
    private static string[] FieldsOf(string id)
    {
        var stat = ReadOrEmpty($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
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
