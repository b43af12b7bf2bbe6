using System.Text;
using Platform.Benchmarks.Mails;

namespace Platform.EndToEnd.Tests.Harness;

public sealed class MailFactoryTests
{
    [Fact]
    public void The_same_seed_makes_the_same_mails()
    {
        Assert.Equal(Made(5), Made(5));

        static string[] Made(int seed)
        {
            var factory = new MailFactory("run", new Random(seed));
            return [.. Enumerable.Range(0, 20).Select(i => Encoding.ASCII.GetString(factory.Clean(1_000 * i).Bytes.Span))];
        }
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(4_001)]
    [InlineData(4_071)]
    [InlineData(4_072)]
    [InlineData(4_143)]
    [InlineData(20_000)]
    public void A_mail_of_an_exact_size_has_it(int size) =>
        Assert.Equal(size, new MailFactory("run", new Random(1)).CleanOfExactly(size, "info@acme.test").Bytes.Length);

    public static TheoryData<string> Kinds => [.. PeerMail.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_mail_is_fit_for_the_wire(string kind)
    {
        var mail = PeerMail.All.Single(k => k.Name == kind).To("id@partner.example", "info@acme.test");
        var text = Encoding.Latin1.GetString(mail.Bytes.Span);

        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Replace("\r\n", "", StringComparison.Ordinal), c => c is '\r' or '\n' or '\0');
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }
}
