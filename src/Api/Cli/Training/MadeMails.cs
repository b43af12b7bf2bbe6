using System.Globalization;
using System.Text;
using Platform.Engine.Learning;

namespace Platform.Api.Cli.Training;

/// <param name="Template">The text it was made from: mails of one text stay on one side of a test.</param>
internal sealed record MadeMail(string Name, MailLabel Label, string Template, ReadOnlyMemory<byte> Message);

/// <summary>
/// Mails of the training's own, attacks and honest ones in nine languages, made from <c>made-mails.txt</c> by a seed. They show the
/// model what no collection has enough of: everyday transactional mail beside attacks that look like it, in the same layouts, so
/// that neither layout nor language tells them apart.
/// </summary>
internal static class MadeMails
{
    /// <summary>An error on one of these costs this share of an error on a real mail.</summary>
    public const float Importance = 0.6f;

    private const int MailsPerText = 5;

    public static IEnumerable<MadeMail> Make(int seed)
    {
        foreach (var text in MadeText.All())
        {
            var random = new Random(seed ^ StableHash(text.Name));
            for (var number = 0; number < MailsPerText; number++)
                yield return new MadeMail($"made {text.Name} {number}", text.Label, $"made {text.Name}", Encoding.UTF8.GetBytes(new Writer(text, random).Write()));
        }
    }

    private static int StableHash(string text)
    {
        var hash = 17;
        foreach (var character in text)
            hash = unchecked(hash * 31 + character);
        return hash;
    }

