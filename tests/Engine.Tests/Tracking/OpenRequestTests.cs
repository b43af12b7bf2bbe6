using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

public sealed class OpenRequestTests
{
    [Fact]
    public void Whatever_is_sent_is_bounded_and_without_control_characters() => Prop.ForAll<string, int>((text, times) =>
    {
        var value = string.Concat(Enumerable.Repeat((text ?? "") + "a\r\n\0", Math.Abs(times % 300) + 1));
        var request = OpenRequest.Of("GET", _ => value);
        return new[] { request.Agent, request.Accept, request.Languages, request.Destination, request.Mode, request.Site, request.Brands, request.Purpose, request.Via }
            .All(field => field.Length <= OpenRequest.MaxField && !field.Any(char.IsControl));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fields_that_are_missing_are_empty() => Assert.Equal(new OpenRequest(), OpenRequest.Of("GET", _ => null));

    [Theory]
    [InlineData("https://mail.example.com/inbox", false)]
    [InlineData("https://t.acme.test/t/x.gif", true)]
    [InlineData("nonsense", false)]
    public void A_referrer_that_is_the_site_itself_is_told(string referrer, bool itself) =>
        Assert.Equal(itself, OpenRequest.Of("GET", name => name switch { "Referer" => referrer, "Host" => "t.acme.test", _ => null }).IsReferredByItself);
}
