using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Static members of types: <c>[Convert]::FromBase64String</c> and the like.</summary>
internal sealed class PsStatics(PsInterpreter interpreter)
{
    private BehaviourLog Log => interpreter.Log;

    private WindowsMachine Machine => interpreter.Machine;

    public static object? Get(string type, string name)
    {
        switch (type)
        {
            case "text.encoding":
                return PsCasts.Named("encoding", name);
            case "environment":
                return name switch { "newline" => "\r\n", "username" => WindowsEnvironment.Get("USERNAME"), "machinename" => WindowsEnvironment.Get("COMPUTERNAME"), "userdomainname" => WindowsEnvironment.Get("USERDOMAIN"), _ => PsUnknown.Value };
            case "string" when name == "empty":
                return "";
            case "math" when name == "pi":
                return Math.PI;
            case "int" or "int32" when name == "maxvalue":
                return int.MaxValue;
            case "io.compression.compressionmode" or "security.cryptography.ciphermode" or "security.cryptography.paddingmode" or "net.securityprotocoltype" or "text.regularexpressions.regexoptions" or "stringsplitoptions" or "environment.specialfolder" or "environment+specialfolder":
                return name;
            case "ref":
                return new PsObject(name == "assembly" ? "assembly" : "type");
            case "io.path" when name == "directoryseparatorchar":
                return "\\";
            default:
                return name switch { "assembly" => new PsObject("assembly"), "name" or "fullname" => type, _ => PsUnknown.Value };
        }
    }

    public object? Call(string type, string name, List<object?> arguments)
    {
        var first = arguments.Count > 0 ? arguments[0] : null;
        var text = PsValues.Text(first);
        var remote = arguments.Find(argument => argument is PsRemote) as PsRemote;
        switch (type)
        {
            case "convert":
                return ConvertCall(name, first, remote, arguments);
            case "text.encoding" when name == "getencoding":
                return PsCasts.Named("encoding", text);
            case "text.encoding" or "text.unicodeencoding" or "text.utf8encoding" or "text.asciiencoding" when name == "new":
                return PsCasts.Named("encoding", type.Replace("text.", "", StringComparison.Ordinal).Replace("encoding", "", StringComparison.Ordinal));
            case "string":
                return StringCall(name, first, arguments);
            case "char":
                return name switch { "toupper" => text.ToUpperInvariant(), "tolower" => text.ToLowerInvariant(), "convertfromutf32" => ((char)(ushort)PsValues.Number(first)).ToString(), _ => PsUnknown.Value };
            case "array" when name == "reverse":
                (first as List<object?>)?.Reverse();
                if (first is byte[] octets)
                    Array.Reverse(octets);
                return null;
            case "regex" or "text.regularexpressions.regex":
                return RegexCall(name, arguments);
            case "math":
                return MathCall(name, arguments);
            case "bitconverter" when name == "tostring":
                return PsValues.Octets(first) is { } shown && Log.Budget.TakeOutput(shown.Length * 3L) ? BitConverter.ToString(shown) : "";
            case "bitconverter" when name == "getbytes":
                return BitConverter.GetBytes((int)PsValues.Number(first));
            case "buffer" or "array" when name is "blockcopy" or "copy":
                return null;
            case "io.file":
                return PsFileCalls.Call(name, arguments, interpreter);
            case "io.directory":
                return name is "getfiles" or "enumeratefiles" ? WindowsMachine.UserFiles.Select(file => (object?)PsCasts.Named("file", file)).ToList() : PsUnknown.Value;
            case "io.path":
                return PathCall(name, arguments);
            case "environment":
                return EnvironmentCall(name, text);
            case "reflection.assembly" or "appdomain":
                return Load(name, first, remote);
            case "diagnostics.process" when name == "start":
                Start(arguments);
                return PsUnknown.Value;
            case "scriptblock" when name == "create":
                return first is PsRemote ? first : interpreter.BlockOf(text);
            case "activator" when name == "createinstance":
                return first is PsTypeName made ? PsObjects.Create(made.Name, arguments.Skip(1).ToList(), Log) : first is PsObject ? first : PsUnknown.Value;
            case "type" when name is "gettype" or "gettypefromprogid":
                return name == "gettypefromprogid" ? new PsObject($"com:{text.ToLowerInvariant()}") : new PsTypeName(PsCasts.Plain(text));
            case "runtime.interopservices.marshal" or "marshal":
                return MarshalCall(name, first);
            case "powershell" or "management.automation.powershell" when name == "create":
                return new PsObject("powershell");
            case "net.webrequest" or "net.httpwebrequest" when name is "create" or "createhttp":
                return PsCasts.Named("webrequest", text);
            case "security.cryptography.aes" or "security.cryptography.rijndael" or "security.cryptography.rsa" or "security.cryptography.symmetricalgorithm" when name == "create":
                return new PsObject(type);
            case "security.cryptography.protecteddata" when name == "protect":
                return PsUnknown.Value;
            case "microsoft.visualbasic.interaction" when name == "callbyname":
                return new PsMembers(interpreter).Call(first, arguments.Count > 1 ? PsValues.Text(arguments[1]) : "", arguments.Skip(3).SelectMany(PsValues.Items).ToList());
            case "microsoft.visualbasic.interaction" when name == "shell":
                Machine.RunFromShell(text);
                return PsUnknown.Value;
            case "net.dns" or "guid" or "datetime" or "console":
                return PsUnknown.Value;
            default:
                if (name == "new")
                    return PsObjects.Create(type, arguments, Log);
                if (name is "parse" && PsValues.IsNumber(text))
                    return PsValues.Whole(PsValues.Number(text));
                return remote is not null ? remote : PsUnknown.Value;
        }
    }

