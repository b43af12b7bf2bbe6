using System.Text;

namespace Platform.Grains.Deliveries;

/// <summary>
/// The fields of a message header (RFC 5322, 2.2) one by one, straight from the bytes: a name, a colon, a value that goes on
/// over lines that begin with white space. Lines that are no field are passed over, as mail readers do; an empty line ends it.
/// </summary>
internal ref struct HeaderFields(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    public HeaderField Current { get; private set; }

    public readonly HeaderFields GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_position < _message.Length)
        {
            var start = _position;
            _position = LineEnd(_message, start);
            if (_message[start.._position].Trim("\r\n"u8).IsEmpty)
            {
                _position = _message.Length;
                return false;
            }

            while (_position < _message.Length && _message[_position] is (byte)' ' or (byte)'\t')
                _position = LineEnd(_message, _position);

            var field = _message[start.._position];
            var colon = field.IndexOf((byte)':');
            if (colon <= 0)
                continue;
            Current = new HeaderField(field[..colon].TrimEnd(" \t"u8), field[(colon + 1)..].Trim(" \t\r\n"u8));
            return true;
        }
        return false;
    }

    /// <summary>Bytes before the empty line that ends the header; all when there is none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> message)
    {
        var position = 0;
        while (position < message.Length)
        {
            var end = LineEnd(message, position);
            if (message[position..end].Trim("\r\n"u8).IsEmpty)
                break;
            position = end;
        }
        return position;
    }

    private static int LineEnd(ReadOnlySpan<byte> message, int start)
    {
        var feed = message[start..].IndexOf((byte)'\n');
        return feed < 0 ? message.Length : start + feed + 1;
    }
}

internal readonly ref struct HeaderField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>Without outer white space; folding inside is kept.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    public bool IsNamed(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name, name);
}
