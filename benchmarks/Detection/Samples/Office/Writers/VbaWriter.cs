using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <param name="Compiled">Stands before the source in place of the compiled form.</param>
internal sealed record VbaModuleText(string Name, string Source, byte[]? Compiled = null);

/// <summary>Writes VBA projects ([MS-OVBA]): the dir stream, modules with compressed source, and forms with one text a control.</summary>
internal sealed class VbaWriter
{
    private const int ChunkLength = 4_096;
    private const int Window = 512;

    private readonly List<VbaModuleText> _modules = [];
    private readonly List<(string Form, string Control, string Text, string Tag)> _controls = [];

    /// <summary>Names that the compiled form speaks of.</summary>
    public string Names { get; set; } = "";

    public VbaWriter Module(string name, string source, byte[]? compiled = null)
    {
        _modules.Add(new VbaModuleText(name, source, compiled));
        return this;
    }

    public VbaWriter Control(string form, string control, string text, string tag = "")
    {
        _controls.Add((form, control, text, tag));
        return this;
    }

    /// <param name="storage">Where the project goes: empty for vbaProject.bin, <c>Macros</c> for Word, <c>_VBA_PROJECT_CUR</c> for Excel.</param>
    public void WriteTo(CompoundWriter file, string storage)
    {
        var prefix = storage.Length == 0 ? "" : storage + "/";
        file.Stream(prefix + "VBA/dir", Compress(Directory()));
        file.Stream(prefix + "VBA/_VBA_PROJECT", [0xCC, 0x61, 0xFF, 0xFF, 0, 0, 0, .. Encoding.ASCII.GetBytes(Names)]);
        foreach (var module in _modules)
            file.Stream($"{prefix}VBA/{module.Name}", [.. module.Compiled ?? new byte[64], .. Compress(Encoding.Latin1.GetBytes(module.Source))]);
        file.Stream(prefix + "PROJECT", Encoding.Latin1.GetBytes(string.Concat(_modules.Select(module => $"Module={module.Name}\r\n"))));
        foreach (var form in _controls.GroupBy(control => control.Form))
        {
            file.Stream($"{prefix}{form.Key}/f", [.. new byte[40], .. form.SelectMany(Site)]);
            file.Stream($"{prefix}{form.Key}/o", [.. form.SelectMany(control => Piece(control.Text))]);
        }
    }

    public byte[] ToBin()
    {
        var file = new CompoundWriter();
        WriteTo(file, "");
        return file.ToArray();
    }

    /// <summary>The compression of VBA streams, greedy over a short window.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        List<byte> output = [1];
        for (var start = 0; start < content.Length; start += ChunkLength)
        {
            var chunk = CompressChunk(content.Slice(start, Math.Min(ChunkLength, content.Length - start)));
            var header = (ushort)(0xB000 | (chunk.Count - 1));
            output.AddRange([(byte)header, (byte)(header >> 8), .. chunk]);
        }

        return [.. output];
    }

    /// <summary>Opcodes that load these strings, as the compiled form of a module holds them, between other octets.</summary>
    public static byte[] Compiled(Random random, int length, params string[] strings)
    {
        List<byte> output = [1, 0x16, 3, 0];
        foreach (var text in strings)
            output.AddRange([0x20, 0, (byte)random.Next(1, 0x80), 2, 0xB9, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text), .. text.Length % 2 == 1 ? [0] : Array.Empty<byte>()]);
        while (output.Count < length)
            output.Add((byte)random.Next(2, 0x20));
        return [.. output];
    }

    private static List<byte> CompressChunk(ReadOnlySpan<byte> chunk)
    {
        List<byte> output = [];
        for (var position = 0; position < chunk.Length;)
        {
            var flagsAt = output.Count;
            output.Add(0);
            for (var bit = 0; bit < 8 && position < chunk.Length; bit++)
            {
                var offsetBits = Math.Max(4, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, position - 1)));
                var (offset, length) = Longest(chunk, position, (0xFFFF >> offsetBits) + 3);
                if (length < 3)
                {
                    output.Add(chunk[position++]);
                    continue;
                }

                output[flagsAt] |= (byte)(1 << bit);
                var token = (ushort)(((offset - 1) << (16 - offsetBits)) | (length - 3));
                output.AddRange([(byte)token, (byte)(token >> 8)]);
                position += length;
            }
        }

        return output;
    }

    private static (int Offset, int Length) Longest(ReadOnlySpan<byte> chunk, int position, int most)
    {
        var best = (Offset: 0, Length: 0);
        for (var offset = 1; offset <= Math.Min(position, Window); offset++)
        {
            var length = 0;
            while (length < most && position + length < chunk.Length && chunk[position + length] == chunk[position + length - offset])
                length++;
            if (length > best.Length)
                best = (offset, length);
        }

        return best;
    }

    private byte[] Directory()
    {
        List<byte> output = [];
        Record(1, [1, 0, 0, 0]);
        Record(3, [0xE4, 0x04]);
        Record(4, "VBAProject"u8);
        output.AddRange([9, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0]);
        Record(0x16, "stdole"u8);
        Record(0x0D, [0x10, 0, 0, 0, .. @"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"u8]);
        Record(0x0F, [(byte)_modules.Count, 0]);
        foreach (var module in _modules)
        {
            Record(0x19, Encoding.Latin1.GetBytes(module.Name));
            Record(0x47, Encoding.Unicode.GetBytes(module.Name));
            Record(0x1A, Encoding.Latin1.GetBytes(module.Name));
            Record(0x32, Encoding.Unicode.GetBytes(module.Name));
            var offset = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(offset, module.Compiled?.Length ?? 64);
            Record(0x31, offset);
            Record(0x21, []);
            Record(0x2B, []);
        }

        Record(0x10, []);
        return [.. output];

        void Record(int id, ReadOnlySpan<byte> data)
        {
            var head = new byte[6];
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)id);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(2), data.Length);
            output.AddRange(head);
            output.AddRange(data);
        }
    }

    // OleSiteConcrete ([MS-OFORMS] 2.2.10.12.1) with name, tag and the size of the control's piece.
    private static byte[] Site((string Form, string Control, string Text, string Tag) control)
    {
        var body = new MemoryStream();
        var mask = 1u | (control.Tag.Length > 0 ? 2u : 0) | 0x20u;
        Write(mask);
        Write(0x80000000 | (uint)control.Control.Length);
        if (control.Tag.Length > 0)
            Write(0x80000000 | (uint)control.Tag.Length);
        Write((uint)Piece(control.Text).Length);
        Padded(control.Control);
        if (control.Tag.Length > 0)
            Padded(control.Tag);
        return [0, 0, (byte)body.Length, (byte)(body.Length >> 8), .. body.ToArray()];

        void Write(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            body.Write(bytes);
        }

        void Padded(string text)
        {
            body.Write(Encoding.Latin1.GetBytes(text));
            while (body.Length % 4 != 0)
                body.WriteByte(0);
        }
    }

    private static byte[] Piece(string text) => [0, 2, 0x20, 0, 1, 0, 0x40, 0x80, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(text), 0, 0, 2, 0x18, 0, .. "Tahoma"u8, 0, 0];
}
