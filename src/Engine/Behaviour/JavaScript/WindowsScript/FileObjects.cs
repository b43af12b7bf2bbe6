using System.Text;
using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary><c>Scripting.FileSystemObject</c>.</summary>
internal sealed class FileSystemObject(Machine machine) : ComObject(machine, "Scripting.FileSystemObject")
{
    private int _temporary;

    protected override JsValue? Read(string name) => name switch
    {
        "createtextfile" => Method(name, arguments => Created(arguments.TextAt(0))),
        "opentextfile" => Method(name, arguments => Opened(arguments.TextAt(0), arguments.NumberAt(1))),
        "fileexists" => Method(name, arguments => World.Truth(Machine.Exists(arguments.TextAt(0)))),
        "folderexists" or "driveexists" => Method(name, _ => JsBoolean.True),
        "getfile" => Method(name, arguments => new FileObject(Machine, arguments.TextAt(0))),
        "getfolder" or "createfolder" => Method(name, arguments => new FolderObject(Machine, arguments.TextAt(0), 0)),
        "getdrive" => Method(name, _ => Drive()),
        "drives" => new CollectionObject(Machine, [Drive()]),
        "copyfile" or "copyfolder" => Method(name, arguments => Machine.Copy(arguments.TextAt(0), arguments.TextAt(1))),
        "movefile" or "movefolder" => Method(name, arguments => Machine.Move(arguments.TextAt(0), arguments.TextAt(1))),
        "deletefile" or "deletefolder" => Method(name, arguments => Machine.Delete(arguments.TextAt(0))),
        "getspecialfolder" => Method(name, arguments => new FolderObject(Machine, arguments.NumberAt(0) switch { 0 => @"C:\Windows", 1 => @"C:\Windows\System32", _ => Machine.Variable("TEMP") }, 0)),
        "gettempname" => Method(name, _ => Text($"rad{++_temporary:X5}.tmp")),
        "buildpath" => Method(name, arguments => Text($"{arguments.TextAt(0).TrimEnd('\\')}\\{arguments.TextAt(1)}")),
        "getparentfoldername" => Method(name, arguments => Text(Parent(arguments.TextAt(0)))),
        "getfilename" => Method(name, arguments => Text(NameOf(arguments.TextAt(0)))),
        "getbasename" => Method(name, arguments => Text(NameOf(arguments.TextAt(0)) is var file && file.LastIndexOf('.') is > 0 and var dot ? file[..dot] : NameOf(arguments.TextAt(0)))),
        "getextensionname" => Method(name, arguments => Text(NameOf(arguments.TextAt(0)) is var file && file.LastIndexOf('.') is >= 0 and var dot ? file[(dot + 1)..] : "")),
        "getabsolutepathname" => Method(name, arguments => Text(arguments.TextAt(0).Contains(':', StringComparison.Ordinal) ? arguments.TextAt(0) : $@"C:\Users\kenji\Downloads\{arguments.TextAt(0)}")),
        "getdrivename" => Method(name, _ => Text("C:")),
        _ => null,
    };

    public static string NameOf(string path) => path[(path.LastIndexOfAny(['\\', '/']) + 1)..];

    private static string Parent(string path) => path.LastIndexOfAny(['\\', '/']) is > 0 and var slash ? path[..slash] : "";

    private TextStreamObject Created(string path)
    {
        Machine.Save(path, [], append: false);
        return new TextStreamObject(Machine, path, "", append: true);
    }

    // 1 reads, 2 writes, 8 appends.
    private TextStreamObject Opened(string path, double mode)
    {
        if (mode == 2)
            Machine.Save(path, [], append: false);
        return mode is 2 or 8 ? new TextStreamObject(Machine, path, "", append: true) : new TextStreamObject(Machine, path, Encoding.Latin1.GetString(Machine.Read(path)), append: false);
    }

    private DriveObject Drive() => new(Machine);
}

internal sealed class DriveObject(Machine machine) : ComObject(machine, "Drive")
{
    protected override JsValue? Read(string name) => name switch
    {
        "driveletter" => Text("C"),
        "path" => Text("C:"),
        "drivetype" => JsNumber.Create(2),
        "isready" => JsBoolean.True,
        "serialnumber" => JsNumber.Create(1_284_907_311),
        "rootfolder" => new FolderObject(Machine, @"C:\Users\kenji\Documents", 0),
        "freespace" or "availablespace" or "totalsize" => JsNumber.Create(240_000_000_000),
        _ => null,
    };
}

