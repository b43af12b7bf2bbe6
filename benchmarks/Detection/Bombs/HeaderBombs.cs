using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Header fields too long, too many, or written so that reading them twice is dear.</summary>
internal static class HeaderBombs
{
    private const string End = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n";

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("header of one megabyte", random => Of($"Subject: {BombMail.Join(150_000, _ => random.Word(6, 6) + " ")}")),
        new("field folded a hundred thousand times", random => Of($"Subject: x{BombMail.Repeat("\r\n y", 100_000)}")),
        new("100,000 fields", random => Of(BombMail.Join(100_000, index => $"X-{random.Word()}-{index}: {index}\r\n") + "Subject: x")),
        new("100,000 addresses", random => Of($"To: {BombMail.Join(100_000, index => $"\"{random.Word()}\" <u{index}@{random.Word()}.example>, ")}x@y.example")),
        new("groups and comments nested in addresses", random => Of($"To: {BombMail.Repeat("(", 200_000)}a@b.example{BombMail.Repeat(")", 200_000)}\r\nCc: {BombMail.Repeat("g:", 100_000)}")),
        new("quotes and escapes without end", random => Of($"From: \"{BombMail.Repeat("\\\"", 300_000)} <a@b.example>")),
        new("encoded words without end", random => Of($"Subject: {BombMail.Join(60_000, _ => "=?utf-8?B?44GC?= ")}\r\nFrom: {BombMail.Repeat("=?iso-2022-jp?B?GyRCJCIbKEI=?= ", 30_000)} <a@b.example>")),
        new("openings of encoded words", random => Of($"Subject: {BombMail.Repeat("=?utf-8?Q?", 150_000)}")),
        new("parameter in a hundred thousand pieces", random => BombMail.Raw($"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/zip{BombMail.Join(60_000, index => $";\r\n name*{index}*=%41%42")}\r\n\r\nhello\r\n")),
        new("parameters without end", random => BombMail.Raw($"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed{BombMail.Join(60_000, index => $"; boundary=\"b{index}\"")}\r\n\r\n--b0\r\n\r\nx\r\n")),
        new("100,000 references", random => Of($"References: {BombMail.Join(100_000, index => $"<{index}.{random.Word()}@x.example> ")}")),
        new("10,000 Received fields", random => Of(BombMail.Join(10_000, index => $"Received: from h{index}.example ([192.0.2.{index % 250}]) by r{index + 1}.example with ESMTP id {random.Word()}; Tue, 24 Nov 2026 08:00:00 +0000\r\n") + "Subject: x")),
        new("10,000 signatures", random => Of(BombMail.Join(10_000, index => $"DKIM-Signature: v=1; a=rsa-sha256; d=d{index}.example; s=s; h=from:to:subject; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\r\nARC-Seal: i={index}; a=rsa-sha256; cv=none; d=x.example; s=s; b=AAAA\r\n") + "Subject: x")),
        new("results of authentication without end", random => Of($"Authentication-Results: x.example; {BombMail.Join(50_000, index => $"spf=pass ({BombMail.Repeat("(", 3)}) smtp.mailfrom=d{index}.example; ")}none")),
    ];

    private static byte[] Of(string fields) => BombMail.Raw($"{(fields.StartsWith("From", StringComparison.Ordinal) ? "" : "From: a@b.example\r\n")}{fields}\r\n{End}");
}
