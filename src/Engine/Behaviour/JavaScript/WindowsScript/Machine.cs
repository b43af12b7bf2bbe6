using System.Text;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary>
/// The made-up machine of a script: its folders, files and registry, and what the script did to them. It holds a few documents of its
/// user; a script that changes one by one what it finds there is one that encrypts.
/// </summary>
internal sealed class Machine(World world)
{
    private const int ManyDocuments = 3;
    private const int MostFiles = 300;

    private static readonly string[] AutoStarts = ["\\currentversion\\run", "\\currentversion\\policies\\explorer\\run", "\\winlogon\\", "\\image file execution options\\", "\\windows\\load", "\\userinitmprlogonscript", "\\explorer\\shell folders", "\\user shell folders"];
    private static readonly string[] Defences = ["\\windows defender", "\\amsi", "disableantispyware", "disableantivirus", "disablerealtimemonitoring", "\\system\\enablelua", "consentpromptbehavioradmin", "disabletaskmgr", "disableregistrytools", "\\security center", "\\windows script\\settings\\amsienable", "vbawarnings"];
    private static readonly string[] Handlers = ["\\ms-settings\\shell\\open\\command", "\\mscfile\\shell\\open\\command", "\\exefile\\shell\\open\\command", "\\folder\\shell\\open\\command"];

    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fetched = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Documents { get; } =
    [
        @"C:\Users\kenji\Documents\budget.xlsx", @"C:\Users\kenji\Documents\contract.docx", @"C:\Users\kenji\Documents\plan.pptx", @"C:\Users\kenji\Documents\scan.pdf",
        @"C:\Users\kenji\Documents\photo.jpg", @"C:\Users\kenji\Documents\notes.txt", @"C:\Users\kenji\Documents\customers.csv", @"C:\Users\kenji\Documents\archive.zip",
    ];

    public World World => world;

    public string ScriptPath => @"C:\Users\kenji\Downloads\" + (world.Script.FileName.Length > 0 ? world.Script.FileName : "script.js");

    public static string Expand(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var expanded = new StringBuilder(text.Length);
        var parts = text.Split('%');
        for (var index = 0; index < parts.Length; index++)
        {
            if (index % 2 == 0 || index == parts.Length - 1)
                expanded.Append(index % 2 == 0 ? parts[index] : $"%{parts[index]}");
            else
                expanded.Append(Variable(parts[index]) is { Length: > 0 } value ? value : $"%{parts[index]}%");
        }

        return expanded.ToString();
    }

    /// <summary>A variable of the environment; empty when there is none.</summary>
    public static string Variable(string name) => name.ToUpperInvariant() switch
    {
        "TEMP" or "TMP" => @"C:\Users\kenji\AppData\Local\Temp",
        "APPDATA" => @"C:\Users\kenji\AppData\Roaming",
        "LOCALAPPDATA" => @"C:\Users\kenji\AppData\Local",
        "USERPROFILE" => @"C:\Users\kenji",
        "PUBLIC" => @"C:\Users\Public",
        "PROGRAMDATA" or "ALLUSERSPROFILE" => @"C:\ProgramData",
        "PROGRAMFILES" => @"C:\Program Files",
        "SYSTEMROOT" or "WINDIR" => @"C:\Windows",
        "COMSPEC" => @"C:\Windows\System32\cmd.exe",
        "SYSTEMDRIVE" or "HOMEDRIVE" => "C:",
        "HOMEPATH" => @"\Users\kenji",
        "USERNAME" => "kenji",
        "COMPUTERNAME" or "USERDOMAIN" => "DESKTOP-4KQ7L2",
        "PROCESSOR_ARCHITECTURE" => "AMD64",
        "NUMBER_OF_PROCESSORS" => "8",
        "OS" => "Windows_NT",
        "PATH" => @"C:\Windows\System32;C:\Windows",
        _ => "",
    };

    public static string Folder(string name) => name.ToUpperInvariant() switch
    {
        "STARTUP" => @"C:\Users\kenji\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Startup",
        "ALLUSERSSTARTUP" => @"C:\ProgramData\Microsoft\Windows\Start Menu\Programs\StartUp",
        "APPDATA" => Variable("APPDATA"),
        "DESKTOP" => @"C:\Users\kenji\Desktop",
        "MYDOCUMENTS" or "PERSONAL" => @"C:\Users\kenji\Documents",
        "STARTMENU" or "PROGRAMS" => @"C:\Users\kenji\AppData\Roaming\Microsoft\Windows\Start Menu\Programs",
        "TEMPLATES" => @"C:\Users\kenji\AppData\Roaming\Microsoft\Windows\Templates",
        _ => @"C:\Users\kenji\Desktop",
    };

