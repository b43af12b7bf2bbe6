using Platform.Engine.Transport;

namespace Platform.Engine.Tests.Transport;

public sealed class MtaStsRecordTests
{
    [Theory]
    [InlineData("v=STSv1; id=20160831085700Z;", "20160831085700Z")]
    [InlineData("v=STSv1;id=a", "a")]
    [InlineData("v=STSv1 ; note=x; id=a ; id=b", "a")]
    [InlineData("v=STSv1;", null)]
    [InlineData("v=STSv1; id=", null)]
    [InlineData("v=STSv1; id=a-b", null)]
    [InlineData("v=STSv1; id=123456789012345678901234567890123", null)]
    [InlineData("v=STSv1; nonsense; id=a", null)]
    [InlineData("v=STSv2; id=a", null)]
    [InlineData("V=STSv1; id=a", null)]
    [InlineData("v=STSv12; id=a", null)]
    [InlineData("id=a; v=STSv1", null)]
    [InlineData("", null)]
    public void The_id_of_a_record_is_read(string text, string? id) => Assert.Equal(id, MtaStsRecord.Id([text]));

    [Fact]
    public void Records_of_other_uses_are_passed_over() => Assert.Equal("a", MtaStsRecord.Id(["v=spf1 -all", "v=STSv1; id=a", "google-site=x"]));

    [Fact]
    public void Two_records_are_none() => Assert.Null(MtaStsRecord.Id(["v=STSv1; id=a", "v=STSv1; id=a"]));
}
