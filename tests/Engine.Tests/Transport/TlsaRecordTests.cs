using Platform.Engine.Transport;

namespace Platform.Engine.Tests.Transport;

public sealed class TlsaRecordTests
{
    [Theory]
    [InlineData(3, 1, 1, 32, true)]
    [InlineData(3, 0, 2, 64, true)]
    [InlineData(2, 0, 1, 32, true)]
    [InlineData(2, 1, 2, 64, true)]
    [InlineData(3, 1, 1, 31, false)]
    [InlineData(3, 1, 2, 32, false)]
    [InlineData(0, 0, 1, 32, false)]
    [InlineData(1, 1, 1, 32, false)]
    [InlineData(255, 1, 1, 32, false)]
    [InlineData(3, 2, 1, 32, false)]
    [InlineData(3, 1, 3, 32, false)]
    [InlineData(3, 1, 0, 32, false)]
    public void Mail_uses_records_of_the_domains_own_root_or_certificate(byte usage, byte selector, byte matching, int length, bool isUsable) =>
        Assert.Equal(isUsable, TlsaRecord.Parse((byte[])[usage, selector, matching, .. new byte[length]])!.IsUsable);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void What_has_no_data_is_no_record(int length) => Assert.Null(TlsaRecord.Parse(new byte[length]));

    [Fact]
    public void What_is_given_in_full_must_look_like_it() =>
        Assert.Equal((true, false), (TlsaRecord.Parse((byte[])[3, 0, 0, 0x30, 0x00])!.IsUsable, TlsaRecord.Parse((byte[])[3, 0, 0, 0x31, 0x00])!.IsUsable));

    [Fact]
    public void A_stronger_digest_puts_a_weaker_one_of_its_kind_out()
    {
        TlsaRecord[] records = [Of(3, 1, 1), Of(3, 1, 2), Of(2, 1, 1), Of(3, 0, 1), Of(1, 1, 2)];

        Assert.Equal([records[1], records[2], records[3]], TlsaRecord.Strongest(records));
    }

    private static TlsaRecord Of(byte usage, byte selector, byte matching) => TlsaRecord.Parse((byte[])[usage, selector, matching, .. new byte[matching == 1 ? 32 : 64]])!;
}
