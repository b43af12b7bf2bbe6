using System.Text;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// The MIME fields of one entity (RFC 2045): what they say, and what else they could be read to say. Notes
/// (<see cref="StructureNote.Id"/>) are made only for what is off the standard.
/// </summary>
internal sealed class EntityFields
{
    private readonly List<MimeField> _types;
    private readonly List<MimeField> _dispositions;

    private EntityFields(List<MimeField> types, List<MimeField> dispositions, IReadOnlyList<string> encodings)
    {
        (_types, _dispositions, TransferEncodings) = (types, dispositions, encodings);
    }

    public required string MediaType { get; init; }

    /// <summary>Media types of further Content-Type fields.</summary>
    public IEnumerable<string> OtherTypes => _types.Skip(1).Select(t => CleanType(t.Value)).Where(t => t != MediaType);

    public string? Charset => _types is [var type, ..] ? type.Parameter("charset") : null;

    public string? TypeParameter(string name) => _types is [var type, ..] ? type.Parameter(name) : null;

    public string? Disposition => _dispositions is [{ Value.Length: > 0 } disposition, ..] ? disposition.Value : null;

    public required string? ContentId { get; init; }

    /// <summary>Values of the Content-Transfer-Encoding fields, lower-case, in order.</summary>
    public IReadOnlyList<string> TransferEncodings { get; }

    public string? FileName => FileNames is [var name, ..] ? name : null;

    public IReadOnlyList<string> FileNames { get; private init; } = [];

    /// <summary>Boundaries to try, likeliest first; octets as Latin-1.</summary>
    public IReadOnlyList<string> Boundaries { get; private init; } = [];

    public bool HasContentType => _types.Count > 0;

    /// <param name="lastField">Of several fields of a name the last counts, in place of the first.</param>
    public static EntityFields Read(HeaderBlock block, string defaultType, string where, ReadBudget budget, bool lastField = false)
    {
        var types = Parse("content-type");
        var dispositions = Parse("content-disposition");
        var encodings = block.Named("Content-Transfer-Encoding").Select(h => Unfold(h).ToLowerInvariant()).ToList();
        if (lastField)
        {
            types.Reverse();
            dispositions.Reverse();
            encodings.Reverse();
        }

        if (encodings.Count > 1)
            Off("duplicate-transfer-encoding", string.Join(" | ", encodings));
        if (types.Count > 1)
            Off("duplicate-content-type", string.Join(" | ", types.Select(t => t.Value)));
        if (dispositions.Count > 1)
            Off("duplicate-content-disposition", string.Join(" | ", dispositions.Select(d => d.Value)));
        foreach (var header in block.Fields)
            if (LooksLikeHiddenMimeField(header))
                Off("hidden-mime-header", header.Name);

        var mediaType = types is [var type, ..] ? CleanType(type.Value) : defaultType;
        if (types.Count > 0 && !IsMediaType(types[0].Value))
            Off("bad-content-type", types[0].Value);
        foreach (var type2 in types)
            if (Rfc2231.Defect(type2, "boundary") is { } defect && type2.Value.StartsWith("multipart", StringComparison.Ordinal))
                Off("ambiguous-boundary", defect);
        var names = Names(types, dispositions, Off);
        return new EntityFields(types, dispositions, encodings)
        {
            MediaType = mediaType,
            ContentId = block.Named("Content-ID").FirstOrDefault()?.Value.Trim('<', '>', ' '),
            FileNames = names,
            Boundaries = [.. types.SelectMany(BoundaryReadings).Distinct(StringComparer.Ordinal).Take(12)],
        };

        List<MimeField> Parse(string name)
        {
            var fields = new List<MimeField>();
            foreach (var header in block.Named(name).Take(8))
            {
                var field = MimeField.Parse(Unfold(header));
                foreach (var defect in field.Defects)
                    Off("malformed-" + name, defect);
                if (field.Cut)
                    budget.Cut("limit-parameters", where, name);
                fields.Add(field);
            }

            return fields;
        }

        void Off(string id, string detail) => budget.Note(id, where, detail);
    }

