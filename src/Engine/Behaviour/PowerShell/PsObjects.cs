using System.IO.Compression;
using System.Security.Cryptography;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Objects of the run-time library as scripts make them.</summary>
internal static class PsObjects
{
    private const int MaxUnpacked = 8 * 1024 * 1024;

    public static object? Create(string type, IReadOnlyList<object?> arguments, BehaviourLog log)
    {
        var kind = PsCasts.Plain(type);
        var first = arguments.Count > 0 ? arguments[0] : null;
        var made = new PsObject(kind);
        switch (kind)
        {
            case "io.memorystream":
                made.Data = first is PsRemote ? first : PsValues.Octets(first is List<object?> { Count: 1 } wrapped && wrapped[0] is byte[] or List<object?> ? wrapped[0] : first) ?? [];
                return made;
            case "io.compression.gzipstream" or "io.compression.deflatestream":
                made.Data = first is PsObject { Data: PsRemote remote } ? remote : Unpack(PsValues.Octets(first), kind.EndsWith("gzipstream", StringComparison.Ordinal), log);
                return made;
            case "io.streamreader" or "io.binaryreader" or "io.bufferedstream":
                made.Data = first is PsObject stream ? stream.Data : first is PsRemote ? first : null;
                return made;
            case "security.cryptography.cryptostream":
                var transform = arguments.Count > 1 ? arguments[1] as PsObject : null;
                made.Data = transform is { Kind: "decryptor" } ? Transform(transform, PsValues.Octets(first), log) : (first as PsObject)?.Data;
                return made;
            case "string":
                return first is List<object?> letters ? PsValues.Joined(letters, "", log) : first is char && arguments.Count > 1 ? PsOperators.Apply("*", PsValues.Text(first), arguments[1], log) : PsValues.Text(first);
            case "byte[]":
                return first is null ? Array.Empty<byte>() : new byte[Math.Clamp(PsValues.Number(first), 0, log.Budget.TakeOutput(PsValues.Number(first)) ? MaxUnpacked : 0)];
            case "collections.arraylist" or "collections.generic.list[string]" or "collections.generic.list[byte]" or "collections.generic.list[object]":
                return log.Budget.TakeOutput((long)PsValues.Items(first).Count * BuiltText.CostOfItem) ? PsValues.Items(first).ToList() : PsUnknown.Value;
            case "uri":
                return PsCasts.Named("uri", PsValues.Text(first));
            case "text.stringbuilder":
                made.Data = PsValues.Text(first);
                return made;
            case "random" or "datetime" or "timespan":
                return PsUnknown.Value;
            default:
                if (first is not null)
                    made.Fields["value"] = first;
                return made;
        }
    }

    public static byte[]? Unpack(byte[]? packed, bool isGzip, BehaviourLog log)
    {
        if (packed is null)
            return null;
        try
        {
            using var source = new MemoryStream(packed);
            using Stream stream = isGzip ? new GZipStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress);
            using var target = new MemoryStream();
            var buffer = new byte[8192];
            while (target.Length < MaxUnpacked && stream.Read(buffer) is > 0 and var count && log.Budget.TakeOutput(count))
                target.Write(buffer, 0, count);
            return target.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Decrypts as the object says, where key and text are there.</summary>
    public static byte[]? Transform(PsObject transform, byte[]? content, BehaviourLog log)
    {
        var (key, iv) = (PsValues.Octets(transform.Fields.GetValueOrDefault("key")), PsValues.Octets(transform.Fields.GetValueOrDefault("iv")));
        if (content is null || key is null || key.Length is not (16 or 24 or 32) || !log.Budget.TakeOutput(content.Length))
            return null;
        try
        {
            using var aes = Aes.Create();
            aes.Mode = transform.Field("mode").ToLowerInvariant() switch { "ecb" or "2" => CipherMode.ECB, _ => CipherMode.CBC };
            aes.Padding = transform.Field("padding").ToLowerInvariant() switch { "zeros" or "3" => PaddingMode.Zeros, "none" or "1" => PaddingMode.None, _ => PaddingMode.PKCS7 };
            aes.Key = key;
            aes.IV = iv is { Length: 16 } ? iv : new byte[16];
            using var decryptor = aes.CreateDecryptor();
            return decryptor.TransformFinalBlock(content, 0, content.Length);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
