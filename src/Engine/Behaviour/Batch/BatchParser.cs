namespace Platform.Engine.Behaviour.Batch;

/// <summary>
/// Reads one line as cmd.exe does after percent expansion, and further lines while a parenthesis is open. Whatever does not parse
/// is read as a plain command.
/// </summary>
internal sealed partial class BatchParser(string line, Func<string?> nextLine)
{
    private const int MaxDepth = 24;
    private const int MaxLength = 256 * 1024;

    // Lines come to the end one by one, thousands of them.
    private char[] _text = line.ToCharArray();
    private int _length = line.Length;
    private int _at;
    private int _depth;
    private int _open;

    public BatchNode Parse()
    {
        List<BatchNode> parts = [Sequence()];
        while (_at < _length)
        {
            // A closing parenthesis without an opening one: cmd ignores the rest, we read on.
            _at++;
            parts.Add(Sequence());
        }

        return parts.Count == 1 ? parts[0] : new BatchSequence(parts, [.. Enumerable.Repeat("&", parts.Count - 1)]);
    }

    private BatchNode Sequence()
    {
        List<BatchNode> parts = [];
        List<string> operators = [];
        while (true)
        {
            var start = _at;
            parts.Add(Command());
            var oper = Operator();
            if (oper is null)
                break;
            operators.Add(oper);
            if (_at <= start)
                break;
        }

        while (operators.Count >= parts.Count)
            operators.RemoveAt(operators.Count - 1);
        return parts.Count == 1 ? parts[0] : new BatchSequence(parts, operators);
    }

    private string? Operator()
    {
        SkipBlanks();
        if (_at >= _length)
            return null;
        foreach (var oper in (ReadOnlySpan<string>)["&&", "||", "&", "|"])
        {
            if (!_text.AsSpan(_at, _length - _at).StartsWith(oper))
                continue;
            _at += oper.Length;
            return oper;
        }

        if (_open > 0 && _text[_at] == '\n')
        {
            _at++;
            return "&";
        }

        return null;
    }

    private BatchNode Command()
    {
        while (_at < _length && (_text[_at] is ' ' or '\t' or '@' or ',' or ';' or '=' or '\v' or '\f' || _open > 0 && _text[_at] is '\n' or '&'))
            _at++;
        if (_at >= _length && _open > 0 && More())
            return Plain();
        return Plain();
    }

    private BatchNode Plain()
    {
        if (_depth >= MaxDepth)
            return Simple();
        _depth++;
        try
        {
            if (_at < _length && _text[_at] == '(')
                return Block();
            var start = _at;
            BatchNode? node = Word() switch
            {
                "if" => If(),
                "for" => For(),
                _ => null,
            };
            if (node is not null)
                return node;
            _at = start;
            return Simple();
        }
        finally
        {
            _depth--;
        }
    }

    private BatchSequence Block()
    {
        _at++;
        _open++;
        List<BatchNode> parts = [];
        while (true)
        {
            while (_at < _length && _text[_at] is ' ' or '\t' or '\n')
                _at++;
            if (_at >= _length && !More())
                break;
            if (_at < _length && _text[_at] == ')')
            {
                _at++;
                break;
            }

            var start = _at;
            parts.Add(Sequence());
            if (_at == start)
                _at++;
        }

        _open--;
        var (output, appends) = ("", false);
        SkipBlanks();
        while (_at < _length && (_text[_at] is '>' or '<' || char.IsAsciiDigit(_text[_at]) && _at + 1 < _length && _text[_at + 1] is '>'))
            (output, appends) = Redirection(output, appends, out _);
        return new BatchSequence(parts, [.. Enumerable.Repeat("&", Math.Max(0, parts.Count - 1))], output.Length > 0 ? output : null, appends);
    }

    private BatchIf? If()
    {
        var (not, ignores) = (false, false);
        var word = Argument();
        while (word.Length > 0 && (word.Equals("/i", StringComparison.OrdinalIgnoreCase) || word.Equals("not", StringComparison.OrdinalIgnoreCase)))
        {
            not ^= word.Equals("not", StringComparison.OrdinalIgnoreCase);
            ignores |= word[0] == '/';
            word = Argument();
        }

        if (word.Length == 0)
            return null;
        string left, oper, right;
        if (word.ToLowerInvariant() is "exist" or "defined" or "errorlevel" or "cmdextversion")
        {
            (left, oper, right) = (Argument(), word.ToLowerInvariant(), "");
        }
        else if (word.IndexOf("==", StringComparison.Ordinal) is >= 0 and var cut)
        {
            left = word[..cut];
            oper = "==";
            right = word[(cut + 2)..];
            if (right.Length == 0)
                right = Argument();
        }
        else
        {
            left = word;
            oper = Argument().ToLowerInvariant();
            if (oper.StartsWith("==", StringComparison.Ordinal) && oper.Length > 2)
            {
                right = oper[2..];
                oper = "==";
            }
            else
            {
                right = Argument();
            }
        }

        var then = Command();
        BatchNode? otherwise = null;
        var mark = _at;
        SkipBlanks();
        if (_open > 0 && then is BatchSequence)
            while (_at < _length && _text[_at] is ' ' or '\t')
                _at++;
        if (Word() == "else")
            otherwise = Command();
        else
            _at = mark;
        return new BatchIf(not, ignores, left, oper, right, then, otherwise);
    }

    private BatchFor? For()
    {
        var (mode, options) = (' ', "");
        SkipBlanks();
        while (_at + 1 < _length && _text[_at] == '/')
        {
            mode = char.ToLowerInvariant(_text[_at + 1]);
            _at += 2;
            SkipBlanks();
            if (_at < _length && _text[_at] == '"')
            {
                var end = Array.IndexOf(_text, '"', _at + 1, _length - _at - 1);
                if (end < 0)
                    return null;
                options = new string(_text, _at + 1, end - _at - 1);
                _at = end + 1;
            }

            SkipBlanks();
        }

        while (_at < _length && _text[_at] != '%')
        {
            // for /r FOLDER %%i, for /f "usebackq" tokens=*: what stands between is not needed.
            if (_text[_at] is '(' or '\n')
                return null;
            _at++;
        }

        while (_at < _length && _text[_at] == '%')
            _at++;
        if (_at >= _length)
            return null;
        var variable = _text[_at++];
        if (!Argument().Equals("in", StringComparison.OrdinalIgnoreCase))
            return null;
        SkipBlanks();
        if (_at >= _length || _text[_at] != '(')
            return null;
        var set = ForSet();
        return Argument().Equals("do", StringComparison.OrdinalIgnoreCase) ? new BatchFor(mode, options, variable, set, Command()) : null;
    }

    private string ForSet()
    {
        _at++;
        var start = _at;
        var (level, quoted, blank) = (1, false, true);
        var mark = '\0';
        while (true)
        {
            if (_at >= _length && !More())
                break;
            var c = _text[_at];
            if (c == '"')
                quoted = !quoted;
            else if (c is '\'' or '`' && !quoted && (mark == '\0' && blank || mark == c))
                mark = mark == '\0' ? c : '\0';
            else if (c == '^')
                // What it takes the meaning of may be the end of the line.
                _at = Math.Min(_at + 1, _length - 1);
            else if (c == '(' && !quoted)
                level++;
            else if (c == ')' && !quoted && mark == '\0' && --level <= 0)
                break;
            blank &= char.IsWhiteSpace(c);
            _at++;
        }

        var end = Math.Min(_at, _length);
        _at = Math.Min(_length, end + 1);
        return new string(_text, start, end - start).Replace("^", "", StringComparison.Ordinal).Replace('\n', ' ').Trim();
    }
}
