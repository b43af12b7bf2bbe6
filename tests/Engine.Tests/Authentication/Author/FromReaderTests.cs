using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Authentication.Author;

namespace Platform.Engine.Tests.Authentication.Author;

public sealed class FromReaderTests
{
    [Theory]
    [InlineData("a@one.test", "one.test")]
    [InlineData("A Person <a@One.TEST>", "one.test")]
    [InlineData("\"Person, A\" <a@one.test>", "one.test")]
    [InlineData("(a (nested) comment) a@one.test (another)", "one.test")]
    [InlineData("\"a b\"@one.test", "one.test")]
    [InlineData("<a@one.test >", "one.test")]
    [InlineData("<@x.test,@y.test:a@one.test>", "one.test")]
    [InlineData("Team: a@one.test, B <b@one.test>;", "one.test")]
    [InlineData("a@one.test, B <b@ONE.test>", "one.test")]
    [InlineData("A <a@one.test>,", "one.test")]
    [InlineData("a @ one . test", "one.test")]
    [InlineData("a@one.test.", "one.test")]
    [InlineData("=?utf-8?Q?A_P=C3=A9rson?= <a@one.test>", "one.test")]
    [InlineData("A\r\n <a@one.test>\r\n", "one.test")]
    [InlineData("\"ceo@two.test\" <a@one.test>", "one.test")]
    [InlineData("ceo@two.test <a@one.test>", "one.test")]
    [InlineData("A Person a@one.test", "one.test")]
    [InlineData("a@bücher.test", "xn--bcher-kva.test")]
    [InlineData("a@localhost", "localhost")]
    public void One_domain_is_the_authors(string value, string domain)
    {
        var author = Read(value);
        Assert.Equal((AuthorFault.None, domain), (author.Fault, author.Domain));
    }

