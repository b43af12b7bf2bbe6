using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class NetworkFileTests
{
    private static readonly byte[] s_plain = NetworkFileBytes.Plain(["JP", "US"], [(2500, "WIDE")], [(0x0B000000, 1)], [(0x0B000000, 1)], [(0x2400_0000_0000_0000, 2)]);

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_as_damaged() =>
        Assert.All(Enumerable.Range(0, s_plain.Length), length =>
            Assert.Throws<InvalidDataException>(() => NetworkFile.Read(new MemoryStream(NetworkFileBytes.Compress(s_plain[..length])))));

    [Fact]
    public void A_file_of_another_version_is_refused()
    {
        byte[] other = [.. s_plain];
        other["NETPLACE".Length]++;

        Assert.Throws<InvalidDataException>(() => NetworkFile.Read(new MemoryStream(NetworkFileBytes.Compress(other))));
    }

    [Fact]
    public void A_run_that_names_a_country_not_listed_is_refused() =>
        Assert.Throws<InvalidDataException>(() => NetworkFileBytes.Table(["JP"], [], [(0x0B000000, 2)], []));
}
