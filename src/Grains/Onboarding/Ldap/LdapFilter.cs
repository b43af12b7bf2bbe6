using System.Formats.Asn1;
using System.Text;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>
/// A search filter, from its string form (RFC 4515) to the one on the wire (RFC 4511, 4.5.1.7): tests of one attribute in parentheses,
/// joined by <c>&amp;</c>, <c>|</c> and <c>!</c> before them. In values <c>*</c> stands for anything and <c>\2a</c> for an octet.
/// </summary>
internal sealed class LdapFilter
{
    private const int MaxDepth = 32;

    private readonly string _text;
    private readonly AsnWriter _writer;
    private int _at;

    private LdapFilter(string text, AsnWriter writer) => (_text, _writer) = (text, writer);

    /// <exception cref="FormatException">It is no filter; the place is named.</exception>
    public static void Write(string text, AsnWriter writer)
    {
        var filter = new LdapFilter(text, writer);
        filter.Component(0);
        if (filter._at != text.Length)
            throw filter.Fault("end");
    }

    private void Component(int depth)
    {
        if (depth > MaxDepth)
            throw Fault("less nesting");
        Take('(');
        switch (Peek())
        {
            case '&':
                List(0, depth);
                break;
            case '|':
                List(1, depth);
                break;
            case '!':
                _at++;
                using (_writer.PushSequence(Context(2, constructed: true)))
                    Component(depth + 1);
                break;
            default:
                Item();
                break;
        }

        Take(')');
    }

    /// <summary>A SET OF whose order is that of the text: LDAP does not ask for the order of DER.</summary>
    private void List(int tag, int depth)
    {
        _at++;
        using (_writer.PushSequence(Context(tag, constructed: true)))
        {
            while (Peek() == '(')
                Component(depth + 1);
        }
    }

    private void Item()
    {
        var end = _text.AsSpan(_at).IndexOfAny("=()");
        if (end <= 0 || _text[_at + end] != '=')
            throw Fault("attribute and '='");
        var name = _text.AsSpan(_at, end);
        _at += end + 1;
        var tag = name[^1] switch { '>' => 5, '<' => 6, '~' => 8, ':' => 9, _ => 3 };
        var attribute = (tag == 3 ? name : name[..^1]).ToString();
        var value = Value();
        if (tag == 9)
            Extensible(attribute, Octets(value));
        else if (tag == 3 && value == "*")
            _writer.WriteOctetString(Attribute(attribute), Context(7, constructed: false));
        else if (tag == 3 && value.Contains('*', StringComparison.Ordinal))
            Substrings(attribute, value.Split('*'));
        else
            Pair(tag, attribute, Octets(value));
    }

    private void Pair(int tag, string attribute, byte[] value)
    {
        using (_writer.PushSequence(Context(tag, constructed: true)))
        {
            _writer.WriteOctetString(Attribute(attribute));
            _writer.WriteOctetString(value);
        }
    }

    private void Substrings(string attribute, string[] parts)
    {
        using (_writer.PushSequence(Context(4, constructed: true)))
        {
            _writer.WriteOctetString(Attribute(attribute));
            using (_writer.PushSequence())
            {
                for (var i = 0; i < parts.Length; i++)
                {
                    if (parts[i].Length > 0)
                        _writer.WriteOctetString(Octets(parts[i]), Context(i == 0 ? 0 : i == parts.Length - 1 ? 2 : 1, constructed: false));
                }
            }
        }
    }

    /// <summary>attribute [":dn"] [":" rule]; either may be left out, not both (RFC 4515, 3).</summary>
    private void Extensible(string text, byte[] value)
    {
        var parts = text.Split(':');
        var dn = parts.Skip(1).Any(part => part.Equals("dn", StringComparison.OrdinalIgnoreCase));
        var rule = parts.Skip(1).LastOrDefault(part => !part.Equals("dn", StringComparison.OrdinalIgnoreCase));
        if (string.IsNullOrEmpty(rule) && parts[0].Length == 0)
            throw Fault("attribute or rule");
        using (_writer.PushSequence(Context(9, constructed: true)))
        {
            if (!string.IsNullOrEmpty(rule))
                _writer.WriteOctetString(Attribute(rule), Context(1, constructed: false));
            if (parts[0].Length > 0)
                _writer.WriteOctetString(Attribute(parts[0]), Context(2, constructed: false));
            _writer.WriteOctetString(value, Context(3, constructed: false));
            if (dn)
                _writer.WriteBoolean(true, Context(4, constructed: false));
        }
    }

    private string Value()
    {
        var length = _text.AsSpan(_at).IndexOfAny("()");
        if (length < 0)
            throw Fault("')'");
        var value = _text.Substring(_at, length);
        _at += length;
        return value;
    }

    private byte[] Attribute(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ';') ? Encoding.ASCII.GetBytes(name) : throw Fault("name of an attribute");

    private byte[] Octets(string value)
    {
        using var octets = new MemoryStream(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                if (i + 2 >= value.Length || !byte.TryParse(value.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
                    throw Fault("two hexadecimal digits behind '\\'");
                octets.WriteByte(octet);
                i += 2;
                continue;
            }

            var next = i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]) ? i + 2 : i + 1;
            octets.Write(Encoding.UTF8.GetBytes(value[i..next]));
            i = next - 1;
        }

        return octets.ToArray();
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void Take(char wanted)
    {
        if (Peek() != wanted)
            throw Fault($"'{wanted}'");
        _at++;
    }

    private static Asn1Tag Context(int number, bool constructed) => new(TagClass.ContextSpecific, number, constructed);

    private FormatException Fault(string wanted) => new($"The filter lacks {wanted} at character {_at + 1}.");
}
