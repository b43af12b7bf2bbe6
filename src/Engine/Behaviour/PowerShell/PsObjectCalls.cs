using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Members of objects: streams, encodings, web clients, ciphers, COM objects.</summary>
internal sealed class PsObjectCalls(PsInterpreter interpreter)
{
    private readonly PsComCalls _com = new(interpreter);

    private BehaviourLog Log => interpreter.Log;

    private WindowsMachine Machine => interpreter.Machine;

    public static object? Get(PsObject item, string name)
    {
        if (item.Fields.TryGetValue(name, out var held))
            return held;
        switch (item.Kind)
        {
            case "file":
                var path = item.Field("value");
                return name switch
                {
                    "fullname" or "pspath" or "path" => path,
                    "name" => path[(path.LastIndexOf('\\') + 1)..],
                    "extension" => "." + WindowsPaths.Extension(path),
                    "basename" => path[(path.LastIndexOf('\\') + 1)..].Split('.')[0],
                    "directoryname" or "directory" => path[..Math.Max(0, path.LastIndexOf('\\'))],
                    "length" => 4_096,
                    "psiscontainer" => false,
                    _ => PsUnknown.Value,
                };
            case "hashtable":
                return name switch { "count" => item.Fields.Count, "keys" => item.Fields.Keys.Select(key => (object?)key).ToList(), "values" => item.Fields.Values.ToList(), _ => null };
            case "executioncontext":
                return new PsObject(name == "invokecommand" ? "invokecommand" : "executioncontext");
            case "com:wscript.shell" when name == "specialfolders":
                return new PsObject("specialfolders");
            case "webrequest" or "com:msxml2.xmlhttp" or "com:microsoft.xmlhttp" or "com:winhttp.winhttprequest.5.1" or "com:msxml2.serverxmlhttp" or "com:msxml2.xmlhttp.6.0" or "com:msxml2.serverxmlhttp.6.0" when name is "responsetext" or "responsebody" or "responsestream":
                return new PsRemote(item.Field("value"));
            case "diagnostics.process" when name == "startinfo":
                return item.Fields["startinfo"] = new PsObject("diagnostics.processstartinfo");
            case "text.stringbuilder" when name == "length":
                return PsValues.Text(item.Data).Length;
            default:
                if (name is "basestream" or "psobject" or "psbase" or "result")
                    return item;
                return name is "value" ? item.Fields.GetValueOrDefault("value") : name is "length" && item.Data is byte[] octets ? octets.Length
                    : item.Kind.StartsWith("com:", StringComparison.Ordinal) ? new PsObject(item.Kind) : PsMembers.Method(item, name);
        }
    }

    public object? Call(PsObject item, string name, List<object?> arguments)
    {
        var first = arguments.Count > 0 ? arguments[0] : null;
        var text = PsValues.Text(first);
        if (item.Kind.StartsWith("com:", StringComparison.Ordinal))
            return _com.Call(item, name, arguments);
        switch (item.Kind)
        {
            case "net.webclient" or "webclient" or "net.http.httpclient" or "net.webclientobject":
                return Web(item, name, arguments);
            case "webrequest":
                return Request(item, name);
            case "encoding":
                return Coded(item, name, first);
            case "text.stringbuilder":
                return Builder(item, name, arguments);
            case "invokecommand" when name is "invokescript" or "newscriptblock" or "expandstring":
                return Made(name, first, text);
            case "invokecommand":
                return PsAliases.Matching(text).Select(found => (object?)found).ToList();
            case "powershell":
                return Runspace(item, name, first);
            case "security.cryptography.aes" or "security.cryptography.aesmanaged" or "security.cryptography.rijndael" or "security.cryptography.rijndaelmanaged" or "security.cryptography.aescryptoserviceprovider" or "security.cryptography.rsacryptoserviceprovider" or "security.cryptography.rsa" or "security.cryptography.tripledescryptoserviceprovider":
                return Cipher(item, name, arguments);
            case "decryptor" when name == "transformfinalblock":
                return PsObjects.Transform(item, PsValues.Octets(first) is { } block ? Part(block, arguments) : null, Log) is { } plain ? plain : first is PsRemote ? first : PsUnknown.Value;
            case "diagnostics.process" when name == "start":
                var info = item.Fields.GetValueOrDefault("startinfo") as PsObject;
                Machine.RunFromShell($"{info?.Field("filename")} {info?.Field("arguments")}".Trim());
                return null;
            case "net.sockets.tcpclient" or "net.sockets.tcpclientobject" when name == "getstream":
                return new PsRemote($"tcp://{item.Field("value")}");
            case "io.streamwriter" or "filestream" or "io.filestream":
                Machine.ChangedPersonal(item.Field("value"));
                if (first is string line && name is "write" or "writeline")
                    Machine.Append(item.Field("value"), PsValues.Text(first), anew: false);
                return null;
            case "hashtable" when name is "add" or "set_item" && arguments.Count > 1:
                item.Fields[text] = arguments[1];
                return null;
            case "hashtable" when name is "containskey" or "contains":
                return item.Fields.ContainsKey(text);
            case "specialfolders":
                return WindowsEnvironment.StartUp;
            case "file" when name is "delete" or "moveto" or "copyto":
                Machine.ChangedPersonal(item.Field("value"));
                return null;
            case "wmi" or "wmiclass":
                return PsManagement.Call(item, name, arguments, interpreter);
            case "assembly" or "type" when name is "gettype" or "getfield" or "getmethod":
                return new PsObject("type");
            case "secret" when name is "getnetworkcredential":
                return item;
        }

