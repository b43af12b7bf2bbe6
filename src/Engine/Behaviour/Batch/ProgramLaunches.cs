using Platform.Engine.Behaviour.PowerShell;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Programs that start others, or run code that they are given on the command line or from an address.</summary>
internal static class ProgramLaunches
{
    public static bool Run(ProgramCall call, Action<string> runLine, Action<string> runProgram)
    {
        switch (call.Name)
        {
            case "powershell" or "pwsh" or "powershell_ise":
                PowerShellArguments.Run(call.Arguments, call.Line, call.Machine);
                return true;
            case "start":
                Start(call, runProgram);
                return true;
            case "mshta":
                Mshta(call);
                return true;
            case "rundll32":
                RunDll(call, runProgram);
                return true;
            case "regsvr32" or "msiexec" or "wscript" or "cscript" or "hh" or "installutil" or "odbcconf" or "msbuild" or "presentationhost":
                Load(call);
                return true;
            case "forfiles":
                if (call.After("/c") is { } each)
                {
                    call.Log.Did(BehaviourKind.Execute, "T1202", call.Line);
                    runLine(each.Replace("0x22", "\"", StringComparison.OrdinalIgnoreCase));
                }

                return true;
            case "pcalua":
                Indirect(call, call.After("-a") is { } program ? $"{program} {call.After("-c")}" : null, runProgram);
                return true;
            case "conhost":
                Indirect(call, Rest(call, word => word.StartsWith('-')), runProgram);
                return true;
            case "ssh" or "scp":
                Indirect(call, ProxyOf(call), runLine);
                return true;
            case "explorer":
                Explorer(call, runProgram);
                return true;
            case "scriptrunner":
                Indirect(call, call.After("-appvscript"), runProgram);
                return true;
            case "syncappvpublishingserver" or "syncappvpublishingserver.vbs":
                if (call.Arguments.IndexOf(';', StringComparison.Ordinal) is >= 0 and var cut)
                    PowerShellArguments.RunScript(call.Arguments[(cut + 1)..].Trim('"', ' '), call.Machine);
                return true;
            case "psexec" or "psexec64" or "runas" or "nohup" or "cmdow" or "nircmd" or "hstart":
                runProgram(Rest(call, word => word.StartsWith('-') || word.StartsWith('/')) ?? "");
                return true;
            case "msedge" or "chrome" or "iexplore" or "firefox":
                if (call.Address is { } address)
                    call.Log.Asked(address);
                return true;
            default:
                if (WindowsPaths.IsAddress(call.Program))
                    call.Log.Asked(call.Program.Trim('"'));
                return false;
        }
    }

    // start "title" /min program arguments
    private static void Start(ProgramCall call, Action<string> runProgram)
    {
        var text = call.Arguments.Trim();
        if (text.StartsWith('"'))
        {
            var end = text.IndexOf('"', 1);
            if (end > 0 && text[(end + 1)..].Trim().Length > 0)
                text = text[(end + 1)..].Trim();
        }

        while (text.StartsWith('/'))
        {
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
                return;
            var takesValue = text[..end].ToLowerInvariant() is "/d" or "/node" or "/affinity";
            text = text[end..].Trim();
            if (takesValue)
                text = CommandLine.Split(text).Tail;
        }

        if (text.StartsWith("\"\"", StringComparison.Ordinal))
            text = text[2..].Trim();
        var (program, _) = CommandLine.Split(text);
        if (WindowsPaths.IsAddress(program))
            call.Log.Asked(program);
        else if (text.Length > 0)
            runProgram(text);
    }

    private static void Mshta(ProgramCall call)
    {
        var text = call.Arguments.Trim().Trim('"');
        foreach (var (scheme, language) in (ReadOnlySpan<(string, ScriptLanguage)>)[("javascript:", ScriptLanguage.JavaScript), ("vbscript:", ScriptLanguage.VbScript)])
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                call.Log.Layer(new ScriptSource(language, ScriptHost.WindowsScript, Unescape(text[scheme.Length..]), "mshta"));
        if (call.Address is { } address)
            call.Machine.Fetched(address);
        else if (call.Words.Find(WindowsPaths.IsRemote) is { } remote)
            call.Machine.Fetched(remote);
    }

