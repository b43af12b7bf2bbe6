namespace Platform.Engine.PersonalData.Reading;

/// <summary>
/// A text as the classes look at it: one form, its digits, its lines and cells, and the words that name numbers. Made once, in time
/// linear in the length; what a class asks of it takes at most the logarithm of that.
/// </summary>
internal sealed class ReadableText
{
    private const int MaxGroups = 200_000;
    private const int LongestMerge = 20;
    private const int FarthestLabel = 60;
    private const int FarthestAbove = 600;
    private const int LinesAbove = 12;

    private readonly IReadOnlyList<LabelHit> _labels;
    private readonly NumberSlashes _slashes;

    public ReadableText(string source, LabelWords words)
    {
        Text = PlainForm.Of(source);
        Lower = Text.ToLowerInvariant();
        Groups = GroupsOf(Text, out var isCut);
        IsCut = isCut;
        Rows = new TextRows(Text);
        (_labels, BankWords) = words.Find(Lower);
        _slashes = new NumberSlashes(this);
    }

    /// <summary>In one form (<see cref="PlainForm"/>).</summary>
    public string Text { get; }

    /// <summary>The same length as <see cref="Text"/>.</summary>
    public string Lower { get; }

    public IReadOnlyList<DigitGroup> Groups { get; }

    public TextRows Rows { get; }

    /// <summary>Not all of it was looked at.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A class leaves off before the end.</summary>
    public void Cut() => IsCut = true;

    /// <summary>Where words of banks and their branches begin, in order.</summary>
    public IReadOnlyList<int> BankWords { get; }

    /// <summary>The number of so many digits that begins with a group; null when there is none, or when it is a part of something longer.</summary>
    public WrittenNumber? Number(int group, int digits)
    {
        var first = Groups[group];
        if (first.Length > digits)
            return null;
        if (first.Length == digits)
            return new WrittenNumber(first.Start, first.End, Text.Substring(first.Start, digits), [digits], Spacing.None, '\0', group);
        // In a row of like groups only the first begins something.
        if (group + 1 >= Groups.Count || SeparatorOf(first.End, Groups[group + 1].Start) is not { } before || CameFrom(group, first.Length, before))
            return null;
        var (count, at, spacing, separator) = (first.Length, group, Spacing.Even, '\0');
        while (count < digits)
        {
            if (at + 1 >= Groups.Count || at - group >= LongestMerge)
                return null;
            var (here, next) = (Groups[at], Groups[at + 1]);
            if (SeparatorOf(here.End, next.Start) is not { } by)
                return null;
            if (by is not (' ' or '-' or '.') || separator != '\0' && separator != by)
                spacing = Spacing.Loose;
            separator = separator == '\0' ? by : separator;
            count += next.Length;
            at++;
        }

        if (count > digits || GoesOn(at, Groups[at].Length, separator))
            return null;
        int[] layout = [.. Enumerable.Range(group, at - group + 1).Select(part => Groups[part].Length)];
        // Parts of one digit are boxes of a form, or a bad text recognition.
        spacing = Array.TrueForAll(layout, length => length <= 2) ? Spacing.Loose : spacing;
        return new WrittenNumber(first.Start, Groups[at].End, string.Concat(Enumerable.Range(group, layout.Length).Select(part => Text.Substring(Groups[part].Start, Groups[part].Length))), layout, spacing, separator, at);
    }

    /// <summary>
    /// Whether the place is the inside of a word, an address on the web, a decimal or an amount. A word that names the class right before it
    /// (TEL.03, Card No.45, card #45) is none that it is the inside of, and a slash between two whole numbers parts them.
    /// </summary>
    public bool IsEmbedded(int start, int end, PersonalDataClass own)
    {
        var before = start > 0 ? Text[start - 1] : '\n';
        var after = end < Text.Length ? Text[end] : '\n';
        if (IsWordCharacter(after) || before is '¥' or '$' or '€' or '₩' or '£' or '\\' || after is '%' or '円' or '원')
            return true;
        if (IsInsideBefore(before, start) && !IsNamedRightBefore(start, own))
            return true;
        if (after is '-' or '.' or '/' or '@' or ':' && end + 1 < Text.Length && IsWordCharacter(Text[end + 1]) && !(after == '/' && _slashes.BeginsWhole(end + 1)))
            return true;
        return IsInAddressOfWeb(start);
    }

    /// <summary>Whether a word begins at a place that names a class.</summary>
    public bool IsLabelAt(int start) => LastBefore(start) + 1 is var index && index < _labels.Count && _labels[index] is { Class: not null } label && label.Start == start;

    /// <summary>Whether the word for a class ends where a value begins, or before the sign for its number: TEL03, FAX.03, card #45, 個人番号No.12.</summary>
    /// <param name="own">Null: of whatever class.</param>
    public bool IsNamedRightBefore(int start, PersonalDataClass? own)
    {
        const int longest = 4;
        if (LastBefore(start) is not (>= 0 and var index) || _labels[index] is not { Class: { } named } label || own is not null && named != own || label.End > start || start - label.End > longest)
            return false;
        return Lower.AsSpan(label.End, start - label.End).TrimStart(' ') is "" or "." or "#" or "no" or "no.";
    }

