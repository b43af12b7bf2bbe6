using Platform.Engine.Attachments.Scripts;

namespace Platform.Engine.Tests.Attachments.Scripts;

public sealed class ScriptEncodingTests
{
    [Theory]
    [InlineData("#@~^DgAAAA==\\ko$K6,JCmV^GJpAQAAA==^#~@", "MsgBox \"Hallo\"")]
    public void Encoded_script_is_read(string encoded, string script)
    {
        Assert.Equal(script, ScriptEncoding.Decode(encoded));
    }

    [Fact]
    public void Text_around_and_without_encoding_stays()
    {
        Assert.Equal("var a = 1; // #@ ~^", ScriptEncoding.Decode("var a = 1; // #@ ~^"));
    }

    [Theory]
    [InlineData("#@~^")]
    [InlineData("#@~^DgAAAA==")]
    [InlineData("#@~^DgAAAA==\\ko")]
    [InlineData("#@~^DgAAAA==@")]
    public void A_cut_encoding_ends(string encoded)
    {
        Assert.NotNull(ScriptEncoding.Decode(encoded));
    }
}