    public void Ran(string commandLine)
    {
        var command = Expand(commandLine).Trim();
        if (command.Length > 0)
            world.Log.Ran(command);
    }

    /// <param name="content">What was fetched has no content that is known.</param>
    public void Save(string path, ReadOnlySpan<byte> content, bool append)
    {
        var full = Expand(path);
        Changed(full);
        if (!_files.TryGetValue(full, out var file))
        {
            if (_files.Count >= MostFiles)
                return;
            _files[full] = file = new MemoryStream();
            if (!IsDocument(full))
                world.Did(BehaviourKind.Drop, "T1105", full);
            if (full.Contains(@"\Startup\", StringComparison.OrdinalIgnoreCase))
                world.Did(BehaviourKind.Persist, "T1547.001", full);
        }

        if (!append)
            file.SetLength(0);
        if (file.Length + content.Length < 16 * 1024 * 1024)
            file.Write(content);
        if (FetchedCode.AddressIn(Encoding.Latin1.GetString(content[..Math.Min(content.Length, 600)])) is not null)
            _fetched.Add(full);
    }

    public bool Exists(string path) => _files.ContainsKey(Expand(path)) || IsDocument(Expand(path)) || string.Equals(path, ScriptPath, StringComparison.OrdinalIgnoreCase) || path.StartsWith(@"C:\Windows\", StringComparison.OrdinalIgnoreCase);

    /// <summary>Empty when there is no such file or nothing is known of it.</summary>
    public byte[] Read(string path)
    {
        var full = Expand(path);
        if (_files.TryGetValue(full, out var file))
            return file.ToArray();
        if (string.Equals(full, ScriptPath, StringComparison.OrdinalIgnoreCase) || full.EndsWith($"\\{world.Script.FileName}", StringComparison.OrdinalIgnoreCase) && world.Script.FileName.Length > 0)
            return Encoding.Latin1.GetBytes(world.Script.Page ?? world.Script.Source);
        return IsDocument(full) ? Encoding.ASCII.GetBytes($"What stands in {full}") : [];
    }

    public void Copy(string from, string to)
    {
        var target = Expand(to);
        if (target.EndsWith('\\'))
            target += from[(from.LastIndexOf('\\') + 1)..];
        Save(target, Read(from), append: false);
    }

    public void Move(string from, string to)
    {
        Changed(Expand(from));
        if (!IsDocument(Expand(from)))
            Copy(from, to);
    }

    public void Delete(string path) => Changed(Expand(path));

    public void WriteRegistry(string key, string value)
    {
        if (AutoStarts.Any(part => key.Contains(part, StringComparison.OrdinalIgnoreCase)))
            world.Did(BehaviourKind.Persist, "T1547.001", $"{key} = {value}");
        else if (Defences.Any(part => key.Contains(part, StringComparison.OrdinalIgnoreCase)))
            world.Did(BehaviourKind.DisableDefence, "T1562.001", $"{key} = {value}");
        else if (Handlers.Any(part => key.Contains(part, StringComparison.OrdinalIgnoreCase)))
            world.Did(BehaviourKind.Elevate, "T1548.002", $"{key} = {value}");
    }

    public string Fetch(string address)
    {
        if (World.IsRemote(address))
        {
            world.Ask(address, null);
            world.Did(BehaviourKind.Download, "T1105", address);
        }

        return FetchedCode.From(address);
    }

    /// <summary>What was written goes into the scan as it would stand on the disk; what came from the network is not known.</summary>
    public void Conclude()
    {
        foreach (var (path, file) in _files)
            if (file.Length > 0 && !_fetched.Contains(path) && !IsDocument(path))
                world.Wrote(path[(path.LastIndexOf('\\') + 1)..], file.ToArray());
    }

    private static bool IsDocument(string path) => Documents.Any(document => path.StartsWith(document, StringComparison.OrdinalIgnoreCase));

    private void Changed(string path)
    {
        var document = Documents.FirstOrDefault(document => path.StartsWith(document, StringComparison.OrdinalIgnoreCase));
        if (document is not null && _changed.Add(document) && _changed.Count == ManyDocuments)
            world.Did(BehaviourKind.Encrypt, "T1486", string.Join(", ", _changed));
    }
}
