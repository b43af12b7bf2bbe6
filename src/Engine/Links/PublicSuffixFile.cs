using System.Text;

namespace Platform.Engine.Links;

/// <summary>A Public Suffix List as its makers publish it (publicsuffix.org/list): UTF-8, a rule a line up to the first white space, <c>//</c> opens a comment.</summary>
public static class PublicSuffixFile
{
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int MinRules = 100;

    /// <summary>Reads a list in place of the one that ships with the engine; both of its sections count.</summary>
    /// <exception cref="PublicSuffixException">It cannot be read, is larger than 16 MiB, holds a line that is no rule, or too few of them. The message names file and line.</exception>
    public static OrganisationalDomain Open(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw new PublicSuffixException($"The public suffix list {path} is larger than {MaxBytes} bytes.");
            return Read(File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PublicSuffixException($"The public suffix list {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the lines of a list.</summary>
    /// <param name="name">How the list is called in the message of an error.</param>
    /// <exception cref="PublicSuffixException">A line is no rule, or there are too few.</exception>
    public static OrganisationalDomain Read(IReadOnlyList<string> lines, string name)
    {
        var rules = new List<string>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].AsSpan().Trim();
            if (line.IsEmpty || line.StartsWith("//"))
                continue;
            var end = line.IndexOfAny(" \t");
            var rule = (end < 0 ? line : line[..end]).ToString();
            rules.Add(Ascii(rule) ?? throw new PublicSuffixException($"The public suffix list {name} has no rule in line {i + 1}: '{(rule.Length > 80 ? rule[..80] : rule)}'."));
        }

        return rules.Count >= MinRules ? new OrganisationalDomain(rules) : throw new PublicSuffixException($"The public suffix list {name} has {rules.Count} rules: it is not the whole list.");
    }

    // The rule in A-labels, as questions are put; null when it is none. A leading mark or star is kept.
    private static string? Ascii(string rule)
    {
        var prefix = rule.StartsWith('!') ? "!" : rule.StartsWith("*.", StringComparison.Ordinal) ? "*." : "";
        if (rule == "*")
            return rule;
        var name = rule[prefix.Length..];
        var ascii = OrganisationalDomain.ToAscii(name);
        return ascii.Length == 0 || ascii.StartsWith('.') || ascii.Contains("..", StringComparison.Ordinal) || !ascii.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? null : prefix + ascii;
    }
}

/// <summary>A public suffix list cannot be used. The message is for people.</summary>
public sealed class PublicSuffixException(string message, Exception? inner = null) : Exception(message, inner);
