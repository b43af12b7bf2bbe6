using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA5351 // The format asks for MD5.

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes the stream of a workbook of Excel 97 to 2003 ([MS-XLS]): worksheets, macro sheets, names; encrypted by RC4 when asked.</summary>
internal sealed class BiffWriter
{
    private readonly List<SheetPart> _sheets = [];
    private readonly List<(string Name, int? BuiltIn, int Sheet, int Row, int Column)> _names = [];
    private readonly List<string> _strings = [];
    private readonly List<(string Service, string Topic)> _services = [];

    /// <param name="hidden">0 visible, 1 hidden, 2 very hidden.</param>
    public BiffWriter Sheet(string name, bool macro = false, int hidden = 0)
    {
        _sheets.Add(new SheetPart(name, macro, hidden));
        return this;
    }

    /// <summary>A formula in the sheet that was begun last.</summary>
    public BiffWriter Formula(int row, int column, byte[] tokens, string? shows = null)
    {
        var body = _sheets[^1].Records;
        byte[] value = shows is null ? new byte[8] : [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        Record(body, 0x06, [.. Place(row, column), .. value, 0, 0, 0, 0, 0, 0, (byte)tokens.Length, (byte)(tokens.Length >> 8), .. tokens]);
        if (shows is not null)
            Record(body, 0x0207, [(byte)shows.Length, (byte)(shows.Length >> 8), 0, .. Encoding.Latin1.GetBytes(shows)]);
        return this;
    }

    public BiffWriter Text(int row, int column, string text)
    {
        _strings.Add(text);
        Record(_sheets[^1].Records, 0xFD, [.. Place(row, column), .. Number(_strings.Count - 1)]);
        return this;
    }

    public BiffWriter Value(int row, int column, double value)
    {
        Record(_sheets[^1].Records, 0x0203, [.. Place(row, column), .. BitConverter.GetBytes(value)]);
        return this;
    }

    /// <param name="builtIn">1 Auto_Open, 2 Auto_Close; null for a name of the author's.</param>
    public BiffWriter Name(string name, int? builtIn, int sheet, int row, int column)
    {
        _names.Add((name, builtIn, sheet, row, column));
        return this;
    }

    public BiffWriter Service(string service, string topic)
    {
        _services.Add((service, topic));
        return this;
    }

    public byte[] ToStream(string? password = null, byte[]? salt = null)
    {
        var pass = password is null ? null : new WorkbookCipher(password, salt ?? new byte[16]);
        var positions = new int[_sheets.Count];
        var stream = Write(positions, pass);
        stream = Write(positions, pass);
        return pass is null ? stream : pass.Encrypt(stream);
    }

    public byte[] ToFile(string? password = null, byte[]? salt = null) => new CompoundWriter().Stream("Workbook", ToStream(password, salt)).ToArray();

    private byte[] Write(int[] positions, WorkbookCipher? pass)
    {
        var stream = new MemoryStream();
        Record(stream, 0x0809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        if (pass is not null)
            Record(stream, 0x2F, pass.FilePass);
        for (var index = 0; index < _sheets.Count; index++)
            Record(stream, 0x85, [.. Number(positions[index]), (byte)_sheets[index].Hidden, (byte)(_sheets[index].Macro ? 1 : 0), (byte)_sheets[index].Name.Length, 1, .. Encoding.Unicode.GetBytes(_sheets[index].Name)]);
        Record(stream, 0x01AE, [(byte)_sheets.Count, 0, 1, 4]);
        foreach (var (service, topic) in _services)
            Record(stream, 0x01AE, [0, 0, (byte)(service.Length + topic.Length + 1), 0, 0, .. Encoding.Latin1.GetBytes($"{service}\u0003{topic}")]);
        Record(stream, 0x17, [(byte)_sheets.Count, 0, .. Enumerable.Range(0, _sheets.Count).SelectMany(sheet => (byte[])[0, 0, (byte)sheet, 0, (byte)sheet, 0])]);
        foreach (var (name, builtIn, sheet, row, column) in _names)
        {
            var text = builtIn is { } id ? ((char)id).ToString() : name;
            var tokens = XlmTokens.CellOf(sheet, row, column);
            Record(stream, 0x18, [(byte)(builtIn is null ? 0 : 0x20), 0, 0, (byte)text.Length, (byte)tokens.Length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(text), .. tokens]);
        }

        WriteStrings(stream);
        Record(stream, 0x0A, []);
        for (var index = 0; index < _sheets.Count; index++)
        {
            positions[index] = (int)stream.Length;
            Record(stream, 0x0809, [0, 6, (byte)(_sheets[index].Macro ? 0x40 : 0x10), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            stream.Write(_sheets[index].Records.ToArray());
            Record(stream, 0x0A, []);
        }

        return stream.ToArray();
    }

    // Texts that do not fit one record go on in the next, a new octet of flags before their rest.
    private void WriteStrings(MemoryStream stream)
    {
        const int most = 8_000;
        var type = 0xFC;
        List<byte> body = [.. Number(_strings.Count), .. Number(_strings.Count)];
        foreach (var text in _strings)
        {
            body.AddRange([(byte)text.Length, (byte)(text.Length >> 8), 1]);
            foreach (var c in text)
            {
                if (body.Count >= most)
                {
                    Record(stream, type, [.. body]);
                    (type, body) = (0x3C, [1]);
                }

                body.AddRange([(byte)c, (byte)(c >> 8)]);
            }
        }

        Record(stream, type, [.. body]);
    }

    private static byte[] Place(int row, int column) => [(byte)row, (byte)(row >> 8), (byte)column, (byte)(column >> 8), 0x0F, 0];

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    private static void Record(MemoryStream stream, int type, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)data.Length);
        stream.Write(head);
        stream.Write(data);
    }

    private sealed record SheetPart(string Name, bool Macro, int Hidden)
    {
        public MemoryStream Records { get; } = new();
    }

    /// <summary>RC4 of the first kind ([MS-OFFCRYPTO] 2.3.6).</summary>
    private sealed class WorkbookCipher
    {
        private readonly byte[] _key;

        public WorkbookCipher(string password, byte[] salt)
        {
            var start = MD5.HashData(Encoding.Unicode.GetBytes(password))[..5];
            _key = MD5.HashData([.. Enumerable.Repeat((byte[])[.. start, .. salt], 16).SelectMany(part => part)])[..5];
            var proof = MD5.HashData(salt);
            var encrypted = Apply(KeyOf(0), [.. proof, .. MD5.HashData(proof)]);
            FilePass = [1, 0, 1, 0, 1, 0, .. salt, .. encrypted];
        }

        public byte[] FilePass { get; }

        public byte[] Encrypt(byte[] stream)
        {
            var output = (byte[])stream.Clone();
            var pad = new byte[stream.Length];
            for (var at = 0; at < pad.Length; at += 1_024)
                Apply(KeyOf(at / 1_024), new byte[Math.Min(1_024, pad.Length - at)]).CopyTo(pad, at);
            for (var at = 0; at + 4 <= stream.Length;)
            {
                var type = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at));
                var length = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at + 2));
                if (type is not (0x0809 or 0x2F))
                    for (var index = at + 4 + (type == 0x85 ? 4 : 0); index < at + 4 + length; index++)
                        output[index] ^= pad[index];
                at += 4 + length;
            }

            return output;
        }

        private byte[] KeyOf(int block) => MD5.HashData([.. _key, .. BitConverter.GetBytes(block)]);

        private static byte[] Apply(byte[] key, byte[] content)
        {
            var state = Enumerable.Range(0, 256).ToArray();
            for (int index = 0, mixed = 0; index < 256; index++)
            {
                mixed = (mixed + state[index] + key[index % key.Length]) % 256;
                (state[index], state[mixed]) = (state[mixed], state[index]);
            }

            var output = new byte[content.Length];
            for (int index = 0, i = 0, j = 0; index < content.Length; index++)
            {
                i = (i + 1) % 256;
                j = (j + state[i]) % 256;
                (state[i], state[j]) = (state[j], state[i]);
                output[index] = (byte)(content[index] ^ state[(state[i] + state[j]) % 256]);
            }

            return output;
        }
    }
}
