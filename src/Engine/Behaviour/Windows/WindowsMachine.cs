using System.Text;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>
/// The made-up machine on which scripts of every language act: what they do to files, registry, network and programs becomes
/// behaviours here, in one way for all. Remembers what was fetched and written, so that starting it is known for what it is.
/// </summary>
internal sealed class WindowsMachine(BehaviourLog log)
{
    private const int MaxFiles = 200;
    private const int MaxFileText = 1024 * 1024;

    // What is done to the machine costs far more to judge than a step of a language.
    private const int CostOfAction = 150;

    /// <summary>What a listing of any folder shows: files of the made-up user.</summary>
    public static IReadOnlyList<string> UserFiles { get; } = [@"C:\Users\user\Documents\report 2025.docx", @"C:\Users\user\Documents\budget.xlsx", @"C:\Users\user\Pictures\family.jpg"];

    private readonly HashSet<string> _brought = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handedOver = new(StringComparer.Ordinal);
    private string? _read;
    private string? _secret;
    private string? _cipher;
    private bool _told;

    public BehaviourLog Log => log;

    public void Fetched(string address, string path = "")
    {
        if (!log.Budget.TakeSteps(CostOfAction))
            return;
        var technique = WindowsPaths.IsRemote(address) ? "T1570" : "T1105";
        log.Did(BehaviourKind.Download, technique, path.Length == 0 ? address : $"{address} -> {path}");
        log.Asked(address);
        Bring(path);
    }

    /// <summary>A file has come to be at this path: starting it later is starting what the script brought.</summary>
    public void Bring(string path)
    {
        if (path.Length == 0 || _brought.Count >= MaxFiles)
            return;
        _brought.Add(WindowsPaths.NameOf(path));
        if (WindowsPaths.IsStartUp(path))
            log.Did(BehaviourKind.Persist, "T1547.001", path);
    }

    public bool IsBrought(string path) => path.Length > 0 && _brought.Contains(WindowsPaths.NameOf(path));

    public void Wrote(string path, ReadOnlyMemory<byte> content)
    {
        if (!log.Budget.TakeSteps(CostOfAction))
            return;
        var isProgram = WindowsPaths.IsRunnable(path) || content.Span.StartsWith("MZ"u8) || content.Span.StartsWith("PK\u0003\u0004"u8);
        if (WindowsPaths.IsStartUp(path))
            log.Did(BehaviourKind.Persist, "T1547.001", path);
        if (!isProgram)
        {
            Bring(path);
            return;
        }

        log.Did(BehaviourKind.Drop, "T1027.009", path);
        Bring(path);
        if (!content.IsEmpty && _handedOver.Add(path))
            log.Wrote(path, content);
    }

    /// <summary>Text put into a file piece by piece; handed over by <see cref="Finish"/>, or when it is started.</summary>
    public void Append(string path, string text, bool anew)
    {
        if (!log.Budget.TakeSteps(CostOfAction / 4))
            return;
        var name = WindowsPaths.NameOf(path);
        if (!_texts.TryGetValue(name, out var held))
        {
            if (_texts.Count >= MaxFiles)
                return;
            _texts[name] = held = new StringBuilder();
        }

        if (anew)
            held.Clear();
        if (held.Length + text.Length <= MaxFileText && log.Budget.TakeOutput(text.Length))
            held.Append(text);
        Bring(path);
        if (WindowsPaths.IsRunnable(path))
            log.Did(BehaviourKind.Drop, "T1027.009", path);
    }

    public string? TextOf(string path) => _texts.TryGetValue(WindowsPaths.NameOf(path), out var held) && log.Budget.TakeCopy(held.Length) ? held.ToString() : null;

    /// <summary>A file was made of another: copied, renamed, decoded.</summary>
    public void Copied(string from, string to)
    {
        if (!log.Budget.TakeSteps(CostOfAction))
            return;
        if (_texts.TryGetValue(WindowsPaths.NameOf(from), out var held) && _texts.Count < MaxFiles)
            _texts[WindowsPaths.NameOf(to)] = held;
        if (IsBrought(from))
            Bring(to);
        if (WindowsPaths.IsStartUp(to) && WindowsPaths.IsRunnable(to) || WindowsPaths.IsStartUp(to) && WindowsPaths.Extension(to).Length == 0)
            log.Did(BehaviourKind.Persist, "T1547.001", to);
    }

