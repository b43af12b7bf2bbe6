using System.Text.RegularExpressions;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Misdirection;

/// <summary>
/// The organisations for which a mail says to be: in its greeting (株式会社ミライ 田中様, 주식회사 미래 귀중, Dear Globex team) and in names of
/// files that are made for one recipient (見積書_ミライ様.pdf, Globex_invoice.pdf). A name alone, without such a mark, says only what the
/// mail is about.
/// </summary>
public static partial class OrganisationNames
{
    private const int MaxNames = 40;
    private const int MaxFiles = 20;
    private const int MaxName = 40;
    private const int MaxFileName = 200;

    /// <summary>Lines at the top of a mail among which a greeting stands.</summary>
    private const int GreetingLines = 6;
    private const int MaxLine = 120;
    private const int ShortestLatin = 4;
    private const int ShortestOther = 2;

    /// <summary>Ends the line of who writes.</summary>
    private const string Closing = "드림";

    private static readonly string[] s_legal =
    [
        "株式会社", "有限会社", "合同会社", "合資会社", "一般社団法人", "一般財団法人", "医療法人", "学校法人", "(株)", "(有)", "(同)", "주식회사", "유한회사", "(주)", "(유)", "股份有限公司", "有限公司",
    ];

    // Of documents that are made for one recipient.
    private static readonly string[] s_documents =
    [
        "見積", "請求", "納品", "注文", "発注", "契約", "提案", "領収", "견적", "청구", "계약", "제안", "발주", "報価", "invoice", "quote", "quotation", "estimate", "proposal", "contract", "statement",
    ];

    // Words that are a name of nobody though they stand where one would.
    private static readonly string[] s_common =
    [
        "team", "all", "sir", "madam", "customer", "customers", "colleagues", "friends", "everyone", "support", "sales", "partner", "partners", "お客", "皆", "各位", "関係者", "担当者", "ご担当者", "弊社", "御社", "貴社", "고객", "담당자", "여러분",
        "marketing", "development", "engineering", "finance", "accounting", "purchasing", "営業部", "営業", "総務部", "総務", "人事部", "人事", "経理部", "経理", "技術部", "開発部", "購買部", "企画部", "法務部",
        "영업부", "영업팀", "총무부", "총무팀", "인사부", "인사팀", "경리부", "개발부", "개발팀", "마케팅팀",
    ];

    // Between those whom one line greets.
    private static readonly char[] s_between = ['、', ',', '，', '/', '／'];

    // By which a line says who writes, and greets nobody.
    private static readonly string[] s_introductions = ["です", "でございます", "申します", "입니다"];

    /// <summary>What the mail names, each once for each place, at most <see cref="MaxNames"/>.</summary>
    public static IReadOnlyList<NamedOrganisation> In(MessageFacts mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return
        [
            .. GreetingsIn(mail.Text)
                .Concat(mail.Attachments.Take(MaxFiles).SelectMany(file => OfFile(file.Name)))
                .Distinct()
                .Take(MaxNames),
        ];
    }

