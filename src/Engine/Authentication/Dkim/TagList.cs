using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// <c>name=value; name=value</c>, the form of signatures and key records (RFC 6376, 3.2). Names are told apart by case; a name
/// that stands twice makes the whole list invalid, as does anything between semicolons that is no tag. Values may hold
/// UTF-8 (RFC 8616, 5).
/// </summary>
internal sealed class TagList
{
    public const int MaxLength = 64 * 1024;
    public const int MaxTags = 64;

    private readonly List<Tag> _tags;
    private readonly ReadOnlyMemory<byte> _text;

    private TagList(ReadOnlyMemory<byte> text, List<Tag> tags)
    {
        _text = text;
        _tags = tags;
    }

    /// <summary>In the order they stand.</summary>
    public IEnumerable<string> Names => _tags.Select(tag => tag.Name);

    /// <summary>Null and a sentence when this is no tag list.</summary>
    public static TagList? Parse(ReadOnlyMemory<byte> text, out string fault)
    {
        var tags = new List<Tag>();
        if (text.Length > MaxLength)
            return Refuse($"more than {MaxLength} octets of tags", out fault);
        var span = text.Span;
        if (!Utf8.IsValid(span))
            return Refuse("neither ASCII nor UTF-8", out fault);
        var position = 0;
        while (position <= span.Length)
        {
            var length = span[position..].IndexOf((byte)';');
            var end = length < 0 ? span.Length : position + length;
            var spec = span[position..end];
            if (end == span.Length && tags.Count > 0 && IsBlank(spec))
                break;
            var equals = spec.IndexOf((byte)'=');
            var name = equals < 0 ? default : Trim(spec[..equals]);
            if (!IsName(name))
                return Refuse(equals < 0 ? "something without '=' between semicolons" : "a tag without a proper name", out fault);
            if (!IsValue(spec[(equals + 1)..]))
                return Refuse("a control character in a value", out fault);
            var text8 = Encoding.ASCII.GetString(name);
            if (tags.Exists(tag => tag.Name == text8))
                return Refuse($"the tag {text8}= stands twice", out fault);
            if (tags.Count == MaxTags)
                return Refuse($"more than {MaxTags} tags", out fault);
            tags.Add(new Tag(text8, position + equals + 1, end));
            position = end + 1;
        }

        fault = "";
        return new TagList(text, tags);
    }

    public bool Has(string name) => Find(name) >= 0;

    /// <summary>The value without white space around it, as UTF-8; null when the tag is absent. Folding within is kept.</summary>
    public string? Text(string name) => Find(name) is var index and >= 0 ? Encoding.UTF8.GetString(Trim(Raw(index))) : null;

    /// <summary>The value without any white space; null when the tag is absent.</summary>
    public string? Compact(string name)
    {
        if (Find(name) is not (var index and >= 0))
            return null;
        var raw = Raw(index);
        Span<byte> kept = raw.Length <= 1024 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        var length = 0;
        foreach (var octet in raw)
            if (!IsSpace(octet))
                kept[length++] = octet;
        return Encoding.UTF8.GetString(kept[..length]);
    }

    /// <summary>An unsigned decimal number; null without the tag, -1 for what is none. What cannot be counted is as good as the largest that can.</summary>
    public long? Number(string name, int maxDigits)
    {
        if (Text(name) is not { } text)
            return null;
        if (text.Length == 0 || text.Length > maxDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return -1;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
    }

    /// <summary>Where the value stands, with the white space around it: from the equals sign to the semicolon.</summary>
    public (int Start, int End)? RangeOf(string name) => Find(name) is var index and >= 0 ? (_tags[index].Start, _tags[index].End) : null;

    private ReadOnlySpan<byte> Raw(int index) => _text.Span[_tags[index].Start.._tags[index].End];

    private int Find(string name) => _tags.FindIndex(tag => tag.Name == name);

    private static TagList? Refuse(string what, out string fault)
    {
        fault = what;
        return null;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter((char)name[0]))
            return false;
        foreach (var octet in name)
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '_')
                return false;
        return true;
    }

    private static bool IsValue(ReadOnlySpan<byte> value)
    {
        foreach (var octet in value)
            if (octet is < 0x21 or 0x7F && !IsSpace(octet))
                return false;
        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => Trim(text).IsEmpty;

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private readonly record struct Tag(string Name, int Start, int End);
}
