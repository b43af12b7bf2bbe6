using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class OwnPersonImpersonationTests
{
    private static readonly Person[] People = [new("Hanako Suzuki", "hanako@acme.test"), new("佐藤 健", "sato@acme.test")];

    [Theory]
    [InlineData("Hanako Suzuki <hanako.suzuki.ceo@gmail.com>")]
    [InlineData("Suzuki Hanako <x@evil.example>")]
    [InlineData("=?utf-8?B?5L2Q6JekIOWBpQ==?= <x@evil.example>")]
    [InlineData("HANAKO  SUZUKI <x@evil.example>")]
    public void A_stranger_under_an_own_name_is_seen(string from)
    {
        Assert.Equal(["own-person-impersonation"], Signs(from));
    }

    [Theory]
    [InlineData("Hanako Suzuki <hanako@acme.test>")]
    [InlineData("Hanako Suzuki <hanako@mail.acme.test>")]
    [InlineData("Hanako Tanaka <hanako@partner.example>")]
    [InlineData("taro@partner.example")]
    public void Own_people_and_other_names_pass(string from)
    {
        Assert.Empty(Signs(from));
    }

    private static IReadOnlyList<string> Signs(string from) => new TestMail { From = from, People = People }.SignsOf(new OwnPersonImpersonation());
}
