using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class BrandImpersonationTests
{
    [Theory]
    [InlineData("PayPal <service@evil.example>")]
    [InlineData("Microsoft 365 Team <x@gmail.com>")]
    [InlineData("=?utf-8?B?QW1hem9uLmNvLmpw?= <info@evil.example>")]
    [InlineData("\"三井住友カード\" <info@evil.example>")]
    [InlineData("\"楽天市場 お客様センター\" <info@evil.example>")]
    [InlineData("Apple Support <x@evil.example>")]
    [InlineData("\"카카오 고객센터\" <x@evil.example>")]
    [InlineData("Ｐａｙｐａｌ <x@evil.example>")]
    public void A_borrowed_brand_is_seen(string from)
    {
        Assert.Equal(["brand-display-name"], Signs(from));
    }

    [Theory]
    [InlineData("PayPal <service@paypal.com>")]
    [InlineData("Amazon.co.jp <order@amazon.co.jp>")]
    [InlineData("Google <no-reply@accounts.google.com>")]
    [InlineData("Apple Hill Farm <farm@orchard.example>")]
    [InlineData("Chase Robinson <chase@partner.example>")]
    [InlineData("Paypalette Paints <hello@paint.example>")]
    [InlineData("三井住子 <sumiko@partner.example>")]
    public void Owners_of_brands_and_ordinary_names_pass(string from)
    {
        Assert.Empty(Signs(from));
    }

    [Fact]
    public void A_brand_in_the_subject_with_a_demand_is_seen()
    {
        var mail = new TestMail { From = "x@evil.example", Subject = "[Netflix] Payment declined", Text = "Your account is on hold. Update your payment details." };

        Assert.Equal(["brand-in-subject"], mail.SignsOf(new BrandImpersonation()));
    }

    [Fact]
    public void Talk_about_a_brand_passes()
    {
        var mail = new TestMail { Subject = "Netflix raises its prices", Text = "What do you think of it?" };

        Assert.Empty(mail.SignsOf(new BrandImpersonation()));
    }

    [Fact]
    public void A_name_through_a_list_counts_half()
    {
        var mail = new TestMail { From = "Google via Developers <dev@lists.example>", Headers = ["List-Id: <dev.lists.example>", "List-Post: <mailto:dev@lists.example>", "Reply-To: x@partner.example"] };

        Assert.Equal(50, Assert.Single(new BrandImpersonation().Inspect(mail.ToInput())).Percent);
    }

    [Theory]
    [InlineData("Microsoft Teams <x@evil.example>", "Microsoft Teams")]
    [InlineData("\"楽天カード\" <x@evil.example>", "楽天カード")]
    public void The_name_is_told_as_it_is_written(string from, string brand) =>
        Assert.Contains(("brand", brand), Assert.Single(new BrandImpersonation().Inspect(new TestMail { From = from }.ToInput())).Arguments);

    private static IReadOnlyList<string> Signs(string from) => new TestMail { From = from }.SignsOf(new BrandImpersonation());
}
