using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Tests.Mail;

public sealed class MimeFieldTests
{
    [Theory]
    [InlineData("text/plain; name=a.txt", "a.txt")]
    [InlineData("text/plain; NAME = \"a b.txt\"", "a b.txt")]
    [InlineData("text/plain; name=a b.txt", "a b.txt")]
    [InlineData("text/plain; name=\"a\\\"b\"", "a\"b")]
    [InlineData("text/plain (a comment; name=x); name=(c)a.txt", "a.txt")]
    [InlineData("text/plain; name*=utf-8''%E3%81%82.txt", "あ.txt")]
    [InlineData("text/plain; name*=iso-2022-jp'ja'%1B%24B%46%7C%1B%28B", "日")]
    [InlineData("text/plain; name*0=\"a\"; name*1=\"b.txt\"", "ab.txt")]
    [InlineData("text/plain; name*1=\"b.txt\"; name*0=\"a\"", "ab.txt")]
    [InlineData("text/plain; name*0*=utf-8''%E3%81; name*1*=%82; name*2=.txt", "あ.txt")]
    [InlineData("text/plain; name=\"=?utf-8?B?44GC?=.txt\"", "あ.txt")]
    [InlineData("text/plain; name=plain.txt; name*=utf-8''star.txt", "star.txt")]
    [InlineData("text/plain; name=\"never closed", "never closed")]
    public void A_name_is_read_in_all_its_forms(string text, string expected) => Assert.Equal(expected, MimeField.Parse(text).Parameter("name"));

    [Fact]
    public void A_parameter_given_twice_has_two_readings() =>
        Assert.Equal(["a", "b"], Rfc2231.Readings(MimeField.Parse("text/plain; name=a; name=b"), "name"));

    [Theory]
    [InlineData("text/plain; name=a; name=b", "parameter given twice")]
    [InlineData("text/plain; name*0=a; name*2=b", "parameter sections out of order")]
    [InlineData("text/plain; name*=a", "encoded parameter without a charset")]
    [InlineData("text/plain; name*x=a", "malformed parameter section")]
    public void Defects_of_a_parameter_are_told(string text, string defect) => Assert.Equal(defect, Rfc2231.Defect(MimeField.Parse(text), "name"));

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("text/plain;charset=\"utf-8\";")]
    [InlineData("text/plain; charset=utf-8 (comment)")]
    [InlineData("multipart/mixed; boundary=\"a b\"; type=\"text/html\"")]
    public void A_well_formed_field_has_no_defects(string text) => Assert.Empty(MimeField.Parse(text).Defects);

    [Theory]
    [InlineData("text/plain; boundary =x")]
    [InlineData("text/plain; boundary= x")]
    [InlineData("text/plain; boundary=\"x\"y")]
    [InlineData("text/plain; bo\"und\"ary=x")]
    [InlineData("text/plain; boundary=\"x")]
    [InlineData("text/plain; (boundary=x")]
    [InlineData("\"text/plain\"; boundary=x")]
    public void A_malformed_field_has_defects(string text) => Assert.NotEmpty(MimeField.Parse(text).Defects);

    [Fact]
    public void The_number_of_parameters_is_bounded() =>
        Assert.True(MimeField.Parse("a/b" + string.Concat(Enumerable.Repeat(";c=d", 10_000))).Cut);
}
