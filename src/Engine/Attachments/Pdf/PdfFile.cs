using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Pdf;

// A PDF (ISO 32000-1, ISO 32000-2) is a set of numbered objects, `5 0 obj ... endobj`: numbers, names, strings, arrays,
// dictionaries and streams. A table at the end (7.5.4), or a compressed stream of one (7.5.8), says where each stands; a later
// part of the file may replace objects of an earlier one (7.5.6). Readers mend broken tables by searching, and attackers break
// them, so here the objects are searched for in any case; the last of a number counts where it is referred to, and every one is
// looked at. Small objects may lie compressed in object streams (7.5.7). What acts stands in dictionaries under names:
// /JavaScript, /Launch, /URI, /SubmitForm (12.6.4), done on opening by /OpenAction and /AA (12.6.3); files lie in
// /EmbeddedFile streams (7.11.4).

/// <summary>The objects of a PDF file of any octets. References may go in circles; following one ends after a few steps.</summary>
internal sealed class PdfFile
{
    private const int MaxObjects = 30_000;
    private const int MaxPacked = 400;
    private const int MaxSteps = 12;
    private const int MostOfStream = 4 * 1024 * 1024;
    private const int MaxDepth = 40;
    private const int MostOfFile = 16 * 1024 * 1024;
    private const long MostOfAll = 40L * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly ReadBudget _budget;
    private readonly string _path;
    private readonly List<PdfObject> _objects = [];
    private readonly Dictionary<int, PdfObject> _byNumber = [];
    private readonly List<PdfDictionary> _trailers = [];
    private readonly PdfReading _reading = new();
    private readonly Dictionary<PdfStream, (int Most, ReadOnlyMemory<byte> Content)> _decoded = new(ReferenceEqualityComparer.Instance);
    private long _outputLeft = MostOfAll;
    private PdfCipher? _cipher;

    private PdfFile(ReadOnlyMemory<byte> data, ReadBudget budget, string path) => (_data, _budget, _path) = (data, budget, path);

    public IReadOnlyList<PdfObject> Objects => _objects;

    /// <summary>The first name that hides an action by #xx; null when there is none.</summary>
    public string? Disguised => _reading.Seen;

    /// <summary>Encrypted, and none of the passwords opens it.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>The password that opened it; null when none was needed or none fits.</summary>
    public string? Password { get; private set; }

    public PdfDictionary? Catalog { get; private set; }

    public static PdfFile Read(ReadOnlyMemory<byte> data, ReadBudget budget, string path, IReadOnlyList<string> passwords)
    {
        var file = new PdfFile(data, budget, path);
        file.FindObjects();
        file.FindTrailers();
        file.Unlock(passwords);
        if (!file.IsLocked)
            file.Unpack();
        file.Catalog = file._trailers.Select(trailer => file.Dictionary(trailer["Root"])).LastOrDefault(root => root is not null)
            ?? file._objects.Select(entry => entry.Value as PdfDictionary).LastOrDefault(value => value?.Name("Type") == "Catalog");
        return file;
    }

