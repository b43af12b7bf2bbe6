using System.Globalization;
using System.Text;

namespace Platform.Engine.Authentication.Results;

// Authentication-Results (RFC 8601) is how a border server tells those behind it what SPF, DKIM and DMARC gave:
// `mx.example.com; spf=pass smtp.mailfrom=a@b.test; dkim=fail reason="bad body" header.d=b.test`.
// First the authserv-id that names who looked, with the version of the format; then, behind semicolons, a result a method,
// with a reason and the properties it looked at. Comments may stand between all of these. Anyone can write such a field,
// so one that comes from outside is a claim: the one with our own id is taken out before we write ours (RFC 8601, 5),
// others are kept and shown, and believed by nobody. Ours must not be broken out of: what a sender chose, such as a
// domain with a quote or a line end in it, is quoted or replaced.

/// <summary>Reads the value of an Authentication-Results field (RFC 8601, 2.2).</summary>
public static class ResultsParser
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The field; null when no authserv-id is in it (RFC 8601, 2.5). Never throws; linear. What is no result is passed over.</summary>
    /// <param name="value">The raw value, one char an octet or text; folds are white space.</param>
    public static ResultsField? Parse(string value)
    {
        var reader = new ResultsReader(value.Length > MaxLength ? value[..MaxLength] : value);
        return reader.Read(value.Length > MaxLength);
    }
}

internal sealed class ResultsReader(string text)
{
    private const int MaxResults = 100;
    private const int MaxProperties = 50;

    private int _position;
    private bool _isMalformed;

    public ResultsField? Read(bool isCut)
    {
        _isMalformed = isCut;
        SkipSpace();
        var id = Value("; \t\r\n(");
        if (id.Length == 0)
            return null;
        SkipSpace();
        int? version = null;
        if (!AtEnd && text[_position] != ';')
        {
            version = Number(Value("; \t\r\n("));
            _isMalformed |= version is null;
            SkipToSemicolon();
        }

        var results = new List<MethodResult>();
        while (!AtEnd && results.Count < MaxResults)
        {
            _position++;
            SkipSpace();
            if (Result() is { } result)
                results.Add(result);
            SkipToSemicolon();
        }

        _isMalformed |= !AtEnd;
        return new ResultsField(id, version, results, _isMalformed);
    }

    private bool AtEnd => _position >= text.Length;

    private bool Takes(char mark)
    {
        SkipSpace();
        if (AtEnd || text[_position] != mark)
            return false;
        _position++;
        SkipSpace();
        return true;
    }

    // method[/version] = result [reason = value] *(type . name = value); null for `none` or what is no result.
    private MethodResult? Result()
    {
        if (AtEnd || text[_position] == ';')
            return null;
        var method = Value("/=; \t\r\n(").ToLowerInvariant();
        int? version = null;
        if (Takes('/'))
        {
            version = Number(Value("=; \t\r\n("));
            _isMalformed |= version is null;
        }

        if (!Takes('='))
        {
            _isMalformed |= method != "none";
            return null;
        }

        var result = Value("; \t\r\n(").ToLowerInvariant();
        if (method.Length == 0 || result.Length == 0)
        {
            _isMalformed = true;
            return null;
        }

        string? reason = null;
        var properties = new List<ResultProperty>();
        for (SkipSpace(); !AtEnd && text[_position] != ';'; SkipSpace())
        {
            var before = _position;
            var type = Value(".=; \t\r\n(").ToLowerInvariant();
            if (type == "reason" && properties.Count == 0 && reason is null && Takes('='))
                reason = Value("; \t\r\n(");
            else if (Takes('.') && Value("=; \t\r\n(").ToLowerInvariant() is { Length: > 0 } name && Takes('=') && type.Length > 0 && properties.Count < MaxProperties)
                properties.Add(new ResultProperty(type, name, Value("; \t\r\n(")));
            else
                _isMalformed = true;
            if (_position == before)
                _position++;
        }

        return new MethodResult(method, version, result, reason, properties);
    }

    // A quoted string, or a run up to one of the stops; a quote within a run belongs to it: a local-part may be quoted.
    private string Value(string stops)
    {
        if (!AtEnd && text[_position] == '"')
        {
            var quoted = Quoted();
            if (AtEnd || text[_position] != '@')
                return quoted;
            return $"\"{quoted}\"{Run(stops)}";
        }

        return Run(stops);
    }

    private string Run(string stops)
    {
        var start = _position;
        while (!AtEnd && !stops.Contains(text[_position], StringComparison.Ordinal))
            _position++;
        return text[start.._position];
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (_position++; !AtEnd; _position++)
        {
            var c = text[_position];
            if (c == '\\' && _position + 1 < text.Length)
                c = text[++_position];
            else if (c == '"')
                break;
            value.Append(c);
        }

        _isMalformed |= AtEnd;
        _position = Math.Min(_position + 1, text.Length);
        return value.ToString();
    }

    private void SkipSpace()
    {
        while (!AtEnd)
        {
            if (text[_position] == '(')
                SkipComment();
            else if (text[_position] is ' ' or '\t' or '\r' or '\n')
                _position++;
            else
                return;
        }
    }

    private void SkipComment()
    {
        var depth = 0;
        for (; !AtEnd; _position++)
        {
            var c = text[_position];
            if (c == '\\')
                _position++;
            else if (c == '(')
                depth++;
            else if (c == ')' && --depth == 0)
                break;
        }

        _isMalformed |= AtEnd;
        _position = Math.Min(_position + 1, text.Length);
    }

    private void SkipToSemicolon()
    {
        for (SkipSpace(); !AtEnd && text[_position] != ';'; SkipSpace())
        {
            _isMalformed = true;
            if (text[_position] == '"')
                Quoted();
            else
                _position++;
        }
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
