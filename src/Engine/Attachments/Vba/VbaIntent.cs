using System.Collections.Frozen;

namespace Platform.Engine.Attachments.Vba;

[Flags]
internal enum VbaMeans
{
    None = 0,

    /// <summary>Starts programs.</summary>
    Execute = 1,

    /// <summary>Runs machine code of its own.</summary>
    Inject = 2,

    /// <summary>Fetches from the network.</summary>
    Download = 4,

    /// <summary>Writes files of any kind.</summary>
    Write = 8,

    /// <summary>Uses an object, method or function whose name it computes.</summary>
    Computed = 16,

    /// <summary>Holds its strings in pieces, numbers or codes.</summary>
    Obfuscated = 32,

    /// <summary>Makes text of numbers in a loop.</summary>
    Decode = 128,

    /// <summary>Has the object by which scripts start programs; honest macros ask it for folders.</summary>
    ShellObject = 256,

    /// <summary>Calls a method by which that object, and Office itself, run things.</summary>
    Run = 512,

    /// <summary>Changes what Office or Windows allow.</summary>
    Weaken = 64,
}

/// <summary>Tells by the names and strings of procedures what they have the means for.</summary>
internal static class VbaIntent
{
    private const int ManyCharacters = 12;
    private const int LongNumberList = 24;
    private const int LongCode = 160;

    private static readonly FrozenDictionary<string, VbaMeans> Calls = new Dictionary<string, VbaMeans>(StringComparer.OrdinalIgnoreCase)
    {
        ["Shell"] = VbaMeans.Execute,
        ["ShellExecute"] = VbaMeans.Execute,
        ["ShellExecuteA"] = VbaMeans.Execute,
        ["ShellExecuteW"] = VbaMeans.Execute,
        ["WinExec"] = VbaMeans.Execute,
        ["CreateProcess"] = VbaMeans.Execute,
        ["CreateProcessA"] = VbaMeans.Execute,
        ["CreateProcessW"] = VbaMeans.Execute,
        ["InvokeVerb"] = VbaMeans.Execute,
        ["InvokeVerbEx"] = VbaMeans.Execute,
        ["Run"] = VbaMeans.Run,
        ["Exec"] = VbaMeans.Run,
        ["RegWrite"] = VbaMeans.Run,
        ["MacScript"] = VbaMeans.Execute,
        ["ExecuteExcel4Macro"] = VbaMeans.Computed,
        ["VirtualAlloc"] = VbaMeans.Inject,
        ["VirtualAllocEx"] = VbaMeans.Inject,
        ["VirtualProtect"] = VbaMeans.Inject,
        ["VirtualProtectEx"] = VbaMeans.Inject,
        ["NtAllocateVirtualMemory"] = VbaMeans.Inject,
        ["ZwAllocateVirtualMemory"] = VbaMeans.Inject,
        ["WriteProcessMemory"] = VbaMeans.Inject,
        ["NtWriteVirtualMemory"] = VbaMeans.Inject,
        ["CreateThread"] = VbaMeans.Inject,
        ["CreateRemoteThread"] = VbaMeans.Inject,
        ["QueueUserAPC"] = VbaMeans.Inject,
        ["HeapCreate"] = VbaMeans.Inject,
        ["URLDownloadToFile"] = VbaMeans.Download | VbaMeans.Write,
        ["URLDownloadToFileA"] = VbaMeans.Download | VbaMeans.Write,
        ["URLDownloadToFileW"] = VbaMeans.Download | VbaMeans.Write,
        ["InternetOpenUrlA"] = VbaMeans.Download,
        ["InternetReadFile"] = VbaMeans.Download,
        ["XMLHTTP"] = VbaMeans.Download,
        ["XMLHTTP60"] = VbaMeans.Download,
        ["ServerXMLHTTP60"] = VbaMeans.Download,
        ["WinHttpRequest"] = VbaMeans.Download,
        ["SaveToFile"] = VbaMeans.Write,
        ["CallByName"] = VbaMeans.Computed,
        ["StrReverse"] = VbaMeans.Obfuscated,
        ["VBProject"] = VbaMeans.Weaken,
        ["AccessVBOM"] = VbaMeans.Weaken,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Text, VbaMeans Means)[] Words =
    [
        ("wscript.shell", VbaMeans.ShellObject),
        ("shell.application", VbaMeans.ShellObject),
        ("powershell", VbaMeans.Execute),
        ("cmd.exe", VbaMeans.Execute),
        ("cmd /", VbaMeans.Execute),
        ("mshta", VbaMeans.Execute),
        ("regsvr32", VbaMeans.Execute),
        ("rundll32", VbaMeans.Execute),
        ("certutil", VbaMeans.Execute | VbaMeans.Download),
        ("bitsadmin", VbaMeans.Execute | VbaMeans.Download),
        ("wscript.exe", VbaMeans.Execute),
        ("cscript", VbaMeans.Execute),
        ("winmgmts:", VbaMeans.Execute),
        ("win32_process", VbaMeans.Execute),
        ("schedule.service", VbaMeans.Execute),
        ("scriptcontrol", VbaMeans.Execute),
        ("new:{72c24dd5-d70a-438b-8a42-98424b88afb8}", VbaMeans.Execute),
        ("new:72c24dd5-d70a-438b-8a42-98424b88afb8", VbaMeans.Execute),
        ("new:{13709620-c279-11ce-a49e-444553540000}", VbaMeans.Execute),
        ("new:13709620-c279-11ce-a49e-444553540000", VbaMeans.Execute),
        ("xmlhttp", VbaMeans.Download),
        ("winhttprequest", VbaMeans.Download),
        ("adodb.stream", VbaMeans.Write),
        (@"currentversion\run", VbaMeans.Weaken | VbaMeans.Execute),
        ("accessvbom", VbaMeans.Weaken),
        ("vbawarnings", VbaMeans.Weaken),
    ];

