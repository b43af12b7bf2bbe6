using System.Text;

namespace Platform.Engine.Authentication;

/// <summary>A header field by its exact octets (RFC 5322, 2.2).</summary>
public readonly struct RawField
{
    private readonly int _colon;

    internal RawField(ReadOnlyMemory<byte> octets)
    {
        Octets = octets;
        _colon = octets.Span.IndexOf((byte)':');
        Name = "";
        if (_colon > 0 && NameOf(octets.Span[.._colon]) is { Length: > 0 } name)
            Name = Encoding.ASCII.GetString(name);
        else
            _colon = -1;
    }

    /// <summary>Name, colon, value and the line end (RFC 5322, 2.2); the last field of a message without a body may have no line end.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>As written, without white space before the colon (RFC 5322, 4.5); empty when this is no field.</summary>
    public string Name { get; }

    /// <summary>What follows the colon, white space and line ends included (RFC 5322, 2.2); empty when this is no field.</summary>
    public ReadOnlyMemory<byte> Value => _colon < 0 ? default : Octets[(_colon + 1)..];

    /// <summary>The value as UTF-8 (RFC 6532, 3.2), unfolded: its line ends taken out (RFC 5322, 2.2.3) and without white space around it.</summary>
    public string Text => Encoding.UTF8.GetString(Value.Span).Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim(' ', '\t');

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> beforeColon)
    {
        var name = beforeColon.TrimEnd(" \t"u8);
        return name.IndexOfAnyExceptInRange((byte)33, (byte)126) < 0 ? name : default;
    }
}
