using System.Collections.Frozen;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Commands of PowerShell that work on values and code.</summary>
internal sealed class PsCmdlets
{
    private readonly FrozenDictionary<string, Func<PsArguments, List<object?>?, object?>> _commands;
    private readonly PsInterpreter _interpreter;

    public PsCmdlets(PsInterpreter interpreter)
    {
        _interpreter = interpreter;
        Dictionary<string, Func<PsArguments, List<object?>?, object?>> commands = new(StringComparer.OrdinalIgnoreCase)
        {
            ["invoke-expression"] = InvokeExpression,
            ["foreach-object"] = ForEachObject,
            ["where-object"] = WhereObject,
            ["select-object"] = SelectObject,
            ["sort-object"] = SortObject,
            ["write-output"] = (arguments, input) => arguments.Plain.Count == 1 ? arguments.Plain[0] : arguments.Plain.Count > 1 ? arguments.Plain : input ?? arguments.Get(-1, "inputobject"),
            ["out-string"] = (_, input) => PsValues.Joined(input ?? [], "\r\n", interpreter.Log),
            ["out-null"] = (_, _) => null,
            ["write-host"] = (_, _) => null,
            ["out-host"] = (_, _) => null,
            ["set-alias"] = SetAlias,
            ["new-alias"] = SetAlias,
            ["get-alias"] = (arguments, _) => PsAliases.AliasesMatching(arguments.Text(0, "name")).Select(name => (object?)name).ToList(),
            ["get-command"] = (arguments, _) => PsAliases.Matching(arguments.Text(0, "name")).Select(name => (object?)name).ToList(),
            ["set-variable"] = SetVariable,
            ["new-variable"] = SetVariable,
            ["get-variable"] = GetVariable,
            ["get-item"] = GetItem,
            ["set-item"] = SetItem,
            ["get-childitem"] = GetChildItem,
            ["new-object"] = NewObject,
            ["invoke-command"] = InvokeBlock,
            ["start-job"] = InvokeBlock,
            ["start-threadjob"] = InvokeBlock,
            ["measure-command"] = InvokeBlock,
            ["add-type"] = AddType,
            ["convertto-securestring"] = ToSecure,
            ["convertfrom-securestring"] = (arguments, input) => arguments.Get(0, "securestring") ?? Last(input),
            ["get-random"] = (_, _) => PsUnknown.Value,
            ["get-date"] = (_, _) => PsUnknown.Value,
            ["join-path"] = (arguments, _) => $"{arguments.Text(0, "path").TrimEnd('\\')}\\{arguments.Text(1, "childpath").TrimStart('\\')}",
            ["split-path"] = (arguments, _) => arguments.Has("leaf") ? arguments.Text(0, "path").Split('\\')[^1] : arguments.Text(0, "path") is var path && path.LastIndexOf('\\') is > 0 and var cut ? path[..cut] : "",
            ["resolve-path"] = (arguments, input) => arguments.Get(0, "path") ?? Last(input),
            ["measure-object"] = (_, input) => PsCasts.Named("measure", (input?.Count ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ["set-psreadlineoption"] = (_, _) => null,
            ["import-module"] = (_, _) => null,
            ["set-strictmode"] = (_, _) => null,
            ["set-location"] = (_, _) => null,
            ["start-sleep"] = (_, _) => null,
            ["set-executionpolicy"] = (_, _) => null,
        };
        new PsSystemCmdlets(interpreter).AddTo(commands);
        _commands = commands.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public bool Knows(string name) => _commands.ContainsKey(name);

    public List<object?> Run(string name, PsArguments arguments, List<object?>? input) => _commands[name](arguments, input) switch
    {
        null => [],
        List<object?> list => list,
        var value => [value],
    };

    private static object? Last(List<object?>? input) => input is { Count: > 0 } ? input[^1] : null;

    private List<object?> InvokeExpression(PsArguments arguments, List<object?>? input)
    {
        List<object?> output = [];
        var given = arguments.Get(0, "command");
        if (given is null && input is { Count: > 0 })
            given = input.Find(item => item is PsRemote) ?? (input.Count == 1 ? input[0] : PsValues.Joined(input, "\r\n", _interpreter.Log));
        if (given is List<object?> list)
            given = list.Find(item => item is PsRemote) ?? PsValues.Joined(list, " ", _interpreter.Log);
        _interpreter.Invoke(given, output);
        return output;
    }

    private List<object?> ForEachObject(PsArguments arguments, List<object?>? input)
    {
        List<object?> output = [];
        var blocks = arguments.Plain.OfType<PsBlock>().ToList();
        var process = arguments.Get(-1, "process") as PsBlock ?? (blocks.Count > 1 ? blocks[1] : blocks.FirstOrDefault());
        var begin = arguments.Get(-1, "begin") as PsBlock ?? (blocks.Count > 1 ? blocks[0] : null);
        if (begin is not null)
            _interpreter.Each(begin, null, output);
        if (process is not null)
            foreach (var item in input ?? [])
                _interpreter.Each(process, item, output);
        else if (PsValues.Text(arguments.Get(0, "membername")) is { Length: > 0 } member)
            foreach (var item in input ?? [])
                output.Add(new PsMembers(_interpreter).Call(item, member, arguments.Plain.Skip(1).SelectMany(PsValues.Items).ToList()) is var called && called is PsUnknown ? PsMembers.Get(item, member, _interpreter.Log) : called);
        if ((arguments.Get(-1, "end") as PsBlock ?? (blocks.Count > 2 ? blocks[2] : null)) is { } end)
            _interpreter.Each(end, null, output);
        return output;
    }

    private List<object?> WhereObject(PsArguments arguments, List<object?>? input)
    {
        if ((arguments.Plain.OfType<PsBlock>().FirstOrDefault() ?? arguments.Get(-1, "filterscript") as PsBlock) is not { } filter)
            return input ?? [];
        List<object?> output = [];
        foreach (var item in input ?? [])
        {
            List<object?> made = [];
            _interpreter.Each(filter, item, made);
            if (PsValues.Truth(PsValues.Unwrap(made)))
                output.Add(item);
        }

        return output;
    }

    private object? SelectObject(PsArguments arguments, List<object?>? input)
    {
        var list = input ?? [];
        if (arguments.Get(-1, "first") is { } first)
            return list.Take((int)Math.Clamp(PsValues.Number(first), 0, 100_000)).ToList();
        if (arguments.Get(-1, "last") is { } last)
            return list.TakeLast((int)Math.Clamp(PsValues.Number(last), 0, 100_000)).ToList();
        if (arguments.Get(-1, "index") is { } index)
            return PsMembers.Index(list, index, _interpreter.Log);
        if (arguments.Get(-1, "expandproperty") is { } property)
            return list.Select(item => PsMembers.Get(item, PsValues.Text(property), _interpreter.Log)).ToList();
        return list;
    }

    private List<object?>? SortObject(PsArguments arguments, List<object?>? input)
    {
        if (arguments.Plain.OfType<PsBlock>().Any() || input is null || !_interpreter.Log.Budget.TakeSteps(input.Count))
            return input;
        var sorted = input.All(item => item is byte or int or long) ? input.OrderBy(PsValues.Number) : input.OrderBy(item => PsValues.Text(item), StringComparer.OrdinalIgnoreCase);
        var list = sorted.ToList();
        if (arguments.Has("descending"))
            list.Reverse();
        return list;
    }

    private object? SetAlias(PsArguments arguments, List<object?>? input)
    {
        if (_interpreter.Aliases.Count < 1_000)
            _interpreter.Aliases[arguments.Text(0, "name")] = arguments.Text(1, "value");
        return null;
    }

    private object? SetVariable(PsArguments arguments, List<object?>? input)
    {
        _interpreter.Variables.Set(arguments.Text(0, "name"), arguments.Get(1, "value") ?? (input is null ? null : PsValues.Unwrap(input)));
        return null;
    }

    private object? GetVariable(PsArguments arguments, List<object?>? input)
    {
        var name = arguments.Text(0, "name");
        if (name.Contains('*', StringComparison.Ordinal))
        {
            // (Get-Variable '*mdr*').Name: letters out of MaximumDriveCount.
            string[] known = ["MaximumDriveCount", "MaximumAliasCount", "VerbosePreference", "ExecutionContext", "PSHOME", "ShellId", "ErrorView"];
            return known.Where(item => PsPatterns.IsLike(item, name)).Select(item => (object?)Variable(item)).ToList();
        }

        var found = Variable(name);
        return arguments.Has("valueonly") ? found.Fields["value"] : found;
    }

    private PsObject Variable(string name)
    {
        var made = new PsObject("variable");
        made.Fields["name"] = name;
        made.Fields["value"] = _interpreter.Variables.Get(name);
        return made;
    }

    private object? GetItem(PsArguments arguments, List<object?>? input)
    {
        var path = arguments.Text(0, "path", "literalpath");
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var name = path[(colon + 1)..].TrimStart('\\', '/');
        return colon > 1 && path.StartsWith("variable:", StringComparison.OrdinalIgnoreCase) ? Variable(name)
            : path.StartsWith("env:", StringComparison.OrdinalIgnoreCase) ? Environment(name)
            : path.StartsWith("alias:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("function:", StringComparison.OrdinalIgnoreCase) ? PsAliases.Resolve(name)
            : PsCasts.Named("file", path);
    }

    private static PsObject Environment(string name)
    {
        var made = new PsObject("variable");
        made.Fields["name"] = name;
        made.Fields["value"] = WindowsEnvironment.Get(name);
        return made;
    }

    private object? SetItem(PsArguments arguments, List<object?>? input)
    {
        var path = arguments.Text(0, "path");
        if (path.StartsWith("variable:", StringComparison.OrdinalIgnoreCase))
            _interpreter.Variables.Set(path[9..].TrimStart('\\', '/'), arguments.Get(1, "value"));
        else if (path.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
            _interpreter.Variables.Set(path, arguments.Get(1, "value"));
        else if (path.StartsWith("alias:", StringComparison.OrdinalIgnoreCase))
            _interpreter.Aliases[path[6..].TrimStart('\\', '/')] = arguments.Text(1, "value");
        else
            _interpreter.Machine.SetRegistry(path, "(default)", arguments.Text(1, "value"));
        return null;
    }

    private object? GetChildItem(PsArguments arguments, List<object?>? input)
    {
        var path = arguments.Text(0, "path", "literalpath");
        if (path.StartsWith("env:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("variable:", StringComparison.OrdinalIgnoreCase))
            return path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('\\', '/').Length > 0
                ? GetItem(arguments, input)
                : WindowsEnvironment.Values.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name => (object?)Environment(name)).ToList();
        return WindowsMachine.UserFiles.Select(file => (object?)PsCasts.Named("file", file)).ToList();
    }

    private object? NewObject(PsArguments arguments, List<object?>? input)
    {
        if (arguments.Get(-1, "comobject") is { } com)
            return new PsObject($"com:{PsValues.Text(com).ToLowerInvariant()}");
        var given = arguments.Get(1, "argumentlist");
        var list = given switch { null => arguments.Plain.Skip(2).ToList(), List<object?> many => many, _ => [given, .. arguments.Plain.Skip(2)] };
        if (arguments.Text(0, "typename").Contains("TcpClient", StringComparison.OrdinalIgnoreCase) && list.Count > 1)
        {
            var address = $"{PsValues.Text(list[0])}:{PsValues.Text(list[1])}";
            _interpreter.Log.Did(BehaviourKind.Download, "T1095", $"tcp://{address}");
            return PsCasts.Named("net.sockets.tcpclient", address);
        }

        return PsObjects.Create(arguments.Text(0, "typename"), list, _interpreter.Log);
    }

    private object? InvokeBlock(PsArguments arguments, List<object?>? input)
    {
        var block = arguments.Get(-1, "scriptblock", "expression") as PsBlock ?? arguments.Plain.OfType<PsBlock>().FirstOrDefault();
        if (arguments.Get(-1, "scriptblock") is PsRemote remote)
            _interpreter.Invoke(remote, []);
        return block is null ? PsUnknown.Value : _interpreter.Call(block, PsValues.Items(arguments.Get(-1, "argumentlist")), input);
    }

    private PsUnknown? AddType(PsArguments arguments, List<object?>? input)
    {
        var source = arguments.Text(0, "typedefinition", "memberdefinition");
        LastLook.At(source, _interpreter.Log);
        if (source.Contains("VirtualAlloc", StringComparison.OrdinalIgnoreCase) && source.Contains("DllImport", StringComparison.OrdinalIgnoreCase))
            _interpreter.Log.Did(BehaviourKind.Execute, "T1055", "DllImport VirtualAlloc");
        return arguments.Has("passthru") ? PsUnknown.Value : null;
    }

    private PsObject ToSecure(PsArguments arguments, List<object?>? input)
    {
        var text = PsValues.Text(arguments.Get(0, "string") ?? Last(input));
        if (arguments.Get(-1, "key") is { } key)
            text = PsSecureText.Read(text, PsValues.Octets(key), _interpreter.Log) ?? "";
        return PsCasts.Named("secret", text);
    }
}
