using System.Buffers.Binary;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Programs that start nothing: the headers of one, and noise.</summary>
internal static class ProgramOf
{
    public static byte[] Windows(Random random)
    {
        var program = new byte[0x400 + random.Next(200, 4_000)];
        random.NextBytes(program.AsSpan(0x400));
        "MZ"u8.CopyTo(program);
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(0x3C), 0x80);
        "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x84), (ushort)random.Pick([0x14C, 0x8664]));
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x86), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x94), 0xE0);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x96), 0x102);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x98), 0x10B);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0xDC), 2);
        ".text"u8.CopyTo(program.AsSpan(0x178));
        return program;
    }
}
