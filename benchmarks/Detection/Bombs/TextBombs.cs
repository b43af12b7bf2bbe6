using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Texts on which careless patterns go back and forth, and addresses that are none.</summary>
internal static class TextBombs
{
    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("address signs without end", random => BombMail.Text(BombMail.Repeat("a@", 1_000_000))),
        new("beginnings of links without end", random => BombMail.Text(BombMail.Repeat("http://", 600_000))),
        new("dots without end", random => BombMail.Text(BombMail.Repeat("a.", 1_500_000))),
        new("one address of a megabyte", random => BombMail.Text($"https://x.example/{new string('a', 1_000_000)}?{BombMail.Repeat("%25", 300_000)}")),
        new("blanks without end", random => BombMail.Text(new string(' ', 4_000_000))),
        new("lines without end", random => BombMail.Text(BombMail.Repeat("\r\n", 2_000_000))),
        new("words of the lexicon without end", random => BombMail.Text(BombMail.Join(150_000, _ => random.Pick(["password ", "account ", "verify ", "urgent ", "invoice ", "gift card ", "bitcoin ", "パスワード", "振込先", "비밀번호 "])))),
        new("halves of phrases without end", random => BombMail.Text(BombMail.Repeat("your password your account has been your mailbox click here to ", 40_000))),
        new("invisible letters without end", random => BombMail.Text(BombMail.Repeat("a\u200b\u200d\u2060", 500_000))),
        new("mixed scripts without end", random => BombMail.Text(BombMail.Repeat("pаypаl аpple ", 150_000))),
        new("digits without end", random => BombMail.Text(BombMail.Join(300_000, _ => $"{random.Next(100_000, 999_999)} "))),
        new("wallets and numbers that are nearly right", random => BombMail.Text(BombMail.Join(60_000, _ => $"1{random.Word(32, 32)} +81-3-{random.Next(1000, 9999)}-{random.Next(1000, 9999)} "))),
        new("quoted levels without end", random => BombMail.Text(BombMail.Join(3_000, level => $"{new string('>', Math.Min(level, 900))} {random.Word()}\r\n"))),
        new("combining marks without end", random => BombMail.Text($"a{BombMail.Repeat("\u0301\u0323\u0307", 400_000)}")),
        new("half surrogates", random => BombMail.Html(BombMail.Repeat("&#xD800;&#xDC00;&#x10FFFF;", 100_000))),
        new("commas in a sheet", random => BombMail.With(random, "a.csv", $"=HYPERLINK(\"http://x.example\"){new string(',', 3_000_000)}\r\n{BombMail.Repeat("=cmd|' /C calc'!A0,", 50_000)}")),
    ];
}
