using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Edge;
using Platform.Storage.Onboarding.Mailboxes;

namespace Platform.Api.Tests.Edge;

public sealed class MailboxCsvTests
{
    [Theory]
    [InlineData("address,displayName,aliases,groups\r\na@x.test,\"Doe, Jane\",b@x.test;c@x.test,Sales;Tokyo office\r\n")]
    [InlineData("\uFEFFgroups;aliases;email;display name\n\"Sales;Tokyo office\";\"b@x.test c@x.test\";a@x.test;\"Doe, Jane\"\n")]
    [InlineData("メールアドレス\t氏名\t別名\tグループ\r\na@x.test\tDoe, Jane\tb@x.test|c@x.test\tSales;Tokyo office")]
    public void Separators_and_names_of_columns_are_found(string text)
    {
        var line = Assert.Single(MailboxCsv.Read(text));

        Assert.Equal((2, "a@x.test", "Doe, Jane"), (line.Line, line.Address, line.DisplayName));
        Assert.Equal(["b@x.test", "c@x.test"], line.Aliases);
        Assert.Equal(["Sales", "Tokyo office"], line.Groups);
    }

    [Fact]
    public void A_column_that_is_not_there_says_nothing()
    {
        var line = Assert.Single(MailboxCsv.Read("address\n\na@x.test\n"));

        Assert.Equal((3, null, null, null), (line.Line, line.DisplayName, line.Aliases, line.Groups));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,groups\nx,y\n")]
    [InlineData("address\n\"open quote\n")]
    [InlineData("address\na\"b@x.test\n")]
    public void What_is_no_list_is_refused(string text) => Assert.Throws<ApiException>(() => MailboxCsv.Read(text));

    [Fact]
    public void A_list_has_an_end()
    {
        Assert.Equal(413, Assert.Throws<ApiException>(() => MailboxCsv.Read("address\n" + string.Concat(Enumerable.Repeat("a@x.test\n", 10_001)))).Status);
        Assert.Equal(413, Assert.Throws<ApiException>(() => MailboxCsv.Read(new string('x', MailboxCsv.MaxText + 1))).Status);
        Assert.Throws<ApiException>(() => MailboxCsv.Read("address\n" + new string('x', 10_000)));
    }

    [Fact]
    public void Nothing_that_is_exported_runs_in_a_spreadsheet_and_all_of_it_comes_back()
    {
        MailboxLine[] lines = [new(2, "a@x.test", "=cmd|' /C calc'!A0", ["-b@x.test"], ["+Sales", "@home"]), new(3, "b@x.test", "Doe \"JD\", Jane", [], [])];

        var text = MailboxCsv.Write(lines);
        var read = MailboxCsv.Read(text);

        Assert.DoesNotContain("\"=", text, StringComparison.Ordinal);
        Assert.Equal(lines.Select(line => (line.Address, line.DisplayName)), read.Select(line => (line.Address, line.DisplayName)));
        Assert.Equal(["+Sales", "@home"], read[0].Groups);
    }

    [Fact]
    public void A_group_with_a_comma_in_its_name_is_exported_and_read_as_one()
    {
        var read = Assert.Single(MailboxCsv.Read(MailboxCsv.Write([new(2, "a@x.test", "A", [], ["Sales, Tokyo", "R|D"])])));

        Assert.Equal(["Sales, Tokyo", "R|D"], read.Groups);
    }

    [Fact]
    public void Whatever_is_sent_is_read_or_refused() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?[]>(),
        cells =>
        {
            try
            {
                MailboxCsv.Read("address,name\n" + string.Join(',', cells));
            }
            catch (ApiException)
            {
                // Refused with a sentence.
            }
        }).QuickCheckThrowOnFailure();
}
