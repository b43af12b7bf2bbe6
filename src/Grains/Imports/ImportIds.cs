using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Platform.Grains.Imports;

/// <summary>Ids that follow from the job and the place in its file, so that a job begun again knows what it has already taken in.</summary>
internal static class ImportIds
{
    public static Guid MessageAt(Guid job, DateTimeOffset createdAt, int index) => Make(job, createdAt, index, part: 0);

    public static Guid DeliveryAt(Guid job, DateTimeOffset createdAt, int index, int recipient) => Make(job, createdAt, index, part: recipient + 1);

    /// <summary>In the shape of a version 7 UUID (RFC 9562, 5.7) with a hash where random bits stand.</summary>
    private static Guid Make(Guid job, DateTimeOffset createdAt, int index, int part)
    {
        Span<byte> seed = stackalloc byte[24];
        job.TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], index);
        BinaryPrimitives.WriteInt32BigEndian(seed[20..], part);
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, id);

        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, createdAt.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id[..16], bigEndian: true);
    }
}
