using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Excel;

/// <summary>
/// The table of all texts ([MS-XLS] 2.4.265) and the Continue records over which it runs: a text may be cut anywhere, and where its
/// characters go on in the next record, an octet says anew how wide they are.
/// </summary>
internal sealed class SharedStrings(List<string> strings, int most)
{
    private const int Continue = 0x3C;
    private const int MaxText = 32 * 1024;

    /// <param name="rest">The stream from the record's own header on.</param>
    public void Read(ReadOnlySpan<byte> rest)
    {
        var reader = new Pieces(rest);
        reader.Skip(8);
        while (strings.Count < most && reader.TryByte(out var low) && reader.TryByte(out var high) && reader.TryByte(out var flags))
        {
            var count = low | (high << 8);
            var runs = (flags & 8) != 0 ? reader.Number(2) : 0;
            var extra = (flags & 4) != 0 ? reader.Number(4) : 0;
            strings.Add(reader.Text(count, (flags & 1) != 0));
            reader.Skip((4L * runs) + extra);
        }
    }

    private ref struct Pieces
    {
        private readonly ReadOnlySpan<byte> _rest;
        private int _at = 4;
        private int _end;
        private int _next;

        public Pieces(ReadOnlySpan<byte> rest)
        {
            _rest = rest;
            _end = _next = Math.Min(rest.Length, 4 + BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]));
        }

        public bool TryByte(out int value)
        {
            while (_at >= _end)
                if (!Advance())
                {
                    value = 0;
                    return false;
                }

            value = _rest[_at++];
            return true;
        }

        public uint Number(int octets)
        {
            uint number = 0;
            for (var index = 0; index < octets && TryByte(out var octet); index++)
                number |= (uint)octet << (8 * index);
            return number;
        }

        public void Skip(long octets)
        {
            while (octets > 0 && (_at < _end || Advance()))
            {
                var step = (int)Math.Min(octets, _end - _at);
                _at += step;
                octets -= step;
            }
        }

        public string Text(int count, bool isWide)
        {
            var text = new StringBuilder(Math.Min(count, 256));
            while (count > 0)
            {
                if (_at >= _end)
                {
                    if (!Advance() || !TryByte(out var flags))
                        break;
                    isWide = (flags & 1) != 0;
                }

                var low = _rest[_at++];
                var high = 0;
                if (isWide && !TryByte(out high))
                    break;
                if (text.Length < MaxText)
                    text.Append((char)(low | (high << 8)));
                count--;
            }

            return text.ToString();
        }

        private bool Advance()
        {
            if (_next + 4 > _rest.Length || BinaryPrimitives.ReadUInt16LittleEndian(_rest[_next..]) != Continue)
                return false;
            _at = _next + 4;
            _end = _next = Math.Min(_rest.Length, _at + BinaryPrimitives.ReadUInt16LittleEndian(_rest[(_next + 2)..]));
            return true;
        }
    }
}
