using System.Runtime.InteropServices;

namespace Platform.Yara;

/// <summary>The C interface of libyara 4.2 (yara/compiler.h, rules.h, types.h) as Debian ships it (libyara9).</summary>
internal static unsafe partial class Libyara
{
    public const string Library = "libyara.so.9";

    public const int Success = 0;
    public const int ScanTimeout = 26;

    /// <summary>A string counts once: we ask whether a rule is met, not how often.</summary>
    public const int FastMode = 1;

    /// <summary>No signal handlers of its own beside those of .NET.</summary>
    public const int NoTryCatch = 2;

    public const int ReportMatching = 8;

    public const int RuleMatching = 1;
    public const int Continue = 0;

    [LibraryImport(Library)]
    public static partial int yr_initialize();

    [LibraryImport(Library)]
    public static partial int yr_compiler_create(out nint compiler);

    [LibraryImport(Library)]
    public static partial void yr_compiler_destroy(nint compiler);

    [LibraryImport(Library)]
    public static partial void yr_compiler_set_callback(nint compiler, delegate* unmanaged<int, byte*, int, nint, byte*, nint, void> callback, nint userData);

    /// <returns>The number of errors.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int yr_compiler_add_string(nint compiler, string rules, string name);

    [LibraryImport(Library)]
    public static partial int yr_compiler_get_rules(nint compiler, out nint rules);

    [LibraryImport(Library)]
    public static partial int yr_rules_destroy(nint rules);

    [LibraryImport(Library)]
    public static partial int yr_rules_scan_mem(nint rules, byte* buffer, nuint size, int flags, delegate* unmanaged<nint, int, nint, nint, int> callback, nint userData, int timeoutSeconds);
}

/// <summary>The beginning of YR_RULE (yara/types.h): two numbers, then pointers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct YaraRule
{
    public int Flags;
    public int Atoms;
    public byte* Identifier;

    /// <summary>Texts one behind the other, each with its NUL; an empty one ends them.</summary>
    public byte* Tags;
}
