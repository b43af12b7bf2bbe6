using System.Buffers;

namespace Platform.Engine.Attachments.Vba;

/// <summary>
/// Reads VBA source ([MS-VBAL] 3.2, 3.3) into procedures: enough to see who calls what, none of it is run here. Declared functions of
/// libraries (5.2.3.5) count as procedures that speak of the function's real name.
/// </summary>
internal sealed class VbaCode
{
    private const int MaxProcedures = 2_000;
    private const int MaxStrings = 20_000;
    private const int MaxJoined = 64 * 1024;
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private readonly List<VbaProcedure> _procedures = [];
    private readonly string _source;
    private readonly string _module;
    private readonly List<Token> _statement = [];
    private VbaProcedure _current;
    private int _strings;
    private int _at;

    private VbaCode(string module, string source)
    {
        _module = module;
        _source = source;
        _current = new VbaProcedure(module, "");
        _procedures.Add(_current);
    }

    public static IReadOnlyList<VbaProcedure> Read(string module, string source)
    {
        var code = new VbaCode(module, source);
        code.ReadAll();
        return code._procedures;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (c is '\r' or '\n' or ':')
            {
                EndStatement();
                _at++;
            }
            else if (c == '\'')
                SkipLine();
            else if (c == '"')
                ReadString();
            else if (c == '_' && IsContinued())
                SkipContinuation();
            else if (char.IsLetter(c) || c == '_')
                ReadName();
            else if (char.IsAsciiDigit(c) || c == '&' && _at + 1 < _source.Length && _source[_at + 1] is 'H' or 'h' or 'O' or 'o')
                ReadNumber();
            else
            {
                if (c is not (' ' or '\t'))
                    _statement.Add(new Token(TokenKind.Mark, c.ToString()));
                _at++;
            }
        }

