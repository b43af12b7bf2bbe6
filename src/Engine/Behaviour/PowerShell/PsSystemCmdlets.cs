using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Commands of PowerShell that reach the system: network, files, registry, tasks, protection, management.</summary>
internal sealed class PsSystemCmdlets(PsInterpreter interpreter)
{
    private WindowsMachine Machine => interpreter.Machine;

    private BehaviourLog Log => interpreter.Log;

    public void AddTo(Dictionary<string, Func<PsArguments, List<object?>?, object?>> commands)
    {
        commands["invoke-webrequest"] = Web;
        commands["invoke-restmethod"] = Web;
        commands["start-bitstransfer"] = Bits;
        commands["start-process"] = StartProcess;
        commands["invoke-item"] = StartProcess;
        commands["set-content"] = WriteFile;
        commands["out-file"] = WriteFile;
        commands["add-content"] = AppendFile;
        commands["get-content"] = ReadFile;
        commands["new-item"] = NewItem;
        commands["copy-item"] = CopyItem;
        commands["move-item"] = CopyItem;
        commands["rename-item"] = CopyItem;
        commands["remove-item"] = (arguments, input) => Touch(arguments, input);
        commands["test-path"] = (arguments, _) => Machine.IsBrought(arguments.Text(0, "path")) ? true : PsUnknown.Value;
        commands["set-itemproperty"] = Registry;
        commands["new-itemproperty"] = Registry;
        commands["add-mppreference"] = Defence;
        commands["set-mppreference"] = Defence;
        commands["remove-mppreference"] = (_, _) => null;
        commands["register-scheduledtask"] = Task;
        commands["new-scheduledtask"] = (arguments, _) => arguments.Get(0, "action") ?? PsUnknown.Value;
        commands["new-scheduledtaskaction"] = TaskAction;
        commands["register-scheduledjob"] = Task;
        commands["new-service"] = Service;
        commands["stop-service"] = StopService;
        commands["set-service"] = StopService;
        commands["stop-process"] = StopService;
        commands["set-netfirewallprofile"] = Firewall;
        commands["register-wmievent"] = (arguments, _) => Did(BehaviourKind.Persist, "T1546.003", "Register-WmiEvent");
        commands["set-wmiinstance"] = (arguments, _) => Did(BehaviourKind.Persist, "T1546.003", $"Set-WmiInstance {arguments.Text(0, "class")}");
        commands["get-wmiobject"] = (arguments, _) => PsManagement.Instance(arguments.Text(0, "class", "query"));
        commands["get-ciminstance"] = (arguments, _) => PsManagement.Instance(arguments.Text(0, "classname", "query"));
        commands["invoke-wmimethod"] = InvokeManagement;
        commands["invoke-cimmethod"] = InvokeManagement;
        commands["remove-wmiobject"] = DeleteManagement;
        commands["remove-ciminstance"] = DeleteManagement;
        commands["disable-computerrestore"] = (arguments, _) => Did(BehaviourKind.DisableRecovery, "T1490", "Disable-ComputerRestore");
        commands["clear-eventlog"] = (arguments, _) => Did(BehaviourKind.DisableDefence, "T1070.001", "Clear-EventLog");
        commands["enable-bitlocker"] = (arguments, _) => Did(BehaviourKind.Encrypt, "T1486", "Enable-BitLocker");
        commands["new-localuser"] = (arguments, _) => Did(BehaviourKind.Persist, "T1136.001", $"New-LocalUser {arguments.Text(0, "name")}");
        commands["add-localgroupmember"] = (arguments, _) => Did(BehaviourKind.Persist, "T1098.007", $"Add-LocalGroupMember {arguments.Text(0, "group")} {arguments.Text(1, "member")}");
        commands["compress-archive"] = Compress;
        commands["get-clipboard"] = (_, _) => ReadOf("clipboard");
        commands["get-credential"] = (_, _) => Secret("Get-Credential");
        commands["read-host"] = (arguments, _) => arguments.Has("assecurestring") ? Secret("Read-Host") : PsUnknown.Value;
        commands["expand-archive"] = (arguments, _) => Expanded(arguments);
        commands["send-mailmessage"] = (_, _) => null;
    }

    private object? Did(BehaviourKind kind, string technique, string value)
    {
        Log.Did(kind, technique, value);
        return null;
    }