    /// <summary>Latin-1 of the octets, fold removed (RFC 5322, 2.2.3).</summary>
    private static string Unfold(MailHeader header)
    {
        var text = header.RawValue;
        if (text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            return text.Trim();
        return text.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Trim(' ', '\t');
    }

    private static List<string> Names(List<MimeField> types, List<MimeField> dispositions, Action<string, string> off)
    {
        var names = new List<string>();
        foreach (var field in dispositions)
            Collect(field, "filename");
        foreach (var field in types)
            Collect(field, "name");
        foreach (var field in dispositions)
            Collect(field, "name");
        foreach (var field in types)
            Collect(field, "filename");
        return names;

        void Add(string name)
        {
            if (name.Length > 0 && names.Count < 8 && !names.Contains(name))
                names.Add(name);
        }

        void Collect(MimeField field, string parameter)
        {
            if (Rfc2231.Defect(field, parameter) is { } defect)
                off("ambiguous-file-name", defect);
            foreach (var name in Rfc2231.Readings(field, parameter))
            {
                var clean = CleanName(name);
                Add(clean);
                if (clean is ['\'', .., '\''] && clean.Length > 2)
                {
                    off("ambiguous-file-name", "single quotes");
                    Add(clean[1..^1]);
                }
            }
        }
    }

    private static string CleanName(string name)
    {
        var kept = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return kept.Length <= 500 ? kept : kept[..500];
    }

    private static IEnumerable<string> BoundaryReadings(MimeField type)
    {
        string? plain = null, last = null;
        foreach (var parameter in type.Parameters)
        {
            if (parameter.Name == "boundary")
            {
                plain ??= parameter.Value;
                last = parameter.Value;
            }
            else if (parameter is { Name: "", Value.Length: > 0 })
            {
                last = parameter.Value;
            }
        }

        if (plain is not null)
            yield return plain;
        foreach (var reading in Rfc2231.Readings(type, "boundary"))
            yield return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(reading));
        if (last is not null)
            yield return last;
        if (plain is null)
            yield break;

        // Clients that know no comments, quotes or escapes read these.
        if (plain.IndexOf(' ', StringComparison.Ordinal) is var space and > 0)
            yield return plain[..space];
        foreach (var naive in NaiveReadings(type.Text))
            yield return naive;
    }

    private static IEnumerable<string> NaiveReadings(string text)
    {
        for (var at = 0; (at = text.IndexOf("boundary", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += 8)
        {
            var equals = at + 8;
            while (equals < text.Length && text[equals] is ' ' or '\t')
                equals++;
            if (equals >= text.Length || text[equals] != '=')
                continue;
            var end = text.IndexOf(';', equals);
            var value = (end < 0 ? text[(equals + 1)..] : text[(equals + 1)..end]).Trim();
            yield return value;
            yield return value.Trim('"');
            yield return value.Replace("\\", "", StringComparison.Ordinal).Trim('"');
        }
    }

    private static string CleanType(string value) => IsMediaType(value) ? value : value.StartsWith("multipart", StringComparison.Ordinal) ? "multipart/mixed" : "text/plain";

    private static bool IsMediaType(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value.Length - 1)
            return false;
        foreach (var c in value.AsSpan(slash + 1))
            if (c is <= ' ' or > '~' or '"' or '(' or ')' or '<' or '>' or '@' or ',' or ';' or ':' or '\\' or '/' or '[' or ']' or '?' or '=')
                return false;
        foreach (var c in value.AsSpan(0, slash))
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '+' or '_'))
                return false;
        return true;
    }

    // A MIME field behind a bare CR or an odd character in its name is seen by some clients only.
    private static bool LooksLikeHiddenMimeField(MailHeader header)
    {
        if (header.RawValue.Contains('\r', StringComparison.Ordinal) && header.RawValue.Contains("content-", StringComparison.OrdinalIgnoreCase)
            && BareCrThenMime(header.RawValue))
            return true;
        if (header.Name.Length is < 12 or > 60 || IsMimeName(header.Name))
            return false;
        var letters = string.Concat(header.Name.Where(c => char.IsAsciiLetter(c) || c == '-'));
        return letters.Length < header.Name.Length && IsMimeName(letters);
    }

    private static bool BareCrThenMime(string value)
    {
        for (int at = value.IndexOf('\r', StringComparison.Ordinal), next; at >= 0; at = value.IndexOf('\r', next))
        {
            next = value.Length - value.AsSpan(at).TrimStart().Length;
            if (value.AsSpan(next).StartsWith("content-", StringComparison.OrdinalIgnoreCase) && HasBareReturn(value.AsSpan(at, next - at)))
                return true;
        }

        return false;
    }

    private static bool HasBareReturn(ReadOnlySpan<char> space)
    {
        for (var i = 0; i < space.Length; i++)
            if (space[i] == '\r' && !space[(i + 1)..].StartsWith('\n'))
                return true;
        return false;
    }

    private static bool IsMimeName(string name) =>
        name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-transfer-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("content-disposition", StringComparison.OrdinalIgnoreCase);
}
