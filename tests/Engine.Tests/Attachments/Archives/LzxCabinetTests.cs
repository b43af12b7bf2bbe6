using System.Buffers.Binary;
using Platform.Engine.Tests.Mail;

namespace Platform.Engine.Tests.Attachments.Archives;

public sealed class LzxCabinetTests
{
    [Fact]
    public void A_block_that_is_stored_comes_out()
    {
        var bits = new BitWriter();
        bits.Put(0, 1).Put(3, 3).Put(4, 24);

        Assert.Equal("hiya"u8.ToArray(), Read(Cabinet([.. bits.ToArray(), 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. "hiya"u8], 4)));
    }

    [Fact]
    public void Literals_and_a_match_come_out()
    {
        var bits = new BitWriter();
        bits.Put(0, 1).Put(1, 3).Put(10, 24);
        // Literals 0 to 254 have eight bits, 255 and one match nine; lengths are told as differences from nothing.
        Pretree(bits, (8, 1), (9, 1));
        for (var literal = 0; literal < 255; literal++)
            bits.Put(1, 1);
        bits.Put(0, 1);
        // Of the matches, slot 3 with length 7: number 29 of 240.
        Pretree(bits, (8, 2), (17, 2), (18, 1));
        bits.Put(0, 1).Put(9, 5).Put(0b10, 2);
        for (var run = 0; run < 4; run++)
            bits.Put(0, 1).Put(31, 5);
        bits.Put(0b11, 2).Put(2, 4);
        Pretree(bits, (17, 1), (18, 1));
        for (var run = 0; run < 4; run++)
            bits.Put(1, 1).Put(31, 5);
        bits.Put(1, 1).Put(25, 5);
        bits.Put('a', 8).Put('b', 8).Put('c', 8).Put(511, 9);

        Assert.Equal("abcccccccc"u8.ToArray(), Read(Cabinet(bits.ToArray(), 10)));
    }

    private static byte[] Read(byte[] cabinet) => Mails.WithAttachment("a.cab", cabinet).Attachments[^1].Content.ToArray();

    private static void Pretree(BitWriter bits, params (int Symbol, int Length)[] codes)
    {
        for (var symbol = 0; symbol < 20; symbol++)
            bits.Put(codes.FirstOrDefault(code => code.Symbol == symbol).Length, 4);
    }

    private static byte[] Cabinet(byte[] packed, int length)
    {
        byte[] head = [.. "MSCF"u8, .. new byte[12], 44, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 66, 0, 0, 0, 1, 0, 3, 15, (byte)length, 0, 0, 0, .. new byte[12], .. "a.txt\0"u8];
        var block = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(4), (ushort)packed.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(6), (ushort)length);
        return [.. head, .. block, .. packed];
    }

    /// <summary>Bits highest first, in little-endian words.</summary>
    private sealed class BitWriter
    {
        private readonly List<bool> _bits = [];

        public BitWriter Put(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
                _bits.Add(((value >> bit) & 1) != 0);
            return this;
        }

        public byte[] ToArray()
        {
            var octets = new byte[(_bits.Count + 15) / 16 * 2];
            for (var index = 0; index < _bits.Count; index++)
                if (_bits[index])
                    octets[(index / 16 * 2) + (index % 16 < 8 ? 1 : 0)] |= (byte)(0x80 >> (index % 8));
            return octets;
        }
    }
}
