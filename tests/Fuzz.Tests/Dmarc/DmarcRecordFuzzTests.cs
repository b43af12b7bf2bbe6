using System.Text;

namespace Platform.Fuzz.Tests.Dmarc;

public sealed class DmarcRecordFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Pieces =
    [
        "v=DMARC1", ";", "=", "p=reject", "sp=none", "np=", "rua=mailto:a@b.test", "ruf=", "!10m", "!", ",", "mailto:", "fo=0:1:d", "pct=50", "ri=86400", "psd=y", "t=y", "adkim=s", " ", "\t", "\0", "\u00FF", "p", "%40", "@",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_text_of_telling_pieces_breaks_a_promise(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            List<byte> input = [];
            for (var pieces = random.Next(1, 24); pieces > 0; pieces--)
                input.AddRange(Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
            for (var changes = random.Next(3); changes > 0; changes--)
                input[random.Next(input.Count)] = (byte)random.Next(256);
            Run([.. input], $"Seed {seed}, round {i}");
        }
    }

    [Fact]
    public void The_longest_input_is_no_burden()
    {
        foreach (var piece in Pieces)
        {
            var input = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, 256 * 1024 / piece.Length)));
            var started = TimeProvider.System.GetTimestamp();
            Run(input, piece);
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    private static void Run(byte[] input, string what)
    {
        try
        {
            DmarcRecordTarget.Run(input);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}, input {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 2_000)))}: {exception}");
        }
    }
}
