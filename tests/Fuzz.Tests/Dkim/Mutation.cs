using System.Text;

namespace Platform.Fuzz.Tests.Dkim;

/// <summary>Small changes to input that is right, with pieces that mean something to the parser.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] seed, Random random, string[] pieces)
    {
        List<byte> input = [.. seed];
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(input.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < input.Count:
                    input[at] = (byte)random.Next(256);
                    break;
                case 1:
                    input.InsertRange(at, Encoding.Latin1.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
                case 2 when at < input.Count:
                    input.RemoveRange(at, random.Next(Math.Min(40, input.Count - at)));
                    break;
                case 3 when at < input.Count:
                    input.InsertRange(at, input.GetRange(at, random.Next(Math.Min(300, input.Count - at))));
                    break;
            }
        }

        return [.. input];
    }
}
