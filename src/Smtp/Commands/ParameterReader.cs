namespace Platform.Smtp.Commands;

/// <summary>Walks the parameters of MAIL and RCPT, <c>KEYWORD[=value]</c> with spaces between (RFC 5321, 4.1.2).</summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public ReadOnlySpan<byte> Keyword { get; private set; }

    /// <summary>Empty when the keyword stands alone.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool HasValue { get; private set; }

    public bool IsMalformed { get; private set; }

    /// <summary>False at the end, and at a parameter that breaks the grammar (see <see cref="IsMalformed"/>).</summary>
    public bool Next()
    {
        var rest = _rest.TrimStart((byte)' ');
        if (rest.IsEmpty)
            return false;
        var end = rest.IndexOf((byte)' ');
        var parameter = end < 0 ? rest : rest[..end];
        _rest = end < 0 ? default : rest[end..];

        var equals = parameter.IndexOf((byte)'=');
        HasValue = equals >= 0;
        Keyword = HasValue ? parameter[..equals] : parameter;
        Value = HasValue ? parameter[(equals + 1)..] : default;
        IsMalformed = !IsKeyword(Keyword) || (HasValue && !IsValue(Value));
        return !IsMalformed;
    }

    public readonly bool Is(ReadOnlySpan<byte> upperKeyword) => System.Text.Ascii.EqualsIgnoreCase(Keyword, upperKeyword);

    private static bool IsKeyword(ReadOnlySpan<byte> keyword)
    {
        if (keyword.IsEmpty || keyword[0] == '-')
            return false;
        foreach (var octet in keyword)
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '-')
                return false;
        return true;
    }

    private static bool IsValue(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return false;
        foreach (var octet in value)
            if (octet is < 33 or (byte)'=' or 127)
                return false;
        return true;
    }
}