    private static void RunDll(ProgramCall call, Action<string> runProgram)
    {
        var text = call.Arguments.Trim();
        if (text.IndexOf("javascript:", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            var code = text[(at + 11)..];
            var start = code.IndexOf("RunHTMLApplication", StringComparison.OrdinalIgnoreCase);
            call.Log.Layer(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, start >= 0 ? code[(start + 18)..].TrimStart('"', ' ', ';') : code, "rundll32"));
        }

        if (call.Words.Find(word => WindowsPaths.IsRemote(word) || WindowsPaths.IsAddress(word)) is { } remote && !text.Contains("url.dll", StringComparison.OrdinalIgnoreCase))
        {
            call.Machine.Fetched(remote.Split(',')[0]);
            call.Log.Did(BehaviourKind.Execute, "T1218.011", call.Line);
        }

        foreach (var opener in (ReadOnlySpan<string>)["ShellExec_RunDLL", "FileProtocolHandler", "OpenURL", "RouteTheCall", "LaunchApplication", "RegisterOCX", "ShOpenVerbApplication"])
            if (text.IndexOf(opener, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
                runProgram(text[(found + opener.Length)..].TrimStart('A', ' ', ',').Trim('"'));
        var library = text.Split(',')[0].Trim().Trim('"');
        if (WindowsPaths.Extension(library) is not ("dll" or "cpl" or "ocx" or "") && !library.Contains(':', StringComparison.Ordinal))
            call.Log.Did(BehaviourKind.Execute, "T1218.011", call.Line);
    }

    private static void Load(ProgramCall call)
    {
        var target = call.Words.Find(word => WindowsPaths.IsRemote(word) || word.Contains("http", StringComparison.OrdinalIgnoreCase) && word.Contains("://", StringComparison.Ordinal));
        if (target is null)
            return;
        var at = target.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        call.Machine.Fetched((at >= 0 ? target[at..] : target).Trim('"'));
        if (WindowsPaths.IsRemote(target))
            call.Log.Did(BehaviourKind.Execute, TechniqueOf(call.Name), call.Line);
    }

    private static string TechniqueOf(string name) => name switch
    {
        "regsvr32" => "T1218.010",
        "msiexec" => "T1218.007",
        "hh" => "T1218.001",
        "installutil" => "T1218.004",
        "odbcconf" => "T1218.008",
        "msbuild" => "T1127.001",
        "presentationhost" => "T1218",
        _ => "T1059.005",
    };

    private static void Explorer(ProgramCall call, Action<string> runProgram)
    {
        var target = call.Arguments.Trim().Trim('"');
        if (target.StartsWith("/root,", StringComparison.OrdinalIgnoreCase))
            target = target[6..].Trim('"');
        if (WindowsPaths.IsRemote(target))
            call.Machine.Fetched(target);
        if (WindowsPaths.IsRunnable(target))
            runProgram(target);
    }

    private static void Indirect(ProgramCall call, string? commandLine, Action<string> run)
    {
        if (string.IsNullOrWhiteSpace(commandLine))
            return;
        call.Log.Did(BehaviourKind.Execute, "T1202", call.Line);
        run(commandLine);
    }

    private static string? ProxyOf(ProgramCall call) =>
        call.Words.Find(word => word.StartsWith("ProxyCommand=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("LocalCommand=", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("-oProxyCommand=", StringComparison.OrdinalIgnoreCase)) is { } word ? word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..] : null;

    // The command line after the options that come first.
    private static string? Rest(ProgramCall call, Func<string, bool> isOption)
    {
        var text = call.Arguments.Trim();
        while (text.Length > 0 && isOption(text))
        {
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            if (end < 0)
                return null;
            text = text[end..].Trim();
        }

        return text.Length == 0 ? null : text;
    }

    private static string Unescape(string text)
    {
        try
        {
            return text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        }
        catch (UriFormatException)
        {
            return text;
        }
    }
}