        return Stream(item, name, arguments);
    }

    private object? Stream(PsObject item, string name, List<object?> arguments)
    {
        switch (name)
        {
            case "readtoend" or "readtoendasync" or "readline":
                return item.Data is PsRemote ? item.Data : PsValues.Octets(item.Data) is { } octets ? Log.Budget.TakeOutput(octets.Length) ? Decoded.Text(octets) : "" : PsUnknown.Value;
            case "toarray" or "getbuffer" or "readbytes":
                return item.Data is PsRemote ? item.Data : PsValues.Octets(item.Data) is { } content ? content : PsUnknown.Value;
            case "copyto" when arguments.Count > 0 && arguments[0] is PsObject target:
                target.Data = item.Data;
                return null;
            case "write" when arguments.Count > 0:
                var added = PsValues.Octets(arguments[0]);
                if (arguments[0] is PsRemote)
                    item.Data = arguments[0];
                else if (added is not null && PsValues.Octets(item.Data) is var before && Log.Budget.TakeOutput(added.Length + ((before?.Length ?? 0) / 16)))
                    item.Data = (byte[])[.. before ?? [], .. Part(added, arguments)];
                return null;
            case "read" when arguments.Count > 0 && arguments[0] is byte[] buffer && PsValues.Octets(item.Data) is { } source && Log.Budget.TakeSteps(source.Length / 128):
                var count = Math.Min(buffer.Length, source.Length);
                source.AsSpan(0, count).CopyTo(buffer);
                item.Data = source[count..];
                return count;
            case "close" or "dispose" or "flush" or "seek" or "setlength" or "open":
                return null;
            case "tostring":
                return item.Data is string text ? text : PsValues.Text(item);
            default:
                return PsUnknown.Value;
        }
    }

    private static byte[] Part(byte[] content, List<object?> arguments)
    {
        if (arguments.Count < 3)
            return content;
        var start = (int)Math.Clamp(PsValues.Number(arguments[1]), 0, content.Length);
        return content[start..(start + (int)Math.Clamp(PsValues.Number(arguments[2]), 0, content.Length - start))];
    }

    private object? Web(PsObject item, string name, List<object?> arguments)
    {
        var address = arguments.Count > 0 ? PsValues.Text(arguments[0]) : "";
        if (name.StartsWith("download", StringComparison.Ordinal) || name is "openread" or "getstringasync" or "getbytearrayasync" or "getasync" or "getstreamasync")
        {
            if (item.Fields.TryGetValue("baseaddress", out var start) && !WindowsPaths.IsAddress(address))
                address = PsValues.Text(start) + address;
            var path = name.StartsWith("downloadfile", StringComparison.Ordinal) && arguments.Count > 1 ? PsValues.Text(arguments[1]) : "";
            Machine.Fetched(address, path);
            return new PsRemote(address);
        }

