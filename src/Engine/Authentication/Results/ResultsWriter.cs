using System.Globalization;
using System.Text;

namespace Platform.Engine.Authentication.Results;

/// <summary>
/// Writes an Authentication-Results field (RFC 8601, 2.2) that nothing a sender chose can break out of: what is more than a plain
/// word, domain or address is quoted, controls and non-ASCII become <c>?</c>, every value is bounded.
/// </summary>
public static class ResultsWriter
{
    /// <summary>The name of the field (RFC 8601, 2.2).</summary>
    public const string FieldName = "Authentication-Results";

    private const int MaxValue = 255;

    /// <summary>The value after the colon and its space, folded with CRLF and a tab before each result (RFC 5322, 2.2.3); no line end after it.</summary>
    public static string Write(ResultsField field)
    {
        var text = new StringBuilder(Word(field.ServiceId));
        if (field.Version is { } version)
            text.Append(CultureInfo.InvariantCulture, $" {version}");
        if (field.Results.Count == 0)
            return text.Append("; none").ToString();
        foreach (var result in field.Results)
        {
            text.Append(";\r\n\t").Append(Keyword(result.Method));
            if (result.Version is { } methodVersion)
                text.Append(CultureInfo.InvariantCulture, $"/{methodVersion}");
            text.Append('=').Append(Keyword(result.Result));
            if (result.Reason is { } reason)
                text.Append(" reason=").Append(Quoted(reason));
            foreach (var property in result.Properties)
                text.Append("\r\n\t ").Append(Keyword(property.Type)).Append('.').Append(Keyword(property.Name)).Append('=').Append(Value(property.Value));
        }

        return text.ToString();
    }

    // RFC 5321, Keyword: letters, digits, inner hyphens; underscores are in use. Anything else is left out.
    private static string Keyword(string name)
    {
        var kept = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(40)).ToLowerInvariant();
        return kept.Length == 0 ? "unknown" : kept;
    }

    private static string Word(string value) => IsPlain(value) ? value : Quoted(value);

    // A plain word, or local@domain of plain words. An apostrophe is no plain character here: some readers take it for a quote.
    private static string Value(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return IsPlain(value) || (at >= 0 && value.Length <= MaxValue && (at == 0 || IsPlain(value[..at])) && IsPlain(value[(at + 1)..])) ? value : Quoted(value);
    }

    private static bool IsPlain(string value) => value.Length is > 0 and <= MaxValue && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '+');

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value.Length > MaxValue ? value.AsSpan(0, MaxValue) : value)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return text.Append('"').ToString();
    }
}
