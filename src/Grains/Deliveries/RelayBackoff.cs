using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Platform.Grains.Deliveries;

/// <summary>How long a deferred delivery waits: the steps of the settings, the last one repeating, each up to a tenth longer so that a queue does not move in step.</summary>
internal static class RelayBackoff
{
    /// <param name="attempt">The attempt that was just made, from 1.</param>
    /// <param name="deliveryId">Spreads deliveries; the same delivery and attempt always wait the same.</param>
    public static TimeSpan WaitAfter(int attempt, Guid deliveryId, IReadOnlyList<TimeSpan> steps)
    {
        var step = steps[Math.Clamp(attempt, 1, steps.Count) - 1];
        return step + (step * (0.1 * Spread(attempt, deliveryId)));
    }

    private static double Spread(int attempt, Guid deliveryId)
    {
        Span<byte> seed = stackalloc byte[20];
        deliveryId.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32LittleEndian(seed[16..], attempt);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue;
    }
}
