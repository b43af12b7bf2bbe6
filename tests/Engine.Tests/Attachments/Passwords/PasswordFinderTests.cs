using Platform.Engine.Attachments.Passwords;

namespace Platform.Engine.Tests.Attachments.Passwords;

public sealed class PasswordFinderTests
{
    [Theory]
    [InlineData("Password: 1234", "1234")]
    [InlineData("The password for the attached file is Xk9#mm.", "Xk9#mm")]
    [InlineData("the password is \"open sesame\"", "open sesame")]
    [InlineData("PW：ａｂｃ９９", "abc99")]
    [InlineData("解凍パスワードは「himitsu2026」です。", "himitsu2026")]
    [InlineData("パスワード：\r\n\r\n  Qw3rty!\r\n", "Qw3rty!")]
    [InlineData("비밀번호는 8812ab 입니다", "8812ab")]
    [InlineData("contraseña: tres77", "tres77")]
    [InlineData("Mot de passe : été2026", "été2026")]
    [InlineData("Passwort lautet Kranich_5", "Kranich_5")]
    [InlineData("senha=abacaxi9", "abacaxi9")]
    [InlineData("密码是8866", "8866")]
    [InlineData("Please see attached.\r\n\r\nT7-kkP\r\n\r\nRegards", "T7-kkP")]
    [InlineData("archive pass: (zz-91)", "zz-91")]
    [InlineData("pin 4455", "4455")]
    public void A_password_is_found_as_people_write_it(string text, string password)
    {
        var finder = new PasswordFinder();

        finder.Read(text);

        Assert.Contains(password, finder.Likeliest.Take(8));
    }

    [Fact]
    public void A_note_of_its_own_is_a_password()
    {
        var words = new PasswordWords();

        words.LearnFrom("krokodil\r\n"u8);

        Assert.Equal("krokodil", words[0]);
    }

    [Fact]
    public void Words_of_habit_come_last() => Assert.Contains("infected", new PasswordWords());

    [Fact]
    public void The_number_of_words_is_bounded()
    {
        var words = new PasswordWords();
        for (var note = 0; note < 30; note++)
            words.LearnFrom(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(0, 200).Select(line => $"password: a{note}b{line}"))));

        Assert.InRange(words.Count, 1, 64);
    }
}