    /// <summary>A command line given to the system by a script of another language than the shell's.</summary>
    public void Run(string commandLine, string technique = "T1059")
    {
        if (string.IsNullOrWhiteSpace(commandLine) || !log.Budget.TakeSteps(CostOfAction + (commandLine.Length / 16)))
            return;
        var (program, rest) = CommandLine.Split(WindowsEnvironment.Expand(commandLine));
        if (StartsBrought(program, rest))
        {
            log.Did(BehaviourKind.Execute, "T1204.002", commandLine);
            HandOver(program);
        }

        log.Ran(commandLine, technique);
    }

    /// <summary>A program that a shell starts: only what it does counts, since starting programs is what shells are for.</summary>
    public void RunFromShell(string commandLine)
    {
        if (string.IsNullOrWhiteSpace(commandLine) || !log.Budget.TakeSteps(CostOfAction + (commandLine.Length / 16)))
            return;
        var (program, rest) = CommandLine.Split(WindowsEnvironment.Expand(commandLine));
        if (StartsBrought(program, rest) || StartedProgram.IsInUnsafePlace(program))
            log.Did(BehaviourKind.Execute, "T1204.002", commandLine);
        log.Layer(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, commandLine, "command line"));
    }

    /// <summary>The program, or a script that it is given, was fetched or written before.</summary>
    public bool StartsBrought(string program, string rest) =>
        IsBrought(program) && WindowsPaths.Extension(program) is not ("pdf" or "docx" or "xlsx" or "csv" or "jpg" or "png" or "html" or "log")
        || CommandLine.BaseName(program) is not ("echo" or "type" or "copy" or "xcopy" or "move" or "ren" or "attrib" or "del" or "notepad" or "winword" or "excel" or "explorer" or "find" or "findstr" or "sort" or "more" or "certutil" or "expand" or "7z" or "tar")
        && CommandLine.Arguments(rest).Any(word => IsBrought(word.Split(',')[0]) && (WindowsPaths.IsRunnable(word.Split(',')[0]) || CommandLine.BaseName(program) is "rundll32" or "regsvr32" or "wscript" or "cscript" or "mshta" or "powershell" or "pwsh" or "cmd" or "start" or "call" or "msiexec" or "installutil" or "msbuild" or "ftp"));

    public void SetRegistry(string key, string name, string data)
    {
        if (!log.Budget.TakeSteps(CostOfAction))
            return;
        if (RegistryTable.Find(key, $"{name} {data}") is { } place && !(place.Kind is BehaviourKind.DisableDefence && data is "0" && name.StartsWith("disable", StringComparison.OrdinalIgnoreCase)))
            log.Did(place.Kind, place.Technique, $"{key}\\{name} = {data}");
    }

    /// <summary>Something of the machine or its user was read: files, the screen, the clipboard.</summary>
    public void ReadMachine(string what) => _read ??= what;

    public bool HasRead(string what) => _read == what;

    public void AskedSecret(string what) => _secret ??= what;

    /// <summary>A key for encryption was set up.</summary>
    public void MadeCipher(string what) => _cipher ??= what;

    public static bool IsUserFile(string path) => UserFiles.Any(file => path.StartsWith(file, StringComparison.OrdinalIgnoreCase));

    /// <summary>A file of the user was written over, or has got another name.</summary>
    public void ChangedPersonal(string path)
    {
        if (_cipher is null || _told || !IsUserFile(path))
            return;
        _told = true;
        log.Did(BehaviourKind.Encrypt, "T1486", $"{_cipher}: {path}");
    }

    public void SentOut(string address, bool file)
    {
        log.Asked(address);
        if (_secret is not null)
            log.Did(BehaviourKind.AskCredential, "T1056.002", $"{_secret} -> {address}");
        if (file || _read is not null)
            log.Did(BehaviourKind.Exfiltrate, "T1041", _read is null ? address : $"{_read} -> {address}");
    }

    /// <summary>Hands over the text files that were built piece by piece.</summary>
    public void Finish()
    {
        foreach (var name in _texts.Keys.Order(StringComparer.Ordinal).ToList())
            if (WindowsPaths.IsRunnable(name))
                HandOver(name);
    }

    private void HandOver(string path)
    {
        var name = WindowsPaths.NameOf(path);
        if (_texts.TryGetValue(name, out var held) && held.Length > 0 && _handedOver.Add(name))
            log.Wrote(name, Encoding.UTF8.GetBytes(held.ToString()));
    }
}
