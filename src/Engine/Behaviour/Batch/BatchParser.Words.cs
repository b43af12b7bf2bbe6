using System.Text;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>A plain command: its word, arguments and redirections, with quotes and carets.</summary>
internal sealed partial class BatchParser
{
    private BatchCommand Simple()
    {
        var text = new StringBuilder();
        var (quoted, output, appends) = (false, "", false);
        string? input = null;
        while (_at < _length)
        {
            var c = _text[_at];
            if (c == '\n')
                break;
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                if (c == '^')
                {
                    _at++;
                    if (_at >= _length && !MoreAfterCaret())
                        break;
                    if (_at < _length)
                        text.Append(_text[_at++]);
                    continue;
                }

                if (c is '&' or '|' || c == ')' && _open > 0)
                    break;
                if (c is '>' or '<')
                {
                    if (text.Length > 0 && text[^1] is '1' or '2' && (text.Length == 1 || text[^2] is ' ' or '"'))
                    {
                        var isError = text[^1] == '2';
                        text.Length--;
                        var (target, joins) = Redirection("", false, out _);
                        if (!isError)
                            (output, appends) = (target, joins);
                        continue;
                    }

                    (output, appends) = Redirection(output, appends, out var from);
                    input = from ?? input;
                    continue;
                }
            }

            text.Append(c);
            _at++;
        }

        return new BatchCommand(text.ToString(), output.Length > 0 ? output : null, appends, input);
    }

    private (string Output, bool Appends) Redirection(string output, bool appends, out string? input)
    {
        input = null;
        if (char.IsAsciiDigit(_text[_at]))
            _at++;
        var reads = _text[_at] == '<';
        _at++;
        var joins = _at < _length && _text[_at] == '>';
        if (joins)
            _at++;
        SkipBlanks();
        if (_at < _length && _text[_at] == '&')
        {
            _at = Math.Min(_length, _at + 2);
            return (output, appends);
        }

        var target = Argument();
        if (reads)
        {
            input = target;
            return (output, appends);
        }

        return target.Equals("nul", StringComparison.OrdinalIgnoreCase) ? (output, appends) : (target, joins);
    }

    private string Argument()
    {
        SkipBlanks();
        var word = new StringBuilder();
        var quoted = false;
        while (_at < _length)
        {
            var c = _text[_at];
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && (c is ' ' or '\t' or '\n' or '&' or '|' or '<' or '>' or '(' && word.Length > 0 && word[^1] != '%' || c is ',' or ';' || c == ')' && _open > 0))
                break;
            if (c == '^' && !quoted && _at + 1 < _length)
            {
                word.Append(_text[++_at]);
                _at++;
                continue;
            }

            word.Append(c);
            _at++;
            if (c == '(' && !quoted && word.Length == 1)
                break;
        }

        return word.ToString();
    }

    private string Word()
    {
        SkipBlanks();
        var word = new StringBuilder();
        while (_at < _length && word.Length < 8)
        {
            var c = _text[_at];
            if (c == '^' && _at + 1 < _length)
                c = _text[++_at];
            if (!char.IsAsciiLetter(c))
                break;
            word.Append(char.ToLowerInvariant(c));
            _at++;
        }

        return _at < _length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '\\' or ':' or '_' or '-') ? "" : word.ToString();
    }

    private bool More()
    {
        if (_length > MaxLength || nextLine() is not { } line)
            return false;
        Append("\n");
        Append(line);
        return true;
    }

    private bool MoreAfterCaret()
    {
        if (_length > MaxLength || nextLine() is not { } line)
            return false;
        Append(line);
        return true;
    }

    private void Append(string line)
    {
        if (_length + line.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_length + line.Length, _text.Length * 2));
        line.CopyTo(0, _text, _length, line.Length);
        _length += line.Length;
    }

    private void SkipBlanks()
    {
        while (_at < _length && _text[_at] is ' ' or '\t' or ',' or ';' or '\v' or '\f' or '\u00a0')
            _at++;
    }
}
