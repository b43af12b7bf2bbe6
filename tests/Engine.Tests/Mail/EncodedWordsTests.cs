using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Tests.Mail;

public sealed class EncodedWordsTests
{
    [Theory]
    [InlineData("=?utf-8?B?44GC?=", "あ")]
    [InlineData("=?UTF-8?q?caf=C3=A9?=", "café")]
    [InlineData("=?iso-8859-1?Q?a_b?=", "a b")]
    [InlineData("=?utf-8*ja?B?44GC?=", "あ")]
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?shift_jis?B?k/qWew==?=", "日本")]
    [InlineData("=?euc-kr?B?x9GxuQ==?=", "한국")]
    [InlineData("=?gb2312?B?1tC5+g==?=", "中国")]
    [InlineData("=?utf-8?B?44GC?= =?utf-8?B?44GE?=", "あい")]
    [InlineData("=?utf-8?B?44GC?=\t=?utf-8?Q?x?=", "あx")]
    [InlineData("=?utf-8?B?44GC?= and =?utf-8?B?44GE?=", "あ and い")]
    public void Standard_words_are_decoded(string text, string expected) => Assert.Equal(expected, EncodedWords.Decode(text));

    [Theory]
    [InlineData("=?utf-8?B?44E=?= =?utf-8?B?gg==?=", "あ")]
    [InlineData("\"=?utf-8?B?44GC?=\"", "\"あ\"")]
    [InlineData("=?utf-8?b?44GC?=", "あ")]
    [InlineData("=?utf-8?B?44GC44E?=", "あ\uFFFD")]
    [InlineData("=?utf-8?Q?two words?=", "two words")]
    [InlineData("=?utf-8?Q?a=zzb?=", "a=zzb")]
    [InlineData("x=?utf-8?B?44GC?=y", "xあy")]
    public void Broken_words_of_the_field_are_decoded(string text, string expected) => Assert.Equal(expected, EncodedWords.Decode(text));

    [Theory]
    [InlineData("=?")]
    [InlineData("=?=?=?")]
    [InlineData("=?utf-8?X?abc?=")]
    [InlineData("=?utf-8?B?abc")]
    [InlineData("=?no-end?B")]
    [InlineData("plain text")]
    public void What_is_no_encoded_word_is_kept_as_it_stands(string text) => Assert.Equal(text, EncodedWords.Decode(text));

    [Fact]
    public void Half_width_katakana_of_iso_2022_jp_is_decoded() =>
        Assert.Equal("ｱ", EncodedWords.Decode("=?iso-2022-jp?B?GyhJMRsoQg==?="));

    [Fact]
    public void Raw_eight_bit_subjects_are_guessed()
    {
        byte[] shiftJis = [.. "Subject: "u8, 0x82, 0xB1, 0x82, 0xF1, 0x82, 0xC9, 0x82, 0xBF, 0x82, 0xCD, .. "\r\n\r\n"u8];
        Assert.Equal("こんにちは", Mails.Read(shiftJis).Subject);
    }
}
