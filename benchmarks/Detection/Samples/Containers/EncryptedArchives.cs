using Platform.Benchmarks.Detection.Samples.Containers.Writers;
using Platform.Benchmarks.Detection.Samples.Documents;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Containers;

/// <summary>Encrypted archives whose password the mail names, in words, alone on a line, in a note or a name: with a program, and with documents, as Japanese companies send them (PPAP).</summary>
internal sealed class EncryptedArchives : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    private static readonly string[] Phrases =
    [
        "Password: {0}", "The archive password is {0}.", "pass - {0}", "PW：{0}", "解凍パスワードは「{0}」です。", "パスワード：\r\n{0}", "비밀번호는 {0} 입니다.", "Contraseña: {0}", "Mot de passe : {0}",
        "Das Passwort lautet {0}", "senha: {0}", "Please use the code \"{0}\" to open the file.", "zip password = {0}", "密码：{0}", "Password for the document:\r\n\r\n    {0}\r\n",
    ];

    public string Name => "encrypted-archive";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var cipher in (string[])["old", "aes", "7z", "7z-names"])
        {
            yield return InText(cipher, hostile: true);
            yield return InText(cipher, hostile: false);
        }

        yield return Otherwise("password in the subject", password => SampleMail.With(random, $"Documents, password {password}", "Hello,\r\n\r\nas agreed.", Packed("aes", password, [Payloads.Hostile(random)])));
        yield return Otherwise("password in a note", password => SampleMail.With(random, Packed("old", password, [Payloads.Hostile(random)]), SampleFile.Text($"{random.Word()}.txt", password)));
        yield return Otherwise("password on a line of its own", password => SampleMail.With(random, "files", $"Hello,\r\n\r\nplease see the attached file.\r\n\r\n{password}\r\n\r\nRegards", Packed("aes", password, [Payloads.Hostile(random)])));
        yield return Otherwise("password beside it in an archive", password => SampleMail.With(random, new SampleFile($"{random.DocumentName()}.zip", ZipOf.Files(Packed("aes", password, [Payloads.Hostile(random)]), SampleFile.Text("readme.txt", $"password: {password}")))));
        var usual = random.Pick(["infected", "1234", "123456", "password"]);
        yield return Sample.Hostile("password that is always used", SampleMail.With(random, Packed("aes", usual, [Payloads.Hostile(random)])), Types, Payloads.Reasons);

        Sample InText(string cipher, bool hostile)
        {
            var password = Password(random);
            var text = $"{random.Pick(["Hello,", "お世話になっております。", "Guten Tag,"])}\r\n\r\n{random.Pick(["the file is attached.", "添付ファイルをご確認ください。", "anbei die Unterlagen."])}\r\n\r\n{random.Pick(Phrases).Replace("{0}", password, StringComparison.Ordinal)}\r\n";
            var mail = SampleMail.With(random, random.Pick(["files", "資料送付の件", "Unterlagen"]), text, Packed(cipher, password, hostile ? [Payloads.Hostile(random)] : Payloads.Honest(random)));
            return hostile ? Sample.Hostile($"program behind {cipher}", mail, Types, Payloads.Reasons) : Sample.Benign($"documents behind {cipher}", mail);
        }

        Sample Otherwise(string name, Func<string, byte[]> mail) => Sample.Hostile(name, mail(Password(random)), Types, Payloads.Reasons);

        SampleFile Packed(string cipher, string password, IReadOnlyList<SampleFile> files) => cipher switch
        {
            "7z" or "7z-names" => new SampleFile($"{random.DocumentName()}.7z", SevenZipWriter.Write(random, files, password, cipher == "7z-names")),
            _ => new SampleFile($"{random.DocumentName()}.zip", files.Aggregate(new ZipWriter(random, cipher == "old" ? ZipCipher.Old : ZipCipher.Aes, password), (zip, file) => zip.Add(file.Name, file.Content.Span)).ToArray()),
        };
    }

    private static string Password(Random random) => random.Next(4) switch
    {
        0 => $"{random.Next(1_000, 99_999_999)}",
        1 => $"{random.Word()}{random.Next(10, 9_999)}",
        2 => $"{char.ToUpperInvariant(random.Word()[0])}{random.Word(3, 6)}{random.Pick(["!", "#", "_", "@", "-"])}{random.Next(1, 999)}",
        _ => $"{random.Word(2, 4).ToUpperInvariant()}{random.Next(100, 999)}{random.Word(2, 4)}",
    };
}
