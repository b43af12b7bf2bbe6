using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Tests.Identity;

public sealed class ReturnUrlTests
{
    private static readonly Uri Ours = new("https://ours.example/account/sign-in");

    private static readonly string[] Pieces =
        ["/", "\\", "//", "account", "connect", "authorize", "verify", "?", "#", "@", ":", "https:", "javascript:", "evil.example", "..", "%2f", "%5c", "\t", "\r\n", " ", "\u0000", "x=1", "　"];

    [Fact]
    public void Whatever_is_asked_for_a_browser_stays_on_our_site()
    {
        var hostile = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));
        var behindOurs = Gen.Elements("/account", "/connect/authorize", "/connect/verify").SelectMany(prefix => hostile, (prefix, rest) => prefix + rest);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Gen.OneOf(hostile, behindOurs).ToArbitrary(), asked =>
        {
            var target = new Uri(Ours, ReturnUrl.Of(asked));
            return target.Host == Ours.Host && target.Scheme == Ours.Scheme && (target.AbsolutePath.StartsWith("/account", StringComparison.Ordinal) || target.AbsolutePath.StartsWith("/connect/", StringComparison.Ordinal));
        }));
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account?done=password")]
    [InlineData("/connect/authorize?client_id=portal&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback")]
    [InlineData("/connect/verify?user_code=1234")]
    public void Our_own_addresses_are_kept(string asked) => Assert.Equal(asked, ReturnUrl.Of(asked));

    [Theory]
    [InlineData("/account/sign-out")]
    [InlineData("/account/sign-out?x=1")]
    public void What_is_only_a_button_is_not_led_to(string asked) => Assert.Equal(ReturnUrl.Home, ReturnUrl.Of(asked));
}