    private object? ConvertCall(string name, object? first, PsRemote? remote, List<object?> arguments)
    {
        if (remote is not null)
            return remote;
        var radix = arguments.Count > 1 ? PsValues.Number(arguments[1]) : 10;
        switch (name)
        {
            case "frombase64string":
                return Octets(PsValues.WholeText(first, Log), Decoded.Base64);
            case "frombase64chararray":
                return Octets(PsValues.Joined(PsValues.Items(first), "", Log), Decoded.Base64);
            case "fromhexstring":
                return Octets(PsValues.WholeText(first, Log), Decoded.Hex);
            case "tobase64string":
                return PsValues.Octets(first) is { } plain && Log.Budget.TakeOutput(plain.Length * 4L / 3) ? Convert.ToBase64String(plain) : PsUnknown.Value;
            case "toint32" or "toint16" or "touint16" or "touint32" or "toint64" or "tobyte":
                var number = radix is 16 or 8 or 2 ? Parse(PsValues.Text(first), (int)radix) : PsValues.Number(first);
                return name == "tobyte" ? unchecked((byte)number) : PsValues.Whole(number);
            case "tochar":
                return (char)(ushort)PsValues.Number(first);
            case "tostring":
                return radix is 16 or 8 or 2 ? Convert.ToString(PsValues.Number(first), (int)radix) : PsValues.Text(first);
            default:
                return PsUnknown.Value;
        }
    }

    private object Octets(string text, Func<string, byte[]?> decode) =>
        Log.Budget.TakeSteps(text.Length / 64) && Log.Budget.TakeOutput(text.Length) && decode(text) is { } octets ? octets : PsUnknown.Value;

