using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Tests.Mail;

public sealed class CharsetsTests
{
    private const string Japanese = "これは日本語のメールです。よろしくお願いします。";

    static CharsetsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("iso-2022-jp", 50220)]
    [InlineData("CP50221", 50221)]
    [InlineData("\"Shift_JIS\"", 932)]
    [InlineData("windows-31j", 932)]
    [InlineData("x-sjis", 932)]
    [InlineData("EUC-JP", 51932)]
    [InlineData("utf-8", 65001)]
    [InlineData("utf-16le", 1200)]
    [InlineData("utf-16", 1201)]
    public void Japanese_text_is_decoded_by_its_declared_charset(string label, int page) =>
        Assert.Equal(Japanese, Charsets.Decode(Encoding.GetEncoding(page).GetBytes(Japanese), label));

    [Theory]
    [InlineData("euc-kr", 949, "안녕하세요")]
    [InlineData("ks_c_5601-1987", 949, "안녕하세요")]
    [InlineData("gb18030", 54936, "你好，世界")]
    [InlineData("big5", 950, "你好，世界")]
    [InlineData("koi8-r", 20866, "Привет")]
    [InlineData("windows-1251", 1251, "Привет")]
    [InlineData("windows-1250", 1250, "Příliš")]
    [InlineData("iso-8859-1", 1252, "“café”")]
    [InlineData("windows-1256", 1256, "مرحبا")]
    public void Other_scripts_are_decoded_by_their_declared_charset(string label, int page, string text) =>
        Assert.Equal(text, Charsets.Decode(Encoding.GetEncoding(page).GetBytes(text), label));

    [Theory]
    [InlineData(null, 932)]
    [InlineData("us-ascii", 932)]
    [InlineData("x-nonsense", 932)]
    [InlineData("utf-8", 932)]
    [InlineData(null, 51932)]
    [InlineData("iso-2022-jp", 51932)]
    [InlineData(null, 50220)]
    [InlineData("us-ascii", 65001)]
    public void A_missing_or_false_declaration_is_guessed(string? label, int page) =>
        Assert.Equal(Japanese, Charsets.Decode(Encoding.GetEncoding(page).GetBytes(Japanese), label));

    [Fact]
    public void Western_text_without_a_declaration_is_windows_1252() =>
        Assert.Equal("Señor “Müller” déjà vu", Charsets.Decode(Encoding.GetEncoding(1252).GetBytes("Señor “Müller” déjà vu"), null));

    [Fact]
    public void Utf_7_is_shown_as_text() =>
        Assert.Equal("<script>あ+", Charsets.Decode("+ADw-script+AD4-+MEI-+-"u8, "utf-7"));

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_text() =>
        Assert.Equal("あ", Charsets.Decode([0xEF, 0xBB, 0xBF, 0xE3, 0x81, 0x82], null));
}
