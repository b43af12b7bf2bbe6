using System.Text;

namespace Platform.Engine.Mail.Fields;

/// <summary>
/// Address lists (RFC 5322, 3.4): <c>name &lt;local@domain&gt;</c>, <c>local@domain (name)</c>, groups <c>name: a, b;</c>.
/// Parsed before encoded words are decoded, since what they hold is text and never syntax. One pass, no recursion;
/// anything at all gives a list: what has no address keeps its name.
/// </summary>
internal sealed class AddressList
{
    public const int MaxAddresses = 1_000;
    private const int MaxNameLength = 1_000;

    private readonly string _text;
    private readonly List<MailAddress> _addresses = [];
    private readonly StringBuilder _words = new();
    private readonly StringBuilder _comment = new();
    private string? _angle;
    private bool _quotedName;
    private bool _quotesNeverClose;
    private bool _hasAt;
    private int _position;

    private AddressList(string text) => _text = text;

    public static IReadOnlyList<MailAddress> Parse(string text, out bool cut)
    {
        var list = new AddressList(text);
        cut = list.Read();
        return list._addresses;
    }

    private bool Read()
    {
        while (_position < _text.Length)
        {
            if (_addresses.Count >= MaxAddresses)
                return true;
            var c = _text[_position];
            switch (c)
            {
                case '"' when !_quotesNeverClose:
                    ReadQuoted();
                    break;
                case '(':
                    ReadComment();
                    break;
                case '<':
                    if (_angle is not null)
                        Emit();
                    ReadAngle();
                    break;
                case ',' or ';':
                    _position++;
                    Emit();
                    break;
                case ':' when _angle is null && !_hasAt:
                    _position++;
                    _words.Clear();
                    _comment.Clear();
                    break;
                default:
                    if (_words.Length < MaxNameLength)
                        _words.Append(c);
                    _hasAt |= c == '@';
                    _position++;
                    break;
            }
        }

        Emit();
        return false;
    }

    private void ReadQuoted()
    {
        _quotedName = true;
        var start = ++_position;
        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] != '"')
        {
            if (_text[_position] == '\\' && _position + 1 < _text.Length)
                _position++;
            value.Append(_text[_position++]);
        }

        if (_position >= _text.Length)
        {
            // Never closed: the quote was a plain character, and what follows is still syntax. Nor does a later one close.
            _quotesNeverClose = true;
            _position = start;
            _words.Append('"');
            return;
        }

        _position++;
        if (_words.Length < MaxNameLength)
            _words.Append(value);
        _hasAt |= value.ToString().Contains('@', StringComparison.Ordinal);
    }

    private void ReadComment()
    {
        var depth = 0;
        for (; _position < _text.Length; _position++)
        {
            var c = _text[_position];
            if (c == '\\' && _position + 1 < _text.Length)
                c = _text[++_position];
            else if (c == '(' && ++depth == 1)
                continue;
            else if (c == ')' && --depth == 0)
                break;
            if (_comment.Length < MaxNameLength)
                _comment.Append(c);
        }

        _position++;
        if (_words.Length > 0)
            _words.Append(' ');
    }

    private void ReadAngle()
    {
        var start = ++_position;
        var quoted = false;
        while (_position < _text.Length && (quoted || _text[_position] is not ('>' or ',' or '<')))
        {
            if (_text[_position] == '"')
                quoted = !quoted;
            _position++;
        }

        if (_position < _text.Length && _text[_position] == ',' && _text[start] == '@')
        {
            // A source route (RFC 5322, 4.4) has commas: @a,@b:user@c.
            while (_position < _text.Length && _text[_position] != '>')
                _position++;
        }

        var address = _text[start.._position];
        if (_position < _text.Length && _text[_position] == '>')
            _position++;
        if (address.StartsWith('@') && address.IndexOf(':', StringComparison.Ordinal) is var route and > 0)
            address = address[(route + 1)..];
        _angle = address;
    }

    private void Emit()
    {
        var words = Collapse(_words.ToString());
        var address = _angle;
        var name = words;
        if (address is null && words.Contains('@', StringComparison.Ordinal))
        {
            address = _quotedName ? words : BareAddress(words);
            name = _comment.ToString().Trim();
        }
        else if (name.Length == 0)
        {
            name = _comment.ToString().Trim();
        }

        if (!string.IsNullOrWhiteSpace(address) || name.Length > 0)
            _addresses.Add(Make(Bound(EncodedWords.Decode(name)), address ?? ""));
        _words.Clear();
        _comment.Clear();
        _hasAt = false;
        _angle = null;
        _quotedName = false;
    }

    // Words beside a bare address are not part of it: "Bank support@bank.test".
    private static string BareAddress(string words)
    {
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (word.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at < word.Length - 1)
                return word;
        return words.Replace(" ", "", StringComparison.Ordinal);
    }

    private static MailAddress Make(string name, string address)
    {
        var compact = Bound(string.Concat(address.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))));
        var at = compact.LastIndexOf('@');
        if (at < 0)
            return new MailAddress(name, compact, compact, "");
        var domain = compact[(at + 1)..].TrimEnd('.').ToLowerInvariant();
        var local = compact[..at];
        if (local is ['"', .., '"'] && local.Length > 1)
            local = local[1..^1].Replace("\\", "", StringComparison.Ordinal);
        return new MailAddress(name, compact, local, domain);
    }

    private static string Collapse(string text) => string.Join(' ', text.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static string Bound(string text) => text.Length <= MaxNameLength ? text : text[..MaxNameLength];
}