    /// <summary>What the value stands for, references followed.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var steps = 0; value is PdfReference reference; steps++)
            value = steps < MaxSteps && _byNumber.TryGetValue(reference.Number, out var found) ? found.Value : null;
        return value;
    }

    /// <summary>The dictionary of the value, also that of a stream.</summary>
    public PdfDictionary? Dictionary(PdfValue? value) => Resolve(value) switch
    {
        PdfDictionary dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        _ => null,
    };

    public IReadOnlyList<PdfValue> Items(PdfValue? value) => Resolve(value) is PdfArray array ? array.Items : [];

    public double? Number(PdfValue? value) => Resolve(value) is PdfNumber number ? number.Value : null;

    /// <summary>Text of a string, or of a stream that holds text; empty when it is neither.</summary>
    public string Text(PdfValue? value) => Resolve(value) switch
    {
        PdfString text => text.Text,
        PdfStream stream => PdfString.TextOf(Decode(stream).Span),
        _ => "",
    };

    /// <summary>The content of a stream with its filters undone, up to the first that is a picture's.</summary>
    public ReadOnlyMemory<byte> Decode(PdfStream stream, int most = MostOfStream)
    {
        if (_decoded.TryGetValue(stream, out var before) && (before.Most >= most || before.Content.Length < before.Most))
            return before.Content.Length > most ? before.Content[..most] : before.Content;
        if (_outputLeft <= 0)
            return default;
        var data = Undo(stream, Math.Min(most, MostOfFile));
        _outputLeft -= data.Length;
        _decoded[stream] = (most, data);
        return data;
    }

    private ReadOnlyMemory<byte> Undo(PdfStream stream, int most)
    {
        var data = stream.Raw;
        string[] filters = [.. Filters(stream)];
        var parameters = Resolve(stream.Dictionary["DecodeParms"] ?? stream.Dictionary["DP"]);
        for (var index = 0; index < filters.Length && index < 8; index++)
        {
            var settings = Dictionary(parameters is PdfArray array ? array.Items.ElementAtOrDefault(index) : parameters);
            byte[]? output = filters[index] switch
            {
                "FlateDecode" or "Fl" => Predicted(PdfFilters.Flate(data, most), settings),
                "LZWDecode" or "LZW" => Predicted(PdfFilters.Lzw(data.Span, Number(settings?["EarlyChange"]) is null or not 0, most), settings),
                "ASCIIHexDecode" or "AHx" => PdfFilters.Hex(data.Span),
                "ASCII85Decode" or "A85" => PdfFilters.Ascii85(data.Span, most),
                "RunLengthDecode" or "RL" => PdfFilters.RunLength(data.Span, most),
                _ => null,
            };
            if (output is null)
                break;
            data = output.AsMemory(0, _budget.TakeUnpacked(output.Length, _path));
        }

        return data.Length > most ? data[..most] : data;
    }

    public IEnumerable<string> Filters(PdfStream stream) => Resolve(stream.Dictionary["Filter"] ?? stream.Dictionary["F"]) switch
    {
        PdfName name => [name.Value],
        PdfArray array => array.Items.Select(item => Resolve(item) is PdfName name ? name.Value : ""),
        _ => [],
    };

    private byte[] Predicted(byte[] data, PdfDictionary? settings) => settings is null ? data : PdfFilters.Unpredict(
        data, (int)(Number(settings["Predictor"]) ?? 1), (int)(Number(settings["Colors"]) ?? 1), (int)(Number(settings["BitsPerComponent"]) ?? 8), (int)(Number(settings["Columns"]) ?? 1));

    private void FindObjects()
    {
        var bytes = _data.Span;
        for (var at = 0; at < bytes.Length && _objects.Count < MaxObjects;)
        {
            var hit = bytes[at..].IndexOf("obj"u8);
            if (hit < 0)
                return;
            var keyword = at + hit;
            at = keyword + 3;
            if (NumbersBefore(bytes, keyword) is not var (number, generation))
                continue;
            var parser = new PdfParser(_data, _reading) { At = at };
            if (parser.Next() is not { } value)
                continue;
            at = Math.Max(at, parser.At);
            if (value is PdfDictionary dictionary && StreamAfter(dictionary, ref at) is { } raw)
                value = new PdfStream(dictionary, raw);
            var entry = new PdfObject(number, generation, value, IsPacked: false);
            _objects.Add(entry);
            _byNumber[number] = entry;
        }

        if (_objects.Count >= MaxObjects)
            _budget.Cut("limit-pdf-objects", _path, $"more than {MaxObjects} objects");
    }

    private static (int Number, int Generation)? NumbersBefore(ReadOnlySpan<byte> bytes, int keyword)
    {
        var at = keyword - 1;
        if (Digits(bytes, ref at) is not { } generation || Digits(bytes, ref at) is not { } number)
            return null;
        return (number, generation);

        static int? Digits(ReadOnlySpan<byte> bytes, ref int at)
        {
            while (at >= 0 && PdfParser.IsBlank(bytes[at]))
                at--;
            var end = at;
            while (at >= 0 && end - at < 10 && bytes[at] is >= (byte)'0' and <= (byte)'9')
                at--;
            if (at == end)
                return null;
            long value = 0;
            foreach (var digit in bytes[(at + 1)..(end + 1)])
                value = (value * 10) + digit - '0';
            return (int)Math.Min(value, int.MaxValue);
        }
    }

    // The length is believed where "endstream" stands after it, else searched for.
    private ReadOnlyMemory<byte>? StreamAfter(PdfDictionary dictionary, ref int at)
    {
        var bytes = _data.Span;
        var start = at;
        while (start < bytes.Length && PdfParser.IsBlank(bytes[start]))
            start++;
        if (!bytes[start..].StartsWith("stream"u8))
            return null;
        start += 6;
        if (start < bytes.Length && bytes[start] == '\r')
            start++;
        if (start < bytes.Length && bytes[start] == '\n')
            start++;
        var length = Resolve(dictionary["Length"]) is PdfNumber { Value: >= 0 and < int.MaxValue } number ? (int)number.Value : -1;
        if (length >= 0 && start + (long)length <= bytes.Length && bytes.Slice(start + length, Math.Min(16, bytes.Length - start - length)).IndexOf("endstream"u8) >= 0)
        {
            at = start + length;
            return _data.Slice(start, length);
        }

        var end = bytes[start..].IndexOf("endstream"u8);
        end = end < 0 ? bytes.Length : start + end;
        at = end;
        if (end > start && bytes[end - 1] == '\n')
            end--;
        if (end > start && bytes[end - 1] == '\r')
            end--;
        return _data[start..end];
    }

    private void FindTrailers()
    {
        const int most = 200;
        var bytes = _data.Span;
        for (var at = 0; _trailers.Count < most && bytes[at..].IndexOf("trailer"u8) is var hit and >= 0;)
        {
            at += hit + 7;
            var parser = new PdfParser(_data, _reading) { At = at };
            if (parser.Next() is PdfDictionary trailer)
                _trailers.Add(trailer);
            at = Math.Max(at, parser.At);
        }

        foreach (var entry in _objects)
            if (entry.Value is PdfStream stream && stream.Dictionary.Name("Type") == "XRef" && _trailers.Count < most)
                _trailers.Add(stream.Dictionary);
    }

    private void Unlock(IReadOnlyList<string> passwords)
    {
        var trailer = _trailers.FindLast(trailer => Dictionary(trailer["Encrypt"]) is not null);
        if (trailer is null || Dictionary(trailer["Encrypt"]) is not { } settings)
            return;
        var id = Items(trailer["ID"]) is [var first, ..] && Resolve(first) is PdfString text ? text.Bytes.ToArray() : [];
        (_cipher, Password) = PdfCipher.Open(new PdfEncryption(settings, this), id, passwords);
        IsLocked = _cipher is null;
        if (_cipher is null)
            return;
        for (var index = 0; index < _objects.Count; index++)
        {
            var entry = _objects[index];
            if (ReferenceEquals(Dictionary(entry.Value), settings) || entry.Value is PdfStream { Dictionary: var described } && described.Name("Type") == "XRef")
                continue;
            var opened = entry with { Value = Decrypted(entry.Value, entry, 0) };
            _objects[index] = opened;
            if (ReferenceEquals(_byNumber[entry.Number], entry))
                _byNumber[entry.Number] = opened;
        }
    }

    private PdfValue Decrypted(PdfValue value, PdfObject holder, int depth) => depth > MaxDepth ? value : value switch
    {
        PdfString text => new PdfString(_cipher!.Decrypt(text.Bytes, holder.Number, holder.Generation, isStream: false)),
        PdfArray array => new PdfArray([.. array.Items.Select(item => Decrypted(item, holder, depth + 1))]),
        PdfDictionary dictionary => Decrypted(dictionary, holder, depth),
        PdfStream stream => new PdfStream(Decrypted(stream.Dictionary, holder, depth), IsPlain(stream) ? stream.Raw : _cipher!.Decrypt(stream.Raw, holder.Number, holder.Generation, isStream: true)),
        _ => value,
    };

    private PdfDictionary Decrypted(PdfDictionary dictionary, PdfObject holder, int depth) =>
        new(dictionary.Entries.ToDictionary(pair => pair.Key, pair => Decrypted(pair.Value, holder, depth + 1), StringComparer.Ordinal));

    // A stream may say that it is not encrypted (7.6.5, Crypt filter Identity).
    private bool IsPlain(PdfStream stream) => Filters(stream).FirstOrDefault() == "Crypt";

    private void Unpack()
    {
        var packs = 0;
        for (var index = 0; index < _objects.Count; index++)
        {
            if (_objects[index].Value is not PdfStream stream || stream.Dictionary.Name("Type") != "ObjStm")
                continue;
            if (packs++ >= MaxPacked || !_budget.HasTime(_path))
            {
                _budget.Cut("limit-pdf-objects", _path, $"more than {MaxPacked} object streams");
                return;
            }

            var content = Decode(stream);
            var count = (int)Math.Clamp(Number(stream.Dictionary["N"]) ?? 0, 0, 10_000);
            var first = (int)Math.Clamp(Number(stream.Dictionary["First"]) ?? 0, 0, content.Length);
            var table = new PdfParser(content, _reading);
            for (var entry = 0; entry < count && _objects.Count < MaxObjects; entry++)
            {
                if (table.Next(references: false) is not PdfNumber number || table.Next(references: false) is not PdfNumber offset)
                    break;
                var at = first + (long)offset.Value;
                if (at < 0 || at >= content.Length || number.Value is < 0 or > int.MaxValue || new PdfParser(content, _reading) { At = (int)at }.Next() is not { } value)
                    continue;
                var packed = new PdfObject((int)number.Value, 0, value, IsPacked: true);
                _objects.Add(packed);
                _byNumber.TryAdd(packed.Number, packed);
            }
        }
    }
}