    /// <summary>What the words around a value say it is: the nearest that stands in a place for such a word.</summary>
    /// <param name="own">Counts of several words in one line above, which are the head of columns that only blanks part.</param>
    public Label? LabelOf(int start, int end, PersonalDataClass own)
    {
        var (line, from) = Rows.Locate(start);
        var cell = Rows.CellAt(line, start);
        var index = LastBefore(start);
        // Behind it in brackets: 1234 (個人番号).
        if (index + 1 < _labels.Count && _labels[index + 1] is var behind && behind.Start - end is >= 1 and <= 3 && Text.AsSpan(end, behind.Start - end).Contains('('))
            return new Label(behind.Class, LabelPlace.Beside, 0);
        if (index >= 0 && _labels[index] is var beside && beside.Start >= cell.Start && start - beside.End <= FarthestLabel)
            return new Label(beside.Class, LabelPlace.Beside, GapOf(beside.End, start));
        if (cell.Start > from && Rows.CellAt(line, cell.Start - 1) is var before && LastIn(before.Start, before.End) is { } named)
            return new Label(named.Class, LabelPlace.CellBefore, 0);
        foreach (var head in Rows.HeadsOf(line, cell.Index))
            if (LastIn(head.Start, head.End) is { } column)
                return new Label(column.Class, LabelPlace.Column, 0);
        if (index >= 0 && _labels[index] is var row && row.Start >= from && start - row.End <= FarthestAbove)
            return new Label(row.Class, LabelPlace.Row, 0);
        return index >= 0 && _labels[index].End < from ? Above(index, line, from, own) : null;
    }

    private Label? Above(int index, int line, int from, PersonalDataClass own)
    {
        const int most = 20;
        var above = _labels[index];
        var named = Rows.LineOf(above.Start);
        if (from - above.End > FarthestAbove || line - named > LinesAbove)
            return null;
        var gap = line - named == 1 ? Math.Min(Rows.LengthAfter(above.End), most - 1) : most + line - named;
        for (var other = index; other >= 0 && index - other < most && _labels[other].Start >= Rows.StartOf(named); other--)
            if (_labels[other].Class == own)
                return new Label(own, LabelPlace.Above, gap);
        return new Label(above.Class, LabelPlace.Above, gap);
    }

    /// <summary>Whether a word that names something else stands between two places.</summary>
    public bool HasOtherLabel(int from, int to, PersonalDataClass own)
    {
        for (var index = LastBefore(from) + 1; index < _labels.Count && _labels[index].Start < to; index++)
            if (_labels[index].Class != own)
                return true;
        return false;
    }

    /// <summary>Whether a bank or a branch is named between two places.</summary>
    public bool HasBankWord(int from, int to)
    {
        var (low, high) = (0, BankWords.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (BankWords[middle] < from)
                low = middle + 1;
            else
                high = middle;
        }

        return low < BankWords.Count && BankWords[low] < to;
    }

    // Letters between a word and a value; a comma or the end of a sentence parts them as many letters do.
    private int GapOf(int from, int to)
    {
        const int ofStop = 20;
        var gap = 0;
        for (var at = from; at < to; at++)
            gap += char.IsLetter(Text[at]) ? 1 : Text[at] is ',' or ';' or '、' or '。' ? ofStop : 0;
        return gap;
    }

    private LabelHit? LastIn(int start, int end)
    {
        var index = LastBefore(end);
        return index >= 0 && _labels[index].Start >= start ? _labels[index] : null;
    }

    private int LastBefore(int offset)
    {
        var (low, high) = (0, _labels.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_labels[middle].Start < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    // The blank, hyphen, dot, border or line end between two groups; null when there is more.
    private char? SeparatorOf(int from, int to)
    {
        if (to - from is < 1 or > 5)
            return null;
        var by = ' ';
        var marks = 0;
        for (var at = from; at < to; at++)
        {
            if (Text[at] is not (' ' or '-' or '.' or '\t' or '|' or '\n' or '/'))
                return null;
            if (Text[at] == ' ')
                continue;
            by = by == ' ' ? Text[at] : '\t';
            marks++;
        }

        // Two line ends or borders part more than digits; a hyphen between blanks is a hyphen.
        return marks > 2 || by == '/' ? null : marks == 2 ? '\t' : by;
    }

    private bool GoesOn(int last, int length, char separator) =>
        last + 1 < Groups.Count && Groups[last + 1].Length == length && separator is ' ' or '-' or '.' && SeparatorOf(Groups[last].End, Groups[last + 1].Start) == separator;

    private bool CameFrom(int first, int length, char separator) =>
        first > 0 && Groups[first - 1].Length == length && separator is ' ' or '-' or '.' && SeparatorOf(Groups[first - 1].End, Groups[first].Start) == separator;

    private bool IsInAddressOfWeb(int start)
    {
        const int longest = 200;
        for (var at = start - 1; at >= 0 && start - at < longest && !char.IsWhiteSpace(Text[at]) && char.IsAscii(Text[at]); at--)
            if (Text[at] == '/' && at > 1 && Text[at - 1] == '/' && Text[at - 2] == ':')
                return true;
        return false;
    }

    private bool IsInsideBefore(char before, int start) => before switch
    {
        '#' => true,
        '-' or '.' or '@' or '&' or '?' or '+' => start > 1 && IsWordCharacter(Text[start - 2]),
        '/' => start > 1 && IsWordCharacter(Text[start - 2]) && !_slashes.EndsWhole(start - 1),
        _ => IsWordCharacter(before),
    };

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static List<DigitGroup> GroupsOf(string text, out bool isCut)
    {
        List<DigitGroup> groups = [];
        isCut = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;
            isCut = groups.Count == MaxGroups;
            if (isCut)
                break;
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            groups.Add(new DigitGroup(start, at - start));
        }

        return groups;
    }
}