    /// <summary>The organisation that the greeting of a mail names; null: none, or several.</summary>
    public static NamedOrganisation? GreetedIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return GreetingsIn(text) is [var greeted] ? greeted : null;
    }

    /// <summary>A name in the form in which names are compared: no legal form, no spaces, folded. Empty: it is none.</summary>
    public static string Fold(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = NormalText.Fold(name);
        foreach (var legal in s_legal)
            folded = folded.Replace(legal, "", StringComparison.Ordinal);
        folded = string.Concat(LatinLegal().Replace(folded, "").Where(char.IsLetterOrDigit));
        var shortest = folded.All(char.IsAscii) ? ShortestLatin : ShortestOther;
        return folded.Length >= shortest && folded.Length <= MaxName && !s_common.Contains(folded, StringComparer.Ordinal) && !folded.All(char.IsDigit) ? folded : "";
    }

    /// <summary>Those of the first line that greets one.</summary>
    private static List<NamedOrganisation> GreetingsIn(string text)
    {
        foreach (var line in FirstLines(text).Where(line => !IsIntroduction(line)))
        {
            List<NamedOrganisation> greeted = [.. line.Split(s_between).Select(NamedIn).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => new NamedOrganisation(name, line, IsGreeting: true))];
            if (greeted.Count > 0)
                return greeted;
        }

        return [];
    }

    private static bool IsIntroduction(string line) =>
        Array.Exists(s_introductions, word => line.Contains(word, StringComparison.Ordinal)) || line.TrimEnd('.', '。', ' ').EndsWith(Closing, StringComparison.Ordinal);

    private static IEnumerable<string> FirstLines(string text)
    {
        var lines = 0;
        foreach (var range in text.AsSpan(0, Math.Min(text.Length, GreetingLines * MaxLine * 2)).ToString().Split('\n', GreetingLines * 2))
        {
            var line = range.Trim();
            if (line.Length == 0)
                continue;
            if (++lines > GreetingLines)
                yield break;
            if (line.Length <= MaxLine)
                yield return line;
        }
    }

    private static string? NamedIn(string line)
    {
        var folded = NormalText.Fold(line).Trim();
        var match = LegalFirst().Match(folded);
        if (!match.Success)
            match = LegalLast().Match(folded);
        if (!match.Success)
            match = ToOrganisation().Match(folded);
        if (!match.Success)
            match = Dear().Match(folded);
        return match.Success && Fold(match.Groups["name"].Value) is { Length: > 0 } name ? name : null;
    }

    private static IEnumerable<NamedOrganisation> OfFile(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.Length > MaxFileName)
            yield break;
        var folded = NormalText.Fold(name);
        var stem = folded.LastIndexOf('.') is > 0 and var dot ? folded[..dot] : folded;
        // What is made for one recipient says so: by a title of respect, or by being a quotation, an invoice.
        var isForOne = s_documents.Any(document => stem.Contains(document, StringComparison.Ordinal));
        List<(string Piece, Match Respected)> pieces = [.. Separators().Split(stem).Where(piece => piece.Length > 0).Select(piece => (piece, Respect().Match(piece)))];
        var hasRespected = pieces.Exists(one => one.Respected.Success && Fold(one.Respected.Groups["name"].Value).Length > 0);
        foreach (var (piece, respected) in pieces)
        {
            // Beside a title of respect the other words say what the file is about.
            if (!respected.Success && (hasRespected || !isForOne))
                continue;
            var candidate = respected.Success ? respected.Groups["name"].Value : piece;
            if (Fold(candidate) is { Length: > 0 } organisation && !s_documents.Any(document => organisation.Contains(document, StringComparison.Ordinal)))
                yield return new NamedOrganisation(organisation, name, IsGreeting: false);
        }
    }

    [GeneratedRegex(@"\b(inc|corp|corporation|co|ltd|llc|gmbh|ag|plc|limited|company)\b\.?", RegexOptions.NonBacktracking)]
    private static partial Regex LatinLegal();

    // 株式会社ミライ 営業部 田中様, (주)미래 김철수 님
    [GeneratedRegex(@"^(株式会社|有限会社|合同会社|\(株\)|\(有\)|주식회사|\(주\))\s?(?<name>[\p{L}\p{Nd}ー・&.\-]{2,40})", RegexOptions.NonBacktracking)]
    private static partial Regex LegalFirst();

    // ミライ株式会社 御中
    [GeneratedRegex(@"^(?<name>[\p{L}\p{Nd}ー・&.\-]{2,40}?)\s?(株式会社|有限会社|合同会社|\(株\)|\(有\)|주식회사|\(주\))(\s|$|様|御中|귀중)", RegexOptions.NonBacktracking)]
    private static partial Regex LegalLast();

    // ミライ 御中, 미래 귀중
    [GeneratedRegex(@"^(?<name>[\p{L}\p{Nd}ー・&.\-]{2,40}?)\s?(御中|귀중)", RegexOptions.NonBacktracking)]
    private static partial Regex ToOrganisation();

    // Dear Globex team
    [GeneratedRegex(@"^(dear|hello|hi)\s(?<name>[\p{L}\p{Nd}&.\-]{2,40})(\s(team|inc|corp|ltd|llc|gmbh)\.?)\s?,?", RegexOptions.NonBacktracking)]
    private static partial Regex Dear();

    [GeneratedRegex(@"[_\s\-+=,;!\[\]【】「」()~]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    // ミライ様, ミライ御中, 미래귀중
    [GeneratedRegex(@"^(?<name>.{2,40}?)(様分|様向け|様宛|様|御中|殿|귀중|귀하|님)", RegexOptions.NonBacktracking)]
    private static partial Regex Respect();
}

/// <summary>An organisation that a mail says to be for.</summary>
/// <param name="Name">Folded.</param>
/// <param name="Shown">The line or file name in which it stands.</param>
/// <param name="IsGreeting">In the greeting; else in the name of a file.</param>
public sealed record NamedOrganisation(string Name, string Shown, bool IsGreeting);
