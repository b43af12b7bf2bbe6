using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Programs that fetch from the network, send to it, or decode what was fetched.</summary>
internal static class ProgramFetches
{
    public static bool Run(ProgramCall call)
    {
        switch (call.Name)
        {
            case "certutil":
                CertUtil(call);
                return true;
            case "bitsadmin":
                BitsAdmin(call);
                return true;
            case "curl":
                Curl(call);
                return true;
            case "wget" or "aria2c":
                if (call.Address is { } address)
                    call.Machine.Fetched(address, call.After("-O", "--output-document", "-o") ?? NameIn(address));
                return true;
            case "ftp":
                Ftp(call);
                return true;
            case "tftp":
                if (call.Has("get"))
                    call.Machine.Fetched($"tftp://{call.Words.Find(word => word.Contains('.', StringComparison.Ordinal))}", call.Words[^1]);
                return true;
            case "expand" or "extrac32" or "makecab" or "desktopimgdownldr" or "esentutl" or "replace" or "findstr" or "print" or "robocopy" or "xcopy":
                if (call.Address is { } other)
                    call.Machine.Fetched(other, call.Words[^1]);
                else if (call.Words.Find(word => WindowsPaths.IsRemote(word)) is { } remote && !ReferenceEquals(remote, call.Words[^1]))
                    call.Machine.Fetched(remote, call.Output ?? call.Words[^1]);
                return true;
            default:
                return false;
        }
    }

    public static string NameIn(string address)
    {
        var end = address.IndexOfAny(['?', '#']);
        var path = end < 0 ? address : address[..end];
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private static void CertUtil(ProgramCall call)
    {
        if (call.Address is { } address)
        {
            call.Machine.Fetched(address, call.Words[^1] == address ? NameIn(address) : call.Words[^1]);
            return;
        }

        if (!call.Words.Exists(word => word.Length > 1 && word[0] is '-' or '/' && word[1..].ToLowerInvariant() is "decode" or "decodehex" or "f"))
            return;
        var isHex = call.Words.Exists(word => word.EndsWith("decodehex", StringComparison.OrdinalIgnoreCase));
        if (!isHex && !call.Words.Exists(word => word.EndsWith("decode", StringComparison.OrdinalIgnoreCase)))
            return;
        string[] names = [.. call.Words.Where(word => word.Length > 0 && word[0] is not ('-' or '/'))];
        if (names.Length < 2)
            return;
        call.Log.Did(BehaviourKind.Drop, "T1140", call.Line);
        call.Machine.Bring(names[1]);
        if (call.Machine.TextOf(names[0]) is { } text && Decoded.Certificate(text, isHex) is { Length: > 0 } content)
            call.Machine.Wrote(names[1], content);
    }

    private static void BitsAdmin(ProgramCall call)
    {
        for (var index = 0; index < call.Words.Count; index++)
            if (WindowsPaths.IsAddress(call.Words[index]) || WindowsPaths.IsRemote(call.Words[index]))
                call.Machine.Fetched(call.Words[index], index + 1 < call.Words.Count ? call.Words[index + 1] : "");
        if (call.Words.FindIndex(word => word.Equals("/setnotifycmdline", StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
            call.Log.Did(BehaviourKind.Persist, "T1197", string.Join(' ', call.Words.Skip(at)));
    }

    private static void Curl(ProgramCall call)
    {
        if (call.Address is not { } address)
        {
            address = call.Words.Find(word => word.Length > 3 && word[0] != '-' && word.Contains('.', StringComparison.Ordinal) && word.Contains('/', StringComparison.Ordinal) && !word.Contains('\\', StringComparison.Ordinal));
            if (address is null)
                return;
        }

        var form = call.After("-F", "--form", "--form-string");
        var data = call.After("-d", "--data", "--data-binary", "--data-raw", "--data-urlencode");
        if (call.After("-T", "--upload-file") is { } upload)
        {
            call.Machine.ReadMachine(upload);
            call.Machine.SentOut(address, file: true);
        }
        else if (form is not null && form.Contains('@', StringComparison.Ordinal) || data is ['@', ..] || data?.Contains('@', StringComparison.Ordinal) is true && data.Contains('\\', StringComparison.Ordinal))
        {
            call.Machine.SentOut(address, file: true);
        }
        else if (call.After("-o", "--output") is { } target)
        {
            call.Machine.Fetched(address, target);
        }
        else if (call.Words.Exists(word => word is "-O" or "--remote-name" || word.Length > 2 && word[0] == '-' && word[1] != '-' && word.Contains('O', StringComparison.Ordinal)))
        {
            call.Machine.Fetched(address, NameIn(address));
        }
        else if (call.Words.Find(word => word.Length > 2 && word[0] == '-' && word[1] != '-' && word[^1] == 'o') is { } joined && call.Words.IndexOf(joined) + 1 < call.Words.Count)
        {
            call.Machine.Fetched(address, call.Words[call.Words.IndexOf(joined) + 1]);
        }
        else if (call.Output is not null)
        {
            call.Machine.Fetched(address, call.Output);
        }
        else
        {
            call.Log.Asked(address);
        }
    }

    private static void Ftp(ProgramCall call)
    {
        if (call.Words.Find(word => word.StartsWith("-s:", StringComparison.OrdinalIgnoreCase)) is not { } option || call.Machine.TextOf(option[3..]) is not { } orders)
            return;
        var host = "";
        foreach (var line in orders.Split('\n'))
        {
            var words = line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
                continue;
            switch (words[0].ToLowerInvariant())
            {
                case "open":
                    host = words[1];
                    break;
                case "get" or "recv" or "mget":
                    call.Machine.Fetched($"ftp://{host}/{words[1]}", words[^1]);
                    break;
                case "put" or "send" or "mput":
                    call.Machine.ReadMachine(words[1]);
                    call.Machine.SentOut($"ftp://{host}/", file: true);
                    break;
                }
        }
    }
}