    public static long Parse(string text, int radix)
    {
        long value = 0;
        var digits = radix == 16 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text.AsSpan();
        foreach (var c in digits.Trim())
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= radix || value > long.MaxValue / 32)
                return value;
            value = (value * radix) + digit;
        }

        return value;
    }

    private object? StringCall(string name, object? first, List<object?> arguments)
    {
        switch (name)
        {
            case "join":
                var items = arguments.Count == 2 ? PsValues.Items(arguments[1]) : [.. arguments.Skip(1)];
                return PsValues.Joined(items, PsValues.Text(first), Log);
            case "format":
                return PsOperators.Format(PsValues.Text(first), arguments.Count == 2 ? PsValues.Items(arguments[1]) : [.. arguments.Skip(1)], Log);
            case "concat":
                return PsValues.Joined([.. arguments.SelectMany(PsValues.Items)], "", Log);
            case "isnullorempty" or "isnullorwhitespace":
                return PsValues.IsUnknown(first) ? PsUnknown.Value : PsValues.Text(first).Length == 0;
            case "new":
                return PsObjects.Create("string", arguments, Log);
            default:
                return PsUnknown.Value;
        }
    }

    private object? RegexCall(string name, List<object?> arguments)
    {
        var words = arguments.Select(argument => PsValues.Text(argument)).ToList();
        switch (name)
        {
            case "replace" when words.Count > 2 && arguments[2] is not PsBlock:
                return PsPatterns.Replace(words[0], words[1], words[2], exact: true, Log);
            case "split" when words.Count > 1:
                return PsPatterns.Split(words[0], words[1], 0, Log).ToList();
            case "matches" or "match" when words.Count > 1:
                var fromRight = words.Count > 2 && (words[2].Contains("RightToLeft", StringComparison.OrdinalIgnoreCase) || words[2] == "64");
                return PsPatterns.Matches(words[0], words[1], fromRight, Log).Select(match => (object?)PsCasts.Named("match", match)).ToList();
            case "ismatch" when words.Count > 1:
                return PsPatterns.IsMatch(words[0], words[1], exact: true, Log);
            case "escape" or "unescape" when words.Count > 0:
                return words[0];
            default:
                return PsUnknown.Value;
        }
    }

    private static object? MathCall(string name, List<object?> arguments)
    {
        if (arguments.Exists(PsValues.IsUnknown) || arguments.Count == 0)
            return PsUnknown.Value;
        var value = arguments[0] is double real ? real : PsValues.Number(arguments[0]);
        return name switch
        {
            "floor" or "truncate" => PsValues.Whole((long)Math.Floor(Math.Clamp(value, -9e15, 9e15))),
            "ceiling" => PsValues.Whole((long)Math.Ceiling(Math.Clamp(value, -9e15, 9e15))),
            "round" => PsValues.Whole((long)Math.Round(Math.Clamp(value, -9e15, 9e15))),
            "abs" => PsValues.Whole((long)Math.Abs(Math.Clamp(value, -9e15, 9e15))),
            "min" or "max" when arguments.Count > 1 => PsValues.Whole(name == "min" ? Math.Min(PsValues.Number(arguments[0]), PsValues.Number(arguments[1])) : Math.Max(PsValues.Number(arguments[0]), PsValues.Number(arguments[1]))),
            "pow" when arguments.Count > 1 => Math.Pow(value, PsValues.Number(arguments[1])),
            _ => PsUnknown.Value,
        };
    }

    private static object? PathCall(string name, List<object?> arguments)
    {
        var words = arguments.Select(argument => PsValues.Text(argument)).ToList();
        return name switch
        {
            "gettemppath" => WindowsEnvironment.Temp + "\\",
            "gettempfilename" => WindowsEnvironment.Temp + @"\tmp1A2B.tmp",
            "getrandomfilename" => "x1y2z3w4.abc",
            "combine" => string.Join('\\', words.Select(word => word.TrimEnd('\\'))),
            "getfilename" when words.Count > 0 => words[0][(words[0].LastIndexOf('\\') + 1)..],
            "getextension" when words.Count > 0 => WindowsPaths.Extension(words[0]) is { Length: > 0 } ending ? $".{ending}" : "",
            "changeextension" when words.Count > 1 => words[0].Contains('.', StringComparison.Ordinal) ? words[0][..words[0].LastIndexOf('.')] + words[1] : words[0] + words[1],
            _ => PsUnknown.Value,
        };
    }

    private static object? EnvironmentCall(string name, string text) => name switch
    {
        "getfolderpath" => text.ToLowerInvariant() switch
        {
            "startup" or "7" => WindowsEnvironment.StartUp,
            "applicationdata" or "26" => WindowsEnvironment.Roaming,
            "localapplicationdata" or "28" => WindowsEnvironment.Get("LOCALAPPDATA"),
            "commonapplicationdata" => WindowsEnvironment.Get("ProgramData"),
            "system" => @"C:\WINDOWS\system32",
            "desktop" or "desktopdirectory" => @"C:\Users\user\Desktop",
            "mydocuments" or "personal" => @"C:\Users\user\Documents",
            _ => WindowsEnvironment.Get("USERPROFILE"),
        },
        "getenvironmentvariable" => WindowsEnvironment.Get(text),
        "expandenvironmentvariables" => WindowsEnvironment.Expand(text),
        _ => PsUnknown.Value,
    };

    private object? Load(string name, object? first, PsRemote? remote)
    {
        if (name is not ("load" or "unsafeloadfrom" or "loadfile" or "loadfrom"))
            return PsUnknown.Value;
        if (remote is not null)
        {
            Log.Did(BehaviourKind.Execute, "T1620", $"Assembly.Load {remote.Address}");
        }
        else if (PsValues.Octets(first) is { Length: > 0 } code && first is not string)
        {
            Log.Did(BehaviourKind.Execute, "T1620", $"Assembly.Load of {code.Length} octets");
            Log.Wrote("assembly.dll", code);
        }
        else if (first is string path && (Machine.IsBrought(path) || StartedProgram.IsInUnsafePlace(path)))
        {
            Log.Did(BehaviourKind.Execute, "T1620", path);
        }
        else if (first is PsUnknown or PsObject)
        {
            Log.Did(BehaviourKind.Execute, "T1620", "Assembly.Load");
        }

        return new PsObject("assembly");
    }

    private void Start(List<object?> arguments)
    {
        var target = arguments.Count > 0 ? arguments[0] : null;
        if (target is PsObject { Kind: "diagnostics.processstartinfo" } info)
            Machine.RunFromShell($"{(info.Fields.ContainsKey("filename") ? info.Field("filename") : info.Field("value"))} {info.Field("arguments")}".Trim());
        else
            Machine.RunFromShell(string.Join(' ', arguments.Take(2).Select(argument => PsValues.Text(argument))));
    }

    private object? MarshalCall(string name, object? first)
    {
        if (name is "getdelegateforfunctionpointer")
            Log.Did(BehaviourKind.Execute, "T1055", "GetDelegateForFunctionPointer");
        return name is "securestringtobstr" or "securestringtoglobalallocunicode" or "ptrtostringauto" or "ptrtostringbstr" or "ptrtostringuni" or "ptrtostringansi" ? first is PsObject secret ? secret.Fields.GetValueOrDefault("value") : first : PsUnknown.Value;
    }
}
