using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class BitcoinAddressTests
{
    [Theory]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    [InlineData("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")]
    public void Addresses_with_the_right_checksum_are_found(string address)
    {
        Assert.Equal(address, BitcoinAddress.Find($"Pay to {address} now"));
    }

    [Theory]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [InlineData("bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("1111111111111111111111111111111")]
    [InlineData("order 1234567890123456789012345678")]
    public void Others_are_not(string text)
    {
        Assert.Null(BitcoinAddress.Find(text));
    }

    [Fact]
    public void One_changed_character_breaks_an_address()
    {
        const string address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(4, address.Length - 1).ToArbitrary(), Gen.Elements("qpzry9x8gf2tvdw0s3jn54khce6mua7l".ToCharArray()).ToArbitrary(), (at, character) =>
            address[at] == character || !BitcoinAddress.IsValid($"{address[..at]}{character}{address[(at + 1)..]}")));
    }
}