internal sealed class FolderObject(Machine machine, string path, int depth) : ComObject(machine, "Folder")
{
    protected override JsValue? Read(string name) => name switch
    {
        "path" or "shortpath" => Text(path),
        "name" => Text(FileSystemObject.NameOf(path)),
        "files" => new CollectionObject(Machine, depth > 1 ? [] : [.. Machine.Documents.Select(document => new FileObject(Machine, document))]),
        "subfolders" => new CollectionObject(Machine, depth > 1 ? [] : [new FolderObject(Machine, $"{path}\\work", depth + 2)]),
        "createtextfile" => Method(name, arguments => new TextStreamObject(Machine, $"{path}\\{arguments.TextAt(0)}", "", append: true)),
        "copy" or "move" or "delete" => Method(name, _ => { }),
        "attributes" => JsNumber.Create(16),
        _ => null,
    };
}

internal sealed class FileObject(Machine machine, string path) : ComObject(machine, "File")
{
    protected override JsValue? Read(string name) => name switch
    {
        "path" or "shortpath" => Text(path),
        "name" or "shortname" => Text(FileSystemObject.NameOf(path)),
        "size" => JsNumber.Create(Math.Max(Machine.Read(path).Length, 48_128)),
        "type" => Text("File"),
        "parentfolder" => new FolderObject(Machine, path[..Math.Max(0, path.LastIndexOf('\\'))], 2),
        "openastextstream" => Method(name, arguments => Opened(arguments.NumberAt(0))),
        "copy" => Method(name, arguments => Machine.Copy(path, arguments.TextAt(0))),
        "move" => Method(name, arguments => Machine.Move(path, arguments.TextAt(0))),
        "delete" => Method(name, _ => Machine.Delete(path)),
        "attributes" => JsNumber.Create(32),
        _ => null,
    };

    protected override bool Write(string name, JsValue value)
    {
        if (name == "name")
            Machine.Move(path, value.AsText());
        return false;
    }

    private TextStreamObject Opened(double mode) =>
        mode is 2 or 8 ? new TextStreamObject(Machine, path, "", append: mode == 8) : new TextStreamObject(Machine, path, Encoding.Latin1.GetString(Machine.Read(path)), append: false);
}

/// <summary><c>TextStream</c>: reads what was there, or writes on.</summary>
internal sealed class TextStreamObject(Machine machine, string path, string content, bool append) : ComObject(machine, "TextStream")
{
    private int _at;
    private bool _append = append;

    protected override JsValue? Read(string name) => name switch
    {
        "write" => Method(name, arguments => Add(ComObjects.Value(arguments.At(0)))),
        "writeline" => Method(name, arguments => Add(ComObjects.Value(arguments.At(0)) + "\r\n")),
        "writeblanklines" => Method(name, _ => Add("\r\n")),
        "readall" => Method(name, _ => Take(content.Length)),
        "read" => Method(name, arguments => Take((int)Math.Clamp(arguments.NumberAt(0) is var count && double.IsNaN(count) ? 0 : count, 0, content.Length))),
        "readline" => Method(name, _ => Line()),
        "skipline" => Method(name, _ => { Line(); }),
        "skip" => Method(name, arguments => { Take((int)Math.Clamp(arguments.NumberAt(0) is var count && double.IsNaN(count) ? 0 : count, 0, content.Length)); }),
        "atendofstream" => World.Truth(_at >= content.Length),
        "atendofline" => World.Truth(_at >= content.Length || content[_at] is '\r' or '\n'),
        "line" or "column" => JsNumber.Create(1),
        "close" => Method(name, _ => { }),
        _ => null,
    };

    private void Add(string text)
    {
        World.Steps.Charge(1 + (text.Length >> 8));
        if (path.Length > 0)
            Machine.Save(path, FileText.Octets(text), _append);
        _append = true;
    }

    private JsValue Take(int count)
    {
        var start = Math.Min(_at, content.Length);
        _at = Math.Min(content.Length, start + count);
        World.Steps.Charge(1 + ((_at - start) >> 8));
        return Text(content[start.._at]);
    }

    private JsValue Line()
    {
        var start = Math.Min(_at, content.Length);
        var end = content.IndexOf('\n', start);
        _at = end < 0 ? content.Length : end + 1;
        return Text(content[start..(end < 0 ? content.Length : end)].TrimEnd('\r'));
    }
}

