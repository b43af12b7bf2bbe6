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

    private static string Word(string value) => IsPlain(Bounded(value)) ? Bounded(value) : Quoted(value);

    // A plain word, or local@domain of plain words. An apostrophe is no plain character here: some readers take it for a quote.
    private static string Value(string value)
    {
        var bounded = Bounded(value);
        var at = bounded.IndexOf('@', StringComparison.Ordinal);
        return IsPlain(bounded) || (at >= 0 && (at == 0 || IsPlain(bounded[..at])) && IsPlain(bounded[(at + 1)..])) ? bounded : Quoted(bounded);
    }

    private static bool IsPlain(string value) => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '+');

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in Bounded(value))
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return text.Append('"').ToString();
    }

    private static string Bounded(string value) => value.Length <= MaxValue ? value : value[..MaxValue];
}