    [Theory]
    [InlineData("a@one.test, b@two.test", AuthorFault.SeveralDomains)]
    [InlineData("Team: a@one.test, b@two.test;", AuthorFault.SeveralDomains)]
    [InlineData("<a@one.test>b@two.test", AuthorFault.SeveralDomains)]
    [InlineData("<a@one.test> <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("<a@one.test>\\,<b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("<a@one.test, b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("a@one.test b@two.test", AuthorFault.SeveralDomains)]
    [InlineData("a@one.test@two.test", AuthorFault.SeveralDomains)]
    [InlineData("<a@one.test(<b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("\"<a@one.test> <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("\\\"a@one.test\" <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("=?utf-8?B?PGFAb25lLnRlc3Q+?=, <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("\"a@one.test\", <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("a@one.test\0 <b@two.test>", AuthorFault.SeveralDomains)]
    [InlineData("a@one.test\0.two.test", AuthorFault.BadDomain)]
    [InlineData("a@[192.0.2.1]", AuthorFault.BadDomain)]
    [InlineData("a@192.0.2.1", AuthorFault.BadDomain)]
    [InlineData("a@-_-..test", AuthorFault.BadDomain)]
    [InlineData("a@one.test'b", AuthorFault.BadDomain)]
    [InlineData("a@", AuthorFault.BadDomain)]
    [InlineData("=?utf-8?Q?a=40one.test?=", AuthorFault.NoAddress)]
    [InlineData("undisclosed: ;", AuthorFault.NoAddress)]
    [InlineData("<>", AuthorFault.NoAddress)]
    [InlineData("", AuthorFault.NoAddress)]
    public void Where_readers_could_differ_there_is_no_author(string value, AuthorFault fault)
    {
        var author = Read(value);
        Assert.Equal((fault, ""), (author.Fault, author.Domain));
    }

    [Fact]
    public void Two_fields_have_no_author_even_when_they_agree() =>
        Assert.Equal(AuthorFault.SeveralFields, FromReader.Read(["a@one.test", "a@one.test"]).Fault);

    [Fact]
    public void No_field_has_no_author() => Assert.Equal(AuthorFault.NoField, FromReader.Read([]).Fault);

    [Theory]
    [InlineData("\"ceo@two.test\" <a@one.test>", "ceo@two.test", AddressPlace.Name)]
    [InlineData("ceo@two.test <a@one.test>", "ceo@two.test", AddressPlace.Name)]
    [InlineData("=?utf-8?B?Y2VvQHR3by50ZXN0?= <a@one.test>", "ceo@two.test", AddressPlace.Name)]
    [InlineData("=?utf-8?Q?ceo@two.test?= <a@one.test>", "ceo@two.test", AddressPlace.Name)]
    [InlineData("=?utf-8?Q?ceo=EF=BC=A0two.test?= <a@one.test>", "ceo@two.test", AddressPlace.Name)]
    [InlineData("a@one.test (ceo@two.test)", "ceo@two.test", AddressPlace.Comment)]
    [InlineData("<a@one.test>ceo@two.test", "ceo@two.test", AddressPlace.Trailing)]
    [InlineData("<@two.test:a@one.test>", "route@two.test", AddressPlace.Route)]
    [InlineData("=?utf-8?Q?ceo=40two.test?=", "ceo@two.test", AddressPlace.Name)]
    [InlineData("a@one.test, ceo@two.test", "ceo@two.test", AddressPlace.Mailbox)]
    [InlineData("ceo@two.test\0.one.test", "ceo@two.test", AddressPlace.Mailbox)]
    public void Every_address_that_a_client_may_show_is_listed(string value, string address, AddressPlace place)
    {
        var shown = Assert.Single(Read(value).Addresses, shown => shown.Address == address);
        Assert.Equal((place, "two.test"), (shown.Place, shown.Domain));
    }

    [Theory]
    [InlineData("\"Person, A\" <a@one.test>", false)]
    [InlineData("Team: a@one.test;", false)]
    [InlineData("\"ceo@two.test\" <a@one.test>", false)]
    [InlineData("A Person a@one.test", true)]
    [InlineData("<a@one.test> (ok) junk", true)]
    [InlineData("<@x.test:a@one.test>", true)]
    [InlineData("A <a@one.test", true)]
    [InlineData("Team: a@one.test", true)]
    [InlineData("A\rB <a@one.test>", true)]
    [InlineData("A <a@one.test>, ,", true)]
    public void What_leaves_the_standard_is_malformed(string value, bool isMalformed) => Assert.Equal(isMalformed, Read(value).IsMalformed);

    [Theory]
    [InlineData("From : a@one.test\r\n\r\n", FromOddity.BrokenFieldName)]
    [InlineData("From\r\n : a@one.test\r\n\r\n", FromOddity.BrokenFieldName)]
    [InlineData(" From: a@one.test\r\nTo: x@y.test\r\n\r\n", FromOddity.BrokenFieldName)]
    [InlineData("Fr\0om: a@one.test\r\n\r\n", FromOddity.BrokenFieldName)]
    public void A_field_with_an_odd_name_is_a_From_field(string message, string oddity)
    {
        var author = MessageAuthor.Read(Encoding.UTF8.GetBytes(message));
        Assert.Equal("one.test", author.Domain);
        Assert.Contains(oddity, author.Oddities);
    }

    [Theory]
    [InlineData("From: a@one.test\r\nFrom : b@two.test\r\n\r\n")]
    [InlineData("Subject: x\rFrom: b@two.test\r\nFrom: a@one.test\r\n\r\n")]
    [InlineData("\r\nFrom: a@one.test\nfrom: a@one.test\n\n")]
    [InlineData("From: a@one.test\r\nSubject: x\r\r\nFrom: b@two.test\r\n\r\n")]
    [InlineData("From: a@one.test\r\n\r\r\nFrom: b@two.test\r\n\r\n")]
    [InlineData("From: a@one.test\n\r\rFrom: b@two.test\n\n")]
    [InlineData("\r\n\uFEFFFrom: a@one.test\r\nFrom: b@two.test\r\n\r\n")]
    public void Two_From_fields_are_seen_however_they_are_written(string message) =>
        Assert.Equal(AuthorFault.SeveralFields, MessageAuthor.Read(Encoding.UTF8.GetBytes(message)).Fault);

    [Fact]
    public void A_From_within_another_field_is_shown()
    {
        var author = MessageAuthor.Read("Subject: x\r\n From: b@two.test\r\nFrom: a@one.test\r\nSender: c@three.test\r\n\r\nFrom: body@four.test\r\n"u8);
        Assert.Equal("one.test", author.Domain);
        Assert.Equal([AddressPlace.Mailbox, AddressPlace.Continuation, AddressPlace.Sender], author.Addresses.Select(shown => shown.Place));
    }

    [Fact]
    public void A_field_without_end_is_no_author_and_takes_no_time()
    {
        foreach (var piece in new[] { "a@b.test,", "(", "\"", "<", "@", "\\(", "a@", ".a", "=?utf-8?Q?a?= ", "<a@b>(" })
            Assert.NotEqual(AuthorFault.None, Read(string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length))).Fault);
    }

    [Fact]
    public void The_domain_stands_in_the_text()
    {
        var pieces = Gen.Elements("a", "@", "one.test", "two.test", "<", ">", "\"", "(", ")", ",", ";", ":", " ", "\\", "\0", "\r\n ", "=?utf-8?B?YUB0d28udGVzdA==?=", ".", "[", "]");
        Check.QuickThrowOnFailure(Prop.ForAll(pieces.ArrayOf().ToArbitrary(), parts =>
        {
            var text = string.Concat(parts);
            var author = FromReader.Read([text]);
            var plain = string.Concat(text.Where(c => c > ' ' && c is not ('(' or ')' or '"' or '\\')));
            return (author.Fault == AuthorFault.None) == (author.Domain.Length > 0)
                && author.Domains.All(domain => domain == MailDomain.Normalise(domain))
                && (author.Domain.Length == 0 || author.Domains.SequenceEqual([author.Domain]))
                && (author.Domain.Length == 0 || plain.Contains(author.Domain, StringComparison.Ordinal) || text.Contains('(', StringComparison.Ordinal));
        }));
    }

    private static AuthorIdentity Read(string value) => FromReader.Read([Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value))]);
}
