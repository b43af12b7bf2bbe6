using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Tests.Commands;

public sealed class BdatCommandTests
{
    [Fact]
    public void Any_command_survives_being_written_and_read() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Zip(Gen.Elements(true, false)).ToArbitrary(),
            pair => BdatCommand.TryParse(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pair.Item1}{(pair.Item2 ? " last" : "")}")), out var command)
                && command == new BdatCommand(pair.Item1, pair.Item2))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("LAST")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("0x10")]
    [InlineData("1.5")]
    [InlineData("10LAST")]
    [InlineData("10 LAST LAST")]
    [InlineData("10 FIRST")]
    [InlineData("10\tLAST")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    public void A_size_that_is_none_is_refused(string arguments)
    {
        Assert.False(BdatCommand.TryParse(Encoding.ASCII.GetBytes(arguments), out _));
    }
}
