using System.Text;
using Platform.Engine.Attachments.Ole;

namespace Platform.Engine.Attachments.Vba;

// A VBA project ([MS-OVBA]) is a storage with a storage `VBA` inside: `Macros` in a .doc, `_VBA_PROJECT_CUR` in a .xls, the root of
// vbaProject.bin in OOXML. `VBA/dir` lists, compressed, code page, references and modules; each module has a stream whose first
// part is the compiled form ("performance cache", undocumented p-code) and whose rest, from MODULEOFFSET on, is the compressed
// source. Office whose version made the compiled form runs that and never looks at the source: an attacker may erase or replace
// the source ("stomping"), so both are read. `_VBA_PROJECT` holds the names which the compiled form speaks of. `PROJECT` is
// plain text. A form is a storage beside `VBA` with the streams `f` (its controls) and `o` (what stands in them, [MS-OFORMS]).

/// <summary>Finds and reads the VBA projects of a compound file.</summary>
internal static class VbaProjects
{
    private const int MaxProjects = 8;
    private const int MaxModuleStream = 8 * 1024 * 1024;
    private const int MaxSource = 2 * 1024 * 1024;
    private const int MaxDirectory = 1024 * 1024;
    private const int MaxCompiled = 1024 * 1024;

    // How every module begins, compressed: signature, chunk header, a flag octet of literals, the word Attribute.
    private static readonly byte[] SourceStart = [0, .. "Attribut"u8];

    public static IEnumerable<VbaProject> Read(CompoundFile file)
    {
        var storages = file.Streams
            .Where(stream => IsInVba(stream.Path) && (stream.Name.Equals("dir", StringComparison.OrdinalIgnoreCase) || stream.Name.Equals("_VBA_PROJECT", StringComparison.OrdinalIgnoreCase)))
            .Select(stream => stream.Parent)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxProjects);
        foreach (var storage in storages)
        {
            var names = file.Read($"{storage}/_VBA_PROJECT", MaxCompiled);
            var directory = VbaDirectory.Read(VbaCompression.Decompress(file.Read($"{storage}/dir", MaxDirectory).Span, MaxDirectory));
            List<VbaModule> modules = [.. directory.Modules.Select(record => Module(file, storage, record, directory.Encoding))];
            if (modules.TrueForAll(module => module.Source.Length == 0))
                modules.AddRange(Unlisted(file, storage, modules, directory.Encoding));
            yield return new VbaProject(storage.Contains('/', StringComparison.Ordinal) ? storage[..storage.LastIndexOf('/')] : "", modules, directory.References, names);
        }
    }

    private static bool IsInVba(string path) =>
        path.StartsWith("VBA/", StringComparison.OrdinalIgnoreCase) || path.Contains("/VBA/", StringComparison.OrdinalIgnoreCase);

    private static VbaModule Module(CompoundFile file, string storage, VbaModuleRecord record, Encoding encoding)
    {
        var stream = $"{storage}/{record.StreamName}";
        var content = file.Read(stream, MaxModuleStream);
        var offset = record.Offset >= 0 && record.Offset < content.Length && content.Span[record.Offset] == 1 ? record.Offset : FindSource(content.Span);
        return Of(record.Name, stream, content, offset, encoding);
    }

    // A damaged or missing directory does not hide the modules: Office may repair it, and so do we.
    private static IEnumerable<VbaModule> Unlisted(CompoundFile file, string storage, List<VbaModule> listed, Encoding encoding)
    {
        foreach (var entry in file.Streams)
        {
            if (!entry.Parent.Equals(storage, StringComparison.OrdinalIgnoreCase) || listed.Exists(module => module.Stream.Equals(entry.Path, StringComparison.OrdinalIgnoreCase)))
                continue;
            var content = file.Read(entry, MaxModuleStream);
            if (FindSource(content.Span) is { } offset)
                yield return Of(entry.Name, entry.Path, content, offset, encoding);
        }
    }

    private static VbaModule Of(string name, string stream, ReadOnlyMemory<byte> content, int? offset, Encoding encoding)
    {
        var source = offset is { } start ? encoding.GetString(VbaCompression.Decompress(content.Span[start..], MaxSource)).TrimEnd('\0') : "";
        var compiled = content[..(offset ?? content.Length)];
        return new VbaModule(name, stream, source, compiled[..Math.Min(compiled.Length, MaxCompiled)]);
    }

    private static int? FindSource(ReadOnlySpan<byte> content)
    {
        var at = content.IndexOf(SourceStart);
        return at >= 3 && content[at - 3] == 1 ? at - 3 : null;
    }
}