        EndStatement();
    }

    private void SkipLine()
    {
        var length = _source.AsSpan(_at).IndexOfAny(LineEnds);
        _at = length < 0 ? _source.Length : _at + length;
    }

    private bool IsContinued()
    {
        var next = _at + 1;
        while (next < _source.Length && _source[next] is ' ' or '\t')
            next++;
        return (next >= _source.Length || _source[next] is '\r' or '\n') && _at > 0 && _source[_at - 1] is ' ' or '\t';
    }

    private void SkipContinuation()
    {
        SkipLine();
        if (_at < _source.Length && _source[_at] == '\r')
            _at++;
        if (_at < _source.Length && _source[_at] == '\n')
            _at++;
    }

    private void ReadString()
    {
        var text = new System.Text.StringBuilder();
        _at++;
        while (_at < _source.Length && _source[_at] is not ('\r' or '\n'))
        {
            if (_source[_at] != '"')
            {
                text.Append(_source[_at++]);
                continue;
            }

            if (_at + 1 >= _source.Length || _source[_at + 1] != '"')
                break;
            text.Append('"');
            _at += 2;
        }

        if (_at < _source.Length && _source[_at] == '"')
            _at++;
        _statement.Add(new Token(TokenKind.String, text.ToString()));
    }

    private void ReadName()
    {
        var start = _at;
        while (_at < _source.Length && (char.IsLetterOrDigit(_source[_at]) || _source[_at] == '_'))
            _at++;
        var name = _source[start.._at];
        if (_at < _source.Length && _source[_at] is '$' or '%' or '!' or '#' or '@')
            _at++;
        if (_statement.Count == 0 && (name.Equals("Rem", StringComparison.OrdinalIgnoreCase) || name.Equals("Attribute", StringComparison.OrdinalIgnoreCase)))
            SkipLine();
        else
            _statement.Add(new Token(TokenKind.Name, name));
    }

    private void ReadNumber()
    {
        var start = _at++;
        while (_at < _source.Length && (char.IsLetterOrDigit(_source[_at]) || _source[_at] is '.'))
            _at++;
        _statement.Add(new Token(TokenKind.Number, _source[start.._at]));
        if (_at < _source.Length && _source[_at] is '&' or '%' or '!' or '#')
            _at++;
    }

    private void EndStatement()
    {
        if (_statement.Count == 0)
            return;
        // A function of a library is of use only to what calls it.
        var declaresLibrary = Declare();
        if (Is(0, "End") && (Is(1, "Sub") || Is(1, "Function") || Is(1, "Property")))
            _current = _procedures[0];
        else if (!declaresLibrary)
            Gather();
        _statement.Clear();
    }

    /// <summary>True when the statement declares a function of a library.</summary>
    private bool Declare()
    {
        var at = 0;
        while (Is(at, "Public") || Is(at, "Private") || Is(at, "Friend") || Is(at, "Static") || Is(at, "Global"))
            at++;
        var declared = Is(at, "Declare");
        if (declared)
            at++;
        if (Is(at, "PtrSafe"))
            at++;
        if (Is(at, "Property"))
            at++;
        else if (!Is(at, "Sub") && !Is(at, "Function"))
            return false;
        else
            at++;
        if (Is(at - 1, "Property") && (Is(at, "Get") || Is(at, "Let") || Is(at, "Set")))
            at++;
        if (at >= _statement.Count || _statement[at].Kind != TokenKind.Name || _procedures.Count >= MaxProcedures)
            return false;
        var procedure = new VbaProcedure(_module, _statement[at].Text);
        _procedures.Add(procedure);
        if (declared)
            procedure.Names.UnionWith([procedure.Name, .. _statement.Where(token => token.Kind == TokenKind.String).Select(token => token.Text)]);
        else
            _current = procedure;
        return declared;
    }

    private void Gather()
    {
        string? joined = null;
        var numbers = 0;
        for (var index = 0; index < _statement.Count; index++)
        {
            var (kind, text) = _statement[index];
            if (kind == TokenKind.String)
            {
                joined = joined is null || joined.Length > MaxJoined ? text : joined + text;
                if (!IsJoin(index + 1) || index + 2 >= _statement.Count || _statement[index + 2].Kind != TokenKind.String)
                {
                    Keep(joined);
                    joined = null;
                }
            }
            else if (kind == TokenKind.Name)
            {
                _current.Names.Add(text);
                Call(index, text);
            }

            numbers = kind == TokenKind.Number && text.Length <= 5 ? numbers + 1 : kind == TokenKind.Mark && text is "," or "-" ? numbers : 0;
            _current.LongestNumberList = Math.Max(_current.LongestNumberList, numbers);
        }
    }

    private void Keep(string text)
    {
        if (text.Length > 0 && _strings++ < MaxStrings)
            _current.Strings.Add(text);
    }

    private void Call(int index, string name)
    {
        if (index + 2 >= _statement.Count || _statement[index + 1].Text is not "(")
            return;

        var argument = _statement[index + 2];
        if (name.ToUpperInvariant() is "CHR" or "CHRW" or "CHRB" && !(argument.Kind == TokenKind.Number && argument.Text is "9" or "10" or "13" or "32" or "34" or "39"))
            _current.NumberedCharacters++;
        if (name.ToUpperInvariant() is "CHR" or "CHRW" or "CHRB" && argument.Kind == TokenKind.Name)
            _current.ComputedCharacters++;
        if (name.ToUpperInvariant() is "CREATEOBJECT" or "GETOBJECT" && argument.Kind != TokenKind.String && argument.Text != ",")
            _current.ComputedClasses++;
    }

    private bool IsJoin(int index) => index < _statement.Count && _statement[index].Kind == TokenKind.Mark && _statement[index].Text is "&" or "+";

    private bool Is(int index, string word) =>
        index >= 0 && index < _statement.Count && _statement[index].Kind == TokenKind.Name && _statement[index].Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private enum TokenKind
    {
        Name,
        String,
        Number,
        Mark,
    }

    private readonly record struct Token(TokenKind Kind, string Text);
}