        if (name.StartsWith("upload", StringComparison.Ordinal) || name is "postasync" or "putasync" or "openwrite")
        {
            Machine.SentOut(address, name.StartsWith("uploadfile", StringComparison.Ordinal));
            return new PsRemote(address);
        }

        return PsUnknown.Value;
    }

    private object? Request(PsObject item, string name)
    {
        var address = item.Field("value");
        if (name is "getresponse" or "getresponseasync")
        {
            if (item.Field("method").Equals("post", StringComparison.OrdinalIgnoreCase))
                Machine.SentOut(address, file: false);
            Machine.Fetched(address);
            return new PsRemote(address);
        }

        return name is "getrequeststream" ? new PsObject("io.memorystream") : PsUnknown.Value;
    }

    private object? Coded(PsObject item, string name, object? first)
    {
        if (first is PsRemote)
            return first;
        var encoding = item.Field("value").ToLowerInvariant() switch
        {
            "unicode" or "utf-16" or "utf-16le" or "1200" => Encoding.Unicode,
            "bigendianunicode" or "1201" or "utf-16be" => Encoding.BigEndianUnicode,
            "ascii" or "default" or "us-ascii" or "latin1" or "iso-8859-1" or "1252" or "28591" or "20127" or "oem" => Encoding.Latin1,
            "utf32" => Encoding.UTF32,
            _ => Encoding.UTF8,
        };
        if (name is "getstring" or "getchars")
            return PsValues.Octets(first) is { } octets ? Log.Budget.TakeOutput(octets.Length) ? encoding.GetString(octets) : "" : PsUnknown.Value;
        return name is "getbytes" && !PsValues.IsUnknown(first) && Log.Budget.TakeOutput(PsValues.Text(first).Length * 2L) ? encoding.GetBytes(PsValues.Text(first)) : PsUnknown.Value;
    }

    private object? Builder(PsObject item, string name, List<object?> arguments)
    {
        var held = PsValues.Text(item.Data);
        var text = arguments.Count > 0 ? PsValues.WholeText(arguments[^1], Log) : "";
        switch (name)
        {
            case "append" or "appendline":
                if (held.Length + text.Length <= PsValues.MaxText && Log.Budget.TakeOutput(text.Length + (held.Length / 64)) && Log.Budget.TakeCopy(held.Length))
                    item.Data = held + text + (name == "appendline" ? "\r\n" : "");
                return item;
            case "insert" when arguments.Count > 1 && PsValues.Number(arguments[0]) is >= 0 and var at && at <= held.Length:
                if (held.Length + text.Length <= PsValues.MaxText && Log.Budget.TakeOutput(text.Length + (held.Length / 64)) && Log.Budget.TakeCopy(held.Length))
                    item.Data = held.Insert((int)at, text);
                return item;
            case "tostring":
                return held;
            default:
                return item;
        }
    }

    private object? Made(string name, object? first, string text)
    {
        if (name == "expandstring")
            return text;
        if (name == "newscriptblock")
            return first is PsRemote ? first : interpreter.BlockOf(text);
        interpreter.Invoke(first, []);
        return null;
    }

    private object? Runspace(PsObject item, string name, object? first)
    {
        switch (name)
        {
            case "addscript" or "addcommand":
                item.Data = first;
                return item;
            case "invoke" or "begininvoke":
                List<object?> output = [];
                interpreter.Invoke(item.Data, output);
                return PsValues.Unwrap(output);
            default:
                return item;
        }
    }

    private object? Cipher(PsObject item, string name, List<object?> arguments)
    {
        switch (name)
        {
            case "createdecryptor":
                var made = new PsObject("decryptor");
                made.Fields["key"] = arguments.Count > 0 ? arguments[0] : item.Fields.GetValueOrDefault("key");
                made.Fields["iv"] = arguments.Count > 1 ? arguments[1] : item.Fields.GetValueOrDefault("iv");
                made.Fields["mode"] = item.Fields.GetValueOrDefault("mode");
                made.Fields["padding"] = item.Fields.GetValueOrDefault("padding");
                return made;
            case "createencryptor" or "encrypt" or "encryptcbc" or "encryptvalue":
                Machine.MadeCipher(item.Kind);
                return name == "createencryptor" ? new PsObject("encryptor") : PsUnknown.Value;
            default:
                return PsUnknown.Value;
        }
    }
}