    private sealed class Writer(MadeText text, Random random)
    {
        private static readonly string[] Syllables = ["ka", "mo", "ri", "ten", "lu", "sa", "vel", "no", "ha", "mir", "to", "be", "lin", "do", "pra", "ze", "gar", "fi", "nu", "son"];
        private static readonly string[] FreeMail = ["gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "gmx.de", "yahoo.co.jp", "qq.com"];
        private static readonly string[] FreePages = ["pages.dev", "web.app", "blogspot.com", "weebly.com", "github.io", "azurewebsites.net"];
        private static readonly string[] Persons = ["Anna Keller", "John Carter", "Maria Lopes", "Kenji Mori", "Lucas Moreau", "Eva Jansen", "Min Seo", "Li Wei", "Sara Ruiz", "Paul Novak"];
        private static readonly string[] Notices = ["no-reply", "noreply", "info", "support", "service", "news", "hello", "team", "orders", "billing"];

        private readonly string _brand = Word(random);
        private readonly string _recipient = $"{(random.Next(2) == 0 ? "info" : Word(random).ToLowerInvariant())}@{Word(random).ToLowerInvariant()}.com";
        private readonly string _suffix = text.Language switch { "ja" => ".co.jp", "ko" => ".co.kr", "zh" => ".com.cn", "en" => ".com", "pt" => ".com.br", var other => $".{other}" };

        public string Write()
        {
            var honest = text.Label == MailLabel.Honest;
            var person = Pick(Persons);
            var ownDomain = _brand.ToLowerInvariant() + (random.Next(2) == 0 ? ".com" : _suffix);
            var isPersonal = honest && (text.Kind is "autoreply" || text.Kind.StartsWith("business", StringComparison.Ordinal));
            var (fromName, from) = text.Label switch
            {
                MailLabel.Honest => isPersonal ? (person, $"{person.Split(' ')[0].ToLowerInvariant()}@{ownDomain}") : (_brand, $"{Pick(Notices)}@{(random.Next(4) == 0 ? "mail." : "")}{ownDomain}"),
                MailLabel.Phishing => (random.Next(4) == 0 ? $"{_brand} Support" : _brand, $"{Mailbox()}@{Stranger()}"),
                _ => (person, random.Next(2) == 0 ? $"{Word(random).ToLowerInvariant()}{random.Next(10, 999)}@{Pick(FreeMail)}" : $"{Mailbox()}@{Stranger()}"),
            };
            // People keep pages with those who give room away, too.
            var link = honest && text.Kind == "business-page"
                ? $"https://{(random.Next(2) == 0 ? Word(random).ToLowerInvariant() : Code(8))}.{Pick(FreePages)}/{(random.Next(2) == 0 ? "" : $"{Word(random).ToLowerInvariant()}/")}"
                : honest
                ? $"https://{(random.Next(3) == 0 ? "www." : "")}{ownDomain}/{Word(random).ToLowerInvariant()}{(random.Next(2) == 0 ? $"/{random.Next(1_000, 999_999)}" : "")}"
                : random.Next(4) == 0 ? $"https://{Word(random).ToLowerInvariant()}-{random.Next(10, 999)}.{Pick(FreePages)}/" : $"http{(random.Next(2) == 0 ? "s" : "")}://{Stranger()}/{Code(6)}/{(random.Next(3) == 0 ? $"#{_recipient}" : $"?e={Code(5)}")}";

            var subject = Fill(Pick(text.Subjects), person);
            var lines = text.Paragraphs.Where(paragraph => !paragraph.Optional || random.Next(2) == 0).Select(paragraph => Fill(Pick(paragraph.Choices), person)).ToList();
            var words = text.LinkWords.Length == 0 ? null : Fill(Pick(text.LinkWords), person);
            var html = words is not null || random.Next(2) == 0;

            var mail = new StringBuilder();
            mail.Append(CultureInfo.InvariantCulture, $"From: {Encoded(fromName)} <{from}>\r\nTo: {(random.Next(3) == 0 ? $"{Encoded(Word(random))} <{_recipient}>" : _recipient)}\r\nSubject: {Encoded(subject)}\r\n");
            if (text.Label == MailLabel.Fraud && random.Next(2) == 0)
                mail.Append(CultureInfo.InvariantCulture, $"Reply-To: {Word(random).ToLowerInvariant()}{random.Next(10, 999)}@{Pick(FreeMail)}\r\n");
            mail.Append(CultureInfo.InvariantCulture, $"Date: Thu, {random.Next(1, 28)} Jan 2026 10:00:00 +0000\r\nMessage-ID: <{Code(12)}@{from[(from.IndexOf('@') + 1)..]}>\r\nMIME-Version: 1.0\r\n");
            mail.Append(CultureInfo.InvariantCulture, $"Content-Type: text/{(html ? "html" : "plain")}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
            mail.Append(html ? Html(lines, words, link, honest ? ownDomain : Stranger()) : string.Join("\r\n\r\n", lines)).Append("\r\n");
            return mail.ToString();
        }

        private string Html(List<string> lines, string? words, string link, string pictures)
        {
            var middle = Math.Max(1, lines.Count - 1);
            var anchor = words is null ? "" : $"<a href=\"{link}\">{words}</a>";
            var picture = random.Next(2) == 0 ? $"<img src=\"https://{pictures}/logo{random.Next(9)}.png\" alt=\"\">" : "";
            var before = string.Concat(lines.Take(middle).Select(line => $"<p>{line}</p>"));
            var after = string.Concat(lines.Skip(middle).Select(line => $"<p style=\"font-size:12px\">{line}</p>"));
            return random.Next(3) switch
            {
                0 => $"<html><body>{picture}{before}<p>{anchor}</p>{after}</body></html>",
                1 => $"<html><head><style>.c{{max-width:600px}}</style></head><body><table class=\"c\"><tr><td>{picture}</td></tr><tr><td>{before}</td></tr><tr><td>{anchor}</td></tr><tr><td>{after}</td></tr></table></body></html>",
                _ => $"<div style=\"font-family:sans-serif\">{before}<div>{anchor}</div>{picture}{after}</div>",
            };
        }

        private string Fill(string pattern, string person) => pattern
            .Replace("{brand}", _brand, StringComparison.Ordinal)
            .Replace("{name}", random.Next(2) == 0 ? person.Split(' ')[0] : Word(random), StringComparison.Ordinal)
            .Replace("{number}", random.Next(10, 999_999).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{money}", Money(), StringComparison.Ordinal)
            .Replace("{date}", text.Language is "ja" or "zh" or "ko" ? $"{random.Next(1, 12)}月{random.Next(1, 28)}日" : $"{random.Next(1, 28)}.{random.Next(1, 12)}.2026", StringComparison.Ordinal)
            .Replace("{code}", random.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{mail}", text.Label == MailLabel.Fraud ? $"{Word(random).ToLowerInvariant()}{random.Next(99)}@{Pick(FreeMail)}" : _recipient, StringComparison.Ordinal);

        private string Money()
        {
            var amount = text.Label == MailLabel.Fraud ? random.Next(1, 90) * 100_000 : random.Next(2, 400);
            return text.Language switch
            {
                "ja" => string.Create(CultureInfo.InvariantCulture, $"{amount * 10:N0}円"),
                "ko" => string.Create(CultureInfo.InvariantCulture, $"{amount * 100:N0}원"),
                "zh" => string.Create(CultureInfo.InvariantCulture, $"{amount:N2}元"),
                "en" => string.Create(CultureInfo.InvariantCulture, $"${amount:N2}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{amount:N2} €"),
            };
        }

        private string Mailbox() => random.Next(3) switch { 0 => Pick(Notices), 1 => Code(8), _ => Word(random).ToLowerInvariant() };

        private string Stranger() => Word(random).ToLowerInvariant() + (random.Next(4) == 0 ? random.Next(10, 999).ToString(CultureInfo.InvariantCulture) : "") + (random.Next(4) switch { 0 => ".top", 1 => ".online", 2 => _suffix, _ => ".com" });

        private string Code(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "abcdefghkmnpqrstvwxz23456789"[random.Next(28)]));

        private string Pick(string[] choices) => choices[random.Next(choices.Length)];

        private static string Word(Random random)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
            return char.ToUpperInvariant(word[0]) + word[1..];
        }

        private static string Encoded(string text) => Ascii.IsValid(text) && !text.Contains(':', StringComparison.Ordinal) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
    }
}
