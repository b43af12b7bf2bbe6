namespace Platform.Fuzz.Targets;

/// <summary>Changes input at random, by the seed of <paramref name="random"/>; the result has at most <paramref name="maxLength"/> octets.</summary>
internal sealed class InputMutator(Random random, IReadOnlyList<byte[]> tokens, int maxLength)
{
    private const int MaxRepeat = 400;

    public byte[] Mutate(byte[] parent, byte[] other)
    {
        List<byte> input = [.. parent];
        for (var changes = 1 + random.Next(6); changes > 0; changes--)
            Change(input, other);
        if (input.Count > maxLength)
            input.RemoveRange(maxLength, input.Count - maxLength);
        return [.. input];
    }

    private void Change(List<byte> input, byte[] other)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 + random.Next(64));
        switch (random.Next(9))
        {
            case 0 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 1 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                input.Insert(at, (byte)random.Next(256));
                break;
            case 3:
                input.RemoveRange(at, length);
                break;
            case 4 when tokens.Count > 0:
                input.InsertRange(at, tokens[random.Next(tokens.Count)]);
                break;
            case 5 when length > 0:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 6 when at < input.Count:
                input.InsertRange(at, Enumerable.Repeat(input[at], random.Next(MaxRepeat)));
                break;
            case 7 when tokens.Count > 0:
                var token = tokens[random.Next(tokens.Count)];
                for (var repeat = random.Next(60); repeat > 0; repeat--)
                    input.InsertRange(at, token);
                break;
            case 8 when other.Length > 0:
                var from = random.Next(other.Length);
                input.InsertRange(at, other.AsSpan(from, random.Next(other.Length - from)));
                break;
        }
    }
}