    /// <summary>Means, and what showed them.</summary>
    public static (VbaMeans Means, IReadOnlyList<string> Seen) Of(IEnumerable<VbaProcedure> procedures)
    {
        var means = VbaMeans.None;
        List<string> seen = [];
        var characters = 0;
        foreach (var procedure in procedures)
        {
            foreach (var name in procedure.Names)
                if (Calls.TryGetValue(name, out var meant))
                    Add(meant, name);
            foreach (var text in procedure.Strings)
                means |= OfText(text, seen);
            if (procedure.ComputedClasses > 0)
                Add(VbaMeans.Computed, "CreateObject(…)");
            characters += procedure.NumberedCharacters;
            if (procedure.ComputedCharacters > 0 && (procedure.Names.Contains("For") || procedure.Names.Contains("Do") || procedure.Names.Contains("While")))
                Add(VbaMeans.Decode, "Chr(…) in a loop");
            if (procedure.LongestNumberList >= LongNumberList)
                Add(VbaMeans.Obfuscated, $"{procedure.LongestNumberList} numbers in a list");
            if (procedure.NumberedCharacters > 0 && procedure.Names.Contains("Xor"))
                Add(VbaMeans.Obfuscated, "Xor");
        }

        if (characters >= ManyCharacters)
            Add(VbaMeans.Obfuscated, $"{characters} characters by number");
        return (means, seen);

        void Add(VbaMeans meant, string what)
        {
            means |= meant;
            if (seen.Count < 12 && !seen.Contains(what))
                seen.Add(what);
        }
    }

    /// <summary>No honest macro of a document needs this; a program in a string alone may be honest where nothing starts it.</summary>
    public static bool IsSuspicious(VbaMeans means) =>
        (means & (VbaMeans.Execute | VbaMeans.Inject)) != 0
        || (means & VbaMeans.ShellObject) != 0 && (means & (VbaMeans.Run | VbaMeans.Computed | VbaMeans.Obfuscated | VbaMeans.Decode | VbaMeans.Download)) != 0
        || Has(means, VbaMeans.Computed | VbaMeans.Run)
        || Has(means, VbaMeans.Download | VbaMeans.Write)
        || Has(means, VbaMeans.Computed | VbaMeans.Obfuscated)
        || Has(means, VbaMeans.Computed | VbaMeans.Decode)
        || Has(means, VbaMeans.Computed | VbaMeans.Write)
        || Has(means, VbaMeans.Weaken | VbaMeans.Write)
        || Has(means, VbaMeans.Download | VbaMeans.Obfuscated)
        || Has(means, VbaMeans.Write | VbaMeans.Obfuscated);

    private static bool Has(VbaMeans means, VbaMeans all) => (means & all) == all;

    private static VbaMeans OfText(string text, List<string> seen)
    {
        var means = VbaMeans.None;
        foreach (var (word, meant) in Words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                means |= meant;
                if (seen.Count < 12 && !seen.Contains(word))
                    seen.Add(word);
            }

        if (text.Length >= LongCode && IsCode(text))
        {
            means |= VbaMeans.Obfuscated;
            if (seen.Count < 12)
                seen.Add($"{text[..24]}…");
        }

        return means;
    }

    // Base64 or hexadecimal: no spaces, no punctuation of a language.
    private static bool IsCode(string text) => !text.AsSpan().ContainsAnyExcept(Alphabet);

    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_,");
}