    private PsUnknown ReadOf(string what)
    {
        Machine.ReadMachine(what);
        return PsUnknown.Value;
    }

    private PsObject Secret(string what)
    {
        Machine.AskedSecret(what);
        return PsCasts.Named("secret", "secret");
    }

    private object? Web(PsArguments arguments, List<object?>? input)
    {
        var address = arguments.Text(0, "uri", "url");
        if (address.Length == 0 && input is { Count: > 0 })
            address = PsValues.Text(input[^1]);
        if (address.Length == 0)
            return PsUnknown.Value;
        if (!address.Contains("://", StringComparison.Ordinal))
            address = $"http://{address}";
        var method = arguments.Text(-1, "method", "custommethod");
        if (arguments.Has("infile", "form") || method.Equals("post", StringComparison.OrdinalIgnoreCase) || method.Equals("put", StringComparison.OrdinalIgnoreCase))
        {
            Machine.SentOut(address, arguments.Has("infile"));
            return new PsRemote(address);
        }

        var path = arguments.Text(-1, "outfile");
        // curl and wget are called with the options of their namesakes.
        if (path.Length == 0)
            path = arguments.Text(-1, "o");
        Machine.Fetched(address, path);
        return new PsRemote(address);
    }

    private object? Bits(PsArguments arguments, List<object?>? input)
    {
        var (source, target) = (arguments.Text(0, "source"), arguments.Text(1, "destination"));
        if (arguments.Text(-1, "transfertype").StartsWith("upload", StringComparison.OrdinalIgnoreCase))
        {
            Machine.ReadMachine(source);
            Machine.SentOut(target, file: true);
        }
        else
        {
            Machine.Fetched(source, target);
        }

        return null;
    }

