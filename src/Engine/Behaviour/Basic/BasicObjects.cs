using System.Collections.Frozen;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Objects: which there are, what their members answer.</summary>
internal sealed class BasicObjects(BasicInterpreter interpreter)
{
    // Classes that scripts ask for by number to hide their names.
    private static readonly FrozenDictionary<string, string> Classes = new Dictionary<string, string>
    {
        ["72c24dd5-d70a-438b-8a42-98424b88afb8"] = "wscript.shell",
        ["f935dc22-1cf0-11d0-adb9-00c04fd58a0b"] = "wscript.shell",
        ["13709620-c279-11ce-a49e-444553540000"] = "shell.application",
        ["9ba05972-f6a8-11cf-a442-00a0c90a8f39"] = "shell.application",
        ["c08afd90-f2a1-11d1-8455-00a0c91f3880"] = "shell.application",
        ["0d43fe01-f093-11cf-8940-00a0c9054228"] = "scripting.filesystemobject",
        ["88d96a0b-f192-11d4-a65f-0040963251e5"] = "msxml2.xmlhttp",
        ["00000566-0000-0010-8000-00aa006d2ea4"] = "adodb.stream",
        ["2087c2f4-2cef-4953-a8ab-66779b670495"] = "winhttp.winhttprequest",
        ["0f87369f-a4e5-4cfc-bd3e-73e6154572dd"] = "schedule.service",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly BasicShellObjects _shell = new(interpreter);
    private readonly BasicDocumentObjects _document = new(interpreter);

    private WindowsMachine Machine => interpreter.Machine;

    public static BasicObject Create(string type) => new(KindOf(type));

    /// <summary>CreateObject and GetObject.</summary>
    public object Make(string name, bool isGet)
    {
        var lower = name.ToLowerInvariant();
        if (lower.StartsWith("script:", StringComparison.Ordinal))
        {
            Machine.Fetched(name[7..]);
            Machine.Log.Did(BehaviourKind.Execute, "T1218.010", name);
            return BasicUnknown.Value;
        }

        if (isGet && lower.StartsWith("winmgmts:", StringComparison.Ordinal))
        {
            var at = lower.IndexOf("win32_", StringComparison.Ordinal);
            return at < 0 ? new BasicObject("winmgmts") : Management(lower[at..]);
        }

        return Create(name);
    }

    public object? ByName(List<object?> arguments)
    {
        var member = arguments.Count > 1 ? BasicValues.Text(BasicOperators.Value(arguments[1])).ToLowerInvariant() : "";
        var rest = arguments.Skip(3).ToList();
        if (arguments.Count > 2 && BasicValues.Number(arguments[2]) is 4 or 8 && arguments[0] is BasicObject target)
        {
            Set(target, member, [], rest is [.., var value] ? value : null);
            return BasicFunctions.None;
        }

        return Member(arguments.Count > 0 ? arguments[0] : null, member, rest) ?? BasicFunctions.None;
    }

    /// <summary>An object that is there by its name; null when there is none.</summary>
    public object? Named(string name, List<object?> arguments) => name switch
    {
        "wscript" => new BasicObject("wscript"),
        "err" => new BasicObject("err"),
        "debug" or "console" or "screen" => new BasicObject("none"),
        "window" or "self" or "document" when interpreter.Script.Language == ScriptLanguage.VbScript => new BasicObject(name == "document" ? "document.page" : "window"),
        "me" => interpreter.Scope.Me ?? new BasicObject("document"),
        _ => _document.Named(name, arguments),
    };

    public object? Member(object? value, string name, List<object?>? arguments)
    {
        var given = arguments is null ? [] : BasicInterpreter.Plain(arguments).Select(argument => argument is BasicObject ? argument : BasicOperators.Value(argument)).ToList();
        switch (value)
        {
            case BasicRemote:
                return value;
            case null or BasicUnknown:
                foreach (var text in given.OfType<string>())
                    LastLook.At(text, interpreter.Log);
                return BasicUnknown.Value;
            case BasicObject item when item.Kind.StartsWith("class:", StringComparison.Ordinal):
                return OfClass(item, name, given);
            case BasicObject item:
                return _shell.Member(item, name, given, arguments ?? []) ?? _document.Member(item, name, given) ?? Field(item, name, given);
            default:
                return name is "value" or "text" ? value : BasicUnknown.Value;
        }
    }

    public void Set(BasicObject item, string name, List<object?> arguments, object? value)
    {
        if (item.Kind.StartsWith("class:", StringComparison.Ordinal) && interpreter.Program.Classes.TryGetValue(item.Kind[6..], out var declared) && declared.Procedures.TryGetValue($"{name} let", out var setter))
        {
            interpreter.Call(setter, [.. arguments, value], item);
            return;
        }

        _shell.Assigned(item, name, arguments, value);
        if (item.Fields.Count < 2_000)
            item.Fields[arguments.Count > 0 && item.Kind == "scripting.dictionary" ? $"item:{BasicValues.Text(arguments[0])}" : name is "text" or "value" or "nodetypedvalue" or "formula" or "value2" ? "value" : name] = value;
    }

    public static IEnumerable<object?> Items(object? value) => value switch
    {
        BasicArray array => array.Items,
        BasicObject { Kind: "collection" } item when item.Fields.TryGetValue("items", out var items) && items is BasicArray list => list.Items,
        BasicObject { Kind: "files" } => WindowsMachine.UserFiles.Select(file => (object?)BasicShellObjects.FileOf(file)),
        BasicObject { Kind: "folders" } => [],
        BasicObject { Kind: "addresses" } => [new BasicObject("address")],
        BasicObject item => [item],
        string text => [text],
        _ => [],
    };

    public static BasicObject Management(string name)
    {
        var end = name.IndexOfAny([' ', '.', ':', '\'', '"', '}']);
        var made = new BasicObject("wmi");
        made.Fields["class"] = end < 0 ? name : name[..end];
        return made;
    }

    private object? OfClass(BasicObject item, string name, List<object?> given)
    {
        if (interpreter.Program.Classes.TryGetValue(item.Kind[6..], out var declared) && declared.Procedures.TryGetValue(name, out var method))
            return interpreter.Call(method, given, item);
        return Field(item, name, given);
    }

    private static object? Field(BasicObject item, string name, List<object?> given)
    {
        if (item.Fields.TryGetValue(name, out var held))
            return held is BasicArray array && given.Count > 0 ? array.Place(given) is >= 0 and var place ? array.Items[place] : null : held;
        return name switch
        {
            "value" or "text" or "nodetypedvalue" or "caption" => item.Fields.GetValueOrDefault("value") ?? BasicUnknown.Value,
            "count" or "length" => 1L,
            _ => BasicUnknown.Value,
        };
    }

    private static string KindOf(string type)
    {
        var lower = type.Trim().ToLowerInvariant();
        if (lower.StartsWith("new:", StringComparison.Ordinal))
            return Classes.GetValueOrDefault(lower[4..].Trim('{', '}', ' '), lower);
        foreach (var (part, kind) in (ReadOnlySpan<(string, string)>)
        [
            ("wscript.shell", "wscript.shell"), ("wshshell", "wscript.shell"), ("shell.application", "shell.application"), ("filesystemobject", "scripting.filesystemobject"), ("serverxmlhttp", "msxml2.xmlhttp"), ("xmlhttp", "msxml2.xmlhttp"),
            ("winhttp", "winhttp.winhttprequest"), ("adodb.stream", "adodb.stream"), ("domdocument", "msxml2.domdocument"), ("microsoft.xmldom", "msxml2.domdocument"), ("scripting.dictionary", "scripting.dictionary"), ("schedule.service", "schedule.service"),
            ("wbemscripting.swbemlocator", "winmgmts"), ("outlook.application", "outlook.application"), ("excel.application", "application"), ("word.application", "application"), ("powerpoint.application", "application"), ("mmc20.application", "mmc20"),
            ("internetexplorer.application", "internetexplorer"), ("scriptcontrol", "scriptcontrol"), ("cdo.message", "cdo.message"), ("system.text.utf8encoding", "encoding"), ("system.text.asciiencoding", "encoding"), ("collection", "scripting.dictionary"),
            ("rijndael", "cipher"), ("aescryptoserviceprovider", "cipher"), ("system.security.cryptography", "cipher"),
        ])
            if (lower.Contains(part, StringComparison.Ordinal))
                return kind;
        return lower;
    }
}
