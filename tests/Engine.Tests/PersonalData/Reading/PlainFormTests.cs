using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.Tests.PersonalData.Reading;

public sealed class PlainFormTests
{
    [Theory]
    [InlineData("１２３−４５６‐７８９", "123-456-789")]
    [InlineData("ﾏｲﾅﾝﾊﾞｰ", "マイナンバー")]
    [InlineData("090ー1234", "090-1234")]
    [InlineData("カ\u3099ード", "ガード")]
    [InlineData("1\u200b2\u00ad3", "123")]
    [InlineData("a\r\nb\rc\td", "a\nb\nc\td")]
    [InlineData("1\u00a02\u30003", "1 2 3")]
    [InlineData("℡①", "TEL1")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("⽇本", "日本")]
    public void Text_is_brought_into_one_form(string source, string plain) => Assert.Equal(plain, PlainForm.Of(source));
}