    private PsUnknown StartProcess(PsArguments arguments, List<object?>? input)
    {
        var program = arguments.Text(0, "filepath", "path", "literalpath");
        if (program.Length == 0 && input is { Count: > 0 })
            program = PsValues.Text(input[^1]);
        var given = arguments.Get(1, "argumentlist", "args");
        var rest = given is List<object?> list ? PsValues.Joined(list, " ", Log) : PsValues.Text(given);
        if (program.Length > 0)
            Machine.RunFromShell($"{(program.Contains(' ', StringComparison.Ordinal) ? $"\"{program}\"" : program)} {rest}".Trim());
        return PsUnknown.Value;
    }

    private object? WriteFile(PsArguments arguments, List<object?>? input)
    {
        var content = arguments.Get(1, "value", "inputobject") ?? (input is null ? null : PsValues.Unwrap([.. input]));
        var path = arguments.Text(0, "path", "filepath", "literalpath");
        if (arguments.Has("append"))
            Machine.Append(path, PsValues.WholeText(content, Log) + "\r\n", anew: false);
        else
            PsFileCalls.Write(path, content, interpreter);
        return null;
    }

    private object? AppendFile(PsArguments arguments, List<object?>? input)
    {
        Machine.Append(arguments.Text(0, "path", "literalpath"), PsValues.WholeText(arguments.Get(1, "value") ?? (input is null ? null : PsValues.Unwrap([.. input])), Log) + "\r\n", anew: false);
        return null;
    }

    private object? ReadFile(PsArguments arguments, List<object?>? input)
    {
        var path = arguments.Text(0, "path", "literalpath");
        if (path.Length == 0 && input is { Count: > 0 })
            path = PsValues.Text(input[^1]);
        return PsFileCalls.Read(path, arguments.Text(-1, "encoding").Equals("byte", StringComparison.OrdinalIgnoreCase) || arguments.Has("asbytestream"), interpreter);
    }

    private PsObject NewItem(PsArguments arguments, List<object?>? input)
    {
        var path = arguments.Text(0, "path");
        if (path.StartsWith("HK", StringComparison.OrdinalIgnoreCase) || path.StartsWith("Registry::", StringComparison.OrdinalIgnoreCase))
            Machine.SetRegistry(path, "(default)", arguments.Text(-1, "value"));
        else if (arguments.Get(-1, "value") is { } value)
            PsFileCalls.Write(path, value, interpreter);
        return PsCasts.Named("file", path);
    }

    private object? CopyItem(PsArguments arguments, List<object?>? input)
    {
        var (from, to) = (arguments.Text(0, "path", "literalpath"), arguments.Text(1, "destination", "newname"));
        if (from.Length == 0 && input is { Count: > 0 })
        {
            foreach (var item in input)
                Machine.ChangedPersonal(PsValues.Text(item));
            return null;
        }

        Machine.ChangedPersonal(from);
        if (WindowsPaths.IsRemote(from))
            Machine.Fetched(from, to);
        else
            Machine.Copied(from, to);
        return null;
    }

    private object? Touch(PsArguments arguments, List<object?>? input)
    {
        Machine.ChangedPersonal(arguments.Text(0, "path", "literalpath"));
        return null;
    }

    private object? Registry(PsArguments arguments, List<object?>? input)
    {
        Machine.SetRegistry(arguments.Text(0, "path", "literalpath"), arguments.Text(1, "name"), arguments.Text(2, "value"));
        return null;
    }

    private object? Defence(PsArguments arguments, List<object?>? input)
    {
        foreach (var (name, value) in arguments.Named)
            if (name.StartsWith("exclusion", StringComparison.Ordinal) || name.StartsWith("disable", StringComparison.Ordinal) && PsValues.Truth(value) && PsValues.Text(value) is not ("0" or "False" or "$false") || name is "mapsreporting" or "submitsamplesconsent" or "pua" or "enablecontrolledfolderaccess")
                Log.Did(BehaviourKind.DisableDefence, "T1562.001", $"MpPreference -{name} {PsValues.Text(value)}");
        return null;
    }

    private object? Task(PsArguments arguments, List<object?>? input)
    {
        var action = arguments.Get(-1, "action", "inputobject") as PsObject ?? input?.OfType<PsObject>().FirstOrDefault();
        Log.Did(BehaviourKind.Persist, "T1053.005", $"{arguments.Text(-1, "taskname", "name")} {action?.Field("value")}".Trim());
        return null;
    }

    private PsObject TaskAction(PsArguments arguments, List<object?>? input)
    {
        var line = $"{arguments.Text(0, "execute")} {arguments.Text(1, "argument")}".Trim();
        Machine.RunFromShell(line);
        return PsCasts.Named("taskaction", line);
    }

    private object? Service(PsArguments arguments, List<object?>? input)
    {
        Log.Did(BehaviourKind.Persist, "T1543.003", arguments.Text(1, "binarypathname"));
        return null;
    }

    private object? StopService(PsArguments arguments, List<object?>? input)
    {
        var name = arguments.Text(0, "name");
        if (ProgramTable.IsProtection(name))
            Log.Did(BehaviourKind.DisableDefence, "T1562.001", name);
        return null;
    }

    private object? Firewall(PsArguments arguments, List<object?>? input)
    {
        if (arguments.Text(-1, "enabled").Equals("false", StringComparison.OrdinalIgnoreCase))
            Log.Did(BehaviourKind.DisableDefence, "T1562.004", "Set-NetFirewallProfile -Enabled False");
        return null;
    }

    private object? InvokeManagement(PsArguments arguments, List<object?>? input)
    {
        var target = PsManagement.Instance(arguments.Text(0, "class", "classname", "path"));
        var given = arguments.Get(2, "argumentlist", "arguments");
        var line = given is PsObject { Kind: "hashtable" } table ? table.Fields.GetValueOrDefault("commandline") : PsValues.Items(given) is [var head, ..] ? head : null;
        return PsManagement.Call(target, arguments.Text(1, "name", "methodname").ToLowerInvariant(), [line], interpreter);
    }

    private object? DeleteManagement(PsArguments arguments, List<object?>? input)
    {
        foreach (var item in input ?? [arguments.Get(0, "inputobject")])
            PsManagement.Deleted(item, interpreter);
        return null;
    }

    private object? Compress(PsArguments arguments, List<object?>? input)
    {
        var target = arguments.Text(1, "destinationpath");
        Machine.ReadMachine($"{arguments.Text(0, "path", "literalpath")} -> {target}");
        return null;
    }

    private object? Expanded(PsArguments arguments)
    {
        // What a fetched archive holds may lie anywhere in the folder: the next program of it is what was brought.
        if (Machine.IsBrought(arguments.Text(0, "path", "literalpath")))
            Machine.Bring(arguments.Text(1, "destinationpath"));
        return null;
    }
}
