using System.Runtime.CompilerServices;
using System.Text;
using Platform.Engine.Authentication.Dns;
using Platform.ScannerHost.Confinement;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost;

/// <summary>
/// Harms this process as a hostile mail would, when its header says <c>X-Poison: crash|loop|overflow|allocate</c>, or has it
/// ask DNS: <c>ask</c> one thing and then what the answer says, <c>ask-often</c> without end, <c>ask-nonsense</c> what is no name,
/// <c>ask-at-length</c> in a frame too large.
/// Reached only when the pool was told so for tests, which Production refuses.
/// </summary>
internal static class Poison
{
    private const long AllocatedBytes = 4L * 1024 * 1024 * 1024;

    public static void Take(ReadOnlySpan<byte> message, PoolResolver resolver)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(end < 0 ? message : message[..end]);
        foreach (var line in header.Split("\r\n"))
        {
            if (!line.StartsWith("X-Poison:", StringComparison.OrdinalIgnoreCase))
                continue;
            switch (line["X-Poison:".Length..].Trim())
            {
                case "crash":
                    Libc.abort();
                    break;
                case "loop":
                    Loop();
                    break;
                case "overflow":
                    Overflow(0);
                    break;
                case "allocate":
                    Allocate();
                    break;
                case "ask":
                    resolver.Ask(new DnsQuestion(resolver.Ask(new DnsQuestion("poison.test", DnsType.Txt)).Records.FirstOrDefault("none.test"), DnsType.A));
                    break;
                case "ask-often":
                    AskOften(resolver);
                    break;
                case "ask-nonsense":
                    resolver.Ask(new DnsQuestion("..", DnsType.Txt));
                    break;
                case "ask-at-length":
                    resolver.Ask(new DnsQuestion(new string('a', 100_000), DnsType.Txt));
                    break;
            }
        }
    }

    private static void Loop()
    {
        for (var turns = 0UL; ; turns++)
            GC.KeepAlive(turns);
    }

    private static void AskOften(PoolResolver resolver)
    {
        for (var number = 0UL; ; number++)
            resolver.Ask(new DnsQuestion($"{number}.test", DnsType.A));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Overflow(int depth) => Overflow(depth + 1) + 1;

    private static void Allocate()
    {
        List<byte[]> kept = [];
        for (long taken = 0; taken < AllocatedBytes;)
        {
            var block = GC.AllocateUninitializedArray<byte>(16 * 1024 * 1024);
            block.AsSpan().Fill(1);
            kept.Add(block);
            taken += block.Length;
        }

        GC.KeepAlive(kept);
    }
}
