using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Scripting.FileSystemObject, its text streams, files and folders.</summary>
internal static class BasicFileObjects
{
    public static object? System(string name, List<object?> given, string first, BasicInterpreter interpreter)
    {
        switch (name)
        {
            case "createtextfile" or "opentextfile":
                var stream = new BasicObject("textstream");
                stream.Fields["path"] = first;
                interpreter.Machine.ChangedPersonal(first);
                if (name == "createtextfile")
                    interpreter.Machine.Append(first, "", anew: true);
                return stream;
            case "getspecialfolder":
                return BasicValues.Number(given.Count > 0 ? given[0] : null) switch { 0 => Folder(@"C:\WINDOWS"), 1 => Folder(@"C:\WINDOWS\system32"), _ => Folder(WindowsEnvironment.Temp) };
            case "getfolder":
                return Folder(first);
            case "getfile":
                return BasicShellObjects.FileOf(first);
            case "buildpath":
                return $"{first.TrimEnd('\\')}\\{(given.Count > 1 ? BasicValues.Text(given[1]) : "")}";
            case "gettempname":
                return "rad1A2B3.tmp";
            case "getfilename":
                return first[(first.LastIndexOf('\\') + 1)..];
            case "getparentfoldername":
                return first.LastIndexOf('\\') is > 0 and var cut ? first[..cut] : "";
            case "getextensionname":
                return WindowsPaths.Extension(first);
            case "getbasename":
                return first[(first.LastIndexOf('\\') + 1)..].Split('.')[0];
            case "fileexists" or "folderexists" or "driveexists":
                return interpreter.Machine.IsBrought(first) ? true : BasicUnknown.Value;
            case "copyfile" or "movefile":
                interpreter.Machine.ChangedPersonal(first);
                interpreter.Machine.Copied(first, given.Count > 1 ? BasicValues.Text(given[1]) : "");
                return BasicFunctions.None;
            case "deletefile":
                interpreter.Machine.ChangedPersonal(first);
                return BasicFunctions.None;
            case "drives":
                return new BasicObject("folders");
            default:
                return BasicUnknown.Value;
        }
    }

    public static object? Member(BasicObject item, string name, List<object?> given, BasicInterpreter interpreter)
    {
        var path = item.Field("path");
        switch (name)
        {
            case "write" or "writeline" when item.Kind == "textstream" && given.Count > 0:
                if (given[0] is BasicRemote remote)
                    interpreter.Machine.Fetched(remote.Address, path);
                else
                    interpreter.Machine.Append(path, BasicValues.Text(given[0]) + (name == "writeline" ? "\r\n" : ""), anew: false);
                return BasicFunctions.None;
            case "readall" or "readline" when item.Kind == "textstream":
                if (WindowsMachine.IsUserFile(path))
                    interpreter.Machine.ReadMachine(path);
                return interpreter.Machine.TextOf(path) is { } text ? text : BasicUnknown.Value;
            case "files":
                return new BasicObject("files");
            case "subfolders":
                return new BasicObject("folders");
            case "delete" or "move" or "copy":
                interpreter.Machine.ChangedPersonal(path);
                if (name != "delete")
                    interpreter.Machine.Copied(path, given.Count > 0 ? BasicValues.Text(given[0]) : "");
                return BasicFunctions.None;
            case "openastextstream":
                var stream = new BasicObject("textstream");
                stream.Fields["path"] = path;
                return stream;
            case "close" or "skip":
                return BasicFunctions.None;
            default:
                return null;
        }
    }

    public static void Write(string path, object? data, BasicInterpreter interpreter)
    {
        interpreter.Machine.ChangedPersonal(path);
        switch (data)
        {
            case BasicRemote remote:
                interpreter.Machine.Fetched(remote.Address, path);
                break;
            case BasicArray:
                interpreter.Machine.Wrote(path, BasicValues.Octets(data));
                break;
            case string text when text.StartsWith("MZ", StringComparison.Ordinal):
                interpreter.Machine.Wrote(path, Encoding.Latin1.GetBytes(text));
                break;
            case string text:
                interpreter.Machine.Append(path, text, anew: true);
                break;
            default:
                interpreter.Machine.Wrote(path, default);
                break;
        }
    }

    private static BasicObject Folder(string path)
    {
        var made = new BasicObject("folder");
        (made.Fields["value"], made.Fields["path"]) = (path, path);
        return made;
    }
}
