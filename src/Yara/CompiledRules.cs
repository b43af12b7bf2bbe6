using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Yara;

/// <summary>Rules, compiled once, looked for in as many buffers as one likes; one at a time.</summary>
internal sealed unsafe class CompiledRules : IDisposable
{
    private const int MaxErrors = 3;
    private const int MaxMatches = 50;
    private const int MaxTags = 20;

    private nint _rules;

    private CompiledRules(nint rules) => _rules = rules;

    /// <param name="sources">Name and text of each file.</param>
    /// <exception cref="YaraException">They do not compile; the message says where.</exception>
    /// <exception cref="DllNotFoundException">libyara is not on this machine.</exception>
    public static CompiledRules Compile(IReadOnlyList<(string Name, string Text)> sources)
    {
        Check(Libyara.yr_initialize(), "initialise");
        Check(Libyara.yr_compiler_create(out var compiler), "make a compiler");
        List<string> errors = [];
        var told = GCHandle.Alloc(errors);
        try
        {
            Libyara.yr_compiler_set_callback(compiler, &NoteError, GCHandle.ToIntPtr(told));
            foreach (var (name, text) in sources)
                if (Libyara.yr_compiler_add_string(compiler, text, Path.GetFileName(name)) > 0)
                    throw new YaraException($"{Path.GetFileName(name)}: {string.Join("; ", errors)}");
            Check(Libyara.yr_compiler_get_rules(compiler, out var rules), "compile");
            return new CompiledRules(rules);
        }
        finally
        {
            Libyara.yr_compiler_destroy(compiler);
            told.Free();
        }
    }

    /// <summary>The rules that the content meets, in the order of their files.</summary>
    /// <returns>False when it was not looked at to the end within the time.</returns>
    public bool Scan(ReadOnlySpan<byte> content, int timeoutSeconds, List<RuleMatch> matches)
    {
        ObjectDisposedException.ThrowIf(_rules == 0, this);
        var told = GCHandle.Alloc(matches);
        try
        {
            fixed (byte* start = content)
            {
                var result = Libyara.yr_rules_scan_mem(_rules, start, (nuint)content.Length, Libyara.FastMode | Libyara.NoTryCatch | Libyara.ReportMatching, &NoteMatch, GCHandle.ToIntPtr(told), timeoutSeconds);
                return result switch
                {
                    Libyara.Success => true,
                    Libyara.ScanTimeout => false,
                    _ => throw new YaraException($"libyara ended with {result}"),
                };
            }
        }
        finally
        {
            told.Free();
        }
    }

    public void Dispose()
    {
        if (_rules != 0)
            _ = Libyara.yr_rules_destroy(_rules);
        _rules = 0;
    }

    [UnmanagedCallersOnly]
    private static void NoteError(int level, byte* file, int line, nint rule, byte* message, nint userData)
    {
        // Level 0 is an error, 1 a warning.
        if (level == 0 && GCHandle.FromIntPtr(userData).Target is List<string> errors && errors.Count < MaxErrors)
            errors.Add($"line {line}: {Text(message)}");
    }

    [UnmanagedCallersOnly]
    private static int NoteMatch(nint context, int message, nint data, nint userData)
    {
        if (message != Libyara.RuleMatching || GCHandle.FromIntPtr(userData).Target is not List<RuleMatch> matches || matches.Count >= MaxMatches)
            return Libyara.Continue;
        var rule = (YaraRule*)data;
        List<string> tags = [];
        for (var tag = rule->Tags; tag is not null && *tag != 0 && tags.Count < MaxTags; tag += MemoryMarshal.CreateReadOnlySpanFromNullTerminated(tag).Length + 1)
            tags.Add(Text(tag));
        matches.Add(new RuleMatch(Text(rule->Identifier), tags));
        return Libyara.Continue;
    }

    private static string Text(byte* text) => text is null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static void Check(int result, string what)
    {
        if (result != Libyara.Success)
            throw new YaraException($"libyara could not {what} ({result})");
    }
}

/// <param name="Tags">As its author wrote them behind its name.</param>
internal sealed record RuleMatch(string Rule, IReadOnlyList<string> Tags);

/// <summary>libyara refuses; the message is for operators.</summary>
public sealed class YaraException(string message) : Exception(message);
