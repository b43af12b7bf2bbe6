using System.Buffers.Binary;
using System.IO.Compression;

namespace Platform.Engine.Learning;

// The file of a model. All numbers little-endian:
//   4 octets "PLM1"; uint16 version of the features; uint16 bits of the table's size; int32 seed; int32 number of mails;
//   float slope and offset of the calibration; then twice (attack, fraud): float scale, float bias;
//   then, as one raw deflate stream (RFC 1951), both tables of signed octets, one after the other, and nothing behind them.

/// <summary>Reads and writes models. What is read is bounded by the size that the header must have.</summary>
public static class ModelFile
{
    private const uint Magic = 0x314d_4c50;
    private const int HeaderLength = 4 + 2 + 2 + 4 + 4 + 8 + 16;
    private const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Reads a model in place of the one that ships with the engine.</summary>
    /// <exception cref="ModelException">It cannot be read, is no model, or was made for other features than this engine's. The message names the file.</exception>
    public static LearnedModel Open(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ModelException($"The model {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <param name="name">How the model is called in the message of an error.</param>
    /// <exception cref="ModelException">It is no model, or was made for other features than this engine's.</exception>
    public static LearnedModel Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
            throw new ModelException($"The model {name} does not begin as one.");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        if (version != MailFeatures.Version || BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) != FeatureVector.SizeBits)
            throw new ModelException($"The model {name} was made for version {version} of the features; this engine has {MailFeatures.Version}. Train it again.");
        var origin = new ModelOrigin(version, BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt32LittleEndian(header[12..]));
        Span<float> numbers = stackalloc float[6];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = BinaryPrimitives.ReadSingleLittleEndian(header[(16 + 4 * index)..]);
            if (!float.IsFinite(numbers[index]) || MathF.Abs(numbers[index]) > 1e6f)
                throw new ModelException($"The model {name} holds a number that is none.");
        }

        var tables = Inflate(stream, name);
        return new LearnedModel(
            new WeightTable(tables[..FeatureVector.Size], numbers[2], numbers[3]),
            new Calibration(numbers[0], numbers[1]),
            new WeightTable(tables[FeatureVector.Size..], numbers[4], numbers[5]),
            origin);
    }

    /// <summary>Writes a model so that the same model gives the same octets.</summary>
    public static void Write(LearnedModel model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)model.Origin.FeatureVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], FeatureVector.SizeBits);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], model.Origin.Seed);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], model.Origin.Mails);
        ReadOnlySpan<float> numbers = [model.Calibration.Slope, model.Calibration.Offset, model.Attack.Scale, model.Attack.Bias, model.Fraud.Scale, model.Fraud.Bias];
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteSingleLittleEndian(header[(16 + 4 * index)..], numbers[index]);
        stream.Write(header);
        using var deflate = new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        deflate.Write((byte[])(Array)model.Attack.Steps);
        deflate.Write((byte[])(Array)model.Fraud.Steps);
    }

    private static sbyte[] Inflate(Stream stream, string name)
    {
        var octets = new byte[2 * FeatureVector.Size];
        try
        {
            using var bounded = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bounded.Write(buffer, 0, read);
                if (bounded.Length > MaxLength)
                    throw new ModelException($"The model {name} is larger than {MaxLength} bytes.");
            }

            bounded.Position = 0;
            using var inflate = new DeflateStream(bounded, CompressionMode.Decompress);
            if (inflate.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false) < octets.Length || inflate.ReadByte() >= 0)
                throw new ModelException($"The model {name} has not the length that it should have.");
        }
        catch (InvalidDataException exception)
        {
            throw new ModelException($"The model {name} is damaged: {exception.Message}", exception);
        }

        return (sbyte[])(Array)octets;
    }
}

/// <summary>A model cannot be used. The message is for people.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