/// <summary>Text as a script writes it to a file: octets where every character is one, else UTF-8.</summary>
internal static class FileText
{
    public static byte[] Octets(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00ff') < 0 ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
}

/// <summary><c>ADODB.Stream</c>.</summary>
internal sealed class StreamObject(Machine machine) : ComObject(machine, "ADODB.Stream")
{
    private const int MostOctets = 16 * 1024 * 1024;

    private readonly List<byte> _content = [];
    private int _position;

    protected override JsValue? Read(string name) => name switch
    {
        "open" or "close" or "flush" or "cancel" => Method(name, _ => { }),
        "write" => Method(name, arguments => Add(World.BytesOf(arguments.At(0)))),
        "writetext" => Method(name, arguments => Add(Encoded(arguments.TextAt(0)))),
        "savetofile" => Method(name, arguments => Machine.Save(arguments.TextAt(0), [.. _content], append: false)),
        "loadfromfile" => Method(name, arguments => Load(arguments.TextAt(0))),
        "read" => Method(name, _ => new OctetsObject(Machine, Rest())),
        "readtext" => Method(name, _ => Text(Decoded(Rest()))),
        "copyto" => Method(name, arguments => (arguments.At(0) as StreamObject)?.Add([.. _content])),
        "position" => JsNumber.Create(_position),
        "size" => JsNumber.Create(Math.Max(_content.Count, 1)),
        "eos" => World.Truth(_position >= _content.Count),
        "state" => JsNumber.Create(1),
        _ => null,
    };

    protected override bool Write(string name, JsValue value)
    {
        if (name != "position")
            return false;
        var place = Jint.Runtime.TypeConverter.ToNumber(value);
        _position = (int)Math.Clamp(double.IsNaN(place) ? 0 : place, 0, _content.Count);
        return true;
    }

    private void Load(string path)
    {
        _content.Clear();
        _position = 0;
        Add(Machine.Read(path));
        _position = 0;
    }

    private void Add(byte[] octets)
    {
        World.Steps.Charge(1 + (octets.Length >> 8));
        if (_position + octets.Length > MostOctets)
            return;
        _content.RemoveRange(_position, Math.Min(octets.Length, _content.Count - _position));
        _content.InsertRange(_position, octets);
        _position += octets.Length;
    }

    private byte[] Rest()
    {
        byte[] rest = [.. _content.Skip(_position)];
        _position = _content.Count;
        return rest;
    }

    private string Charset => Kept("charset")?.AsText().ToLowerInvariant() ?? "";

    // Character sets of one octet a character serve to turn octets to text and back.
    private byte[] Encoded(string text) => Charset switch
    {
        "utf-8" or "" => FileText.Octets(text),
        "unicode" or "utf-16" => Encoding.Unicode.GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    };

    private string Decoded(byte[] octets) => Charset switch
    {
        "utf-8" => Encoding.UTF8.GetString(octets),
        "unicode" or "utf-16" => Encoding.Unicode.GetString(octets),
        _ => Encoding.Latin1.GetString(octets),
    };
}

/// <summary><c>Scripting.Dictionary</c>.</summary>
internal sealed class DictionaryObject(Machine machine) : ComObject(machine, "Scripting.Dictionary")
{
    private const int MostItems = 10_000;

    private readonly Dictionary<string, JsValue> _items = new(StringComparer.Ordinal);

    public override IEnumerable<JsValue> Items => _items.Keys.Select(Text);

    protected override JsValue? Read(string name) => name switch
    {
        "add" => Method(name, arguments => { if (_items.Count < MostItems) _items[arguments.TextAt(0)] = arguments.At(1); }),
        "item" => Method(name, Invoke),
        "exists" => Method(name, arguments => World.Truth(_items.ContainsKey(arguments.TextAt(0)))),
        "remove" => Method(name, arguments => { _items.Remove(arguments.TextAt(0)); }),
        "removeall" => Method(name, _ => _items.Clear()),
        "keys" => Method(name, _ => new CollectionObject(Machine, [.. _items.Keys.Select(Text)])),
        "items" => Method(name, _ => new CollectionObject(Machine, [.. _items.Values])),
        "count" => JsNumber.Create(_items.Count),
        _ => null,
    };

    protected override JsValue Invoke(JsValue[] arguments) => _items.GetValueOrDefault(arguments.TextAt(0), JsValue.Undefined);
}
