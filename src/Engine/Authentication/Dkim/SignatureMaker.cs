using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Computes signatures over fields and body (RFC 6376, 3.7); DKIM and ARC share it.</summary>
internal static class SignatureMaker
{
    /// <summary>The value of <c>bh=</c>.</summary>
    public static string BodyHash(RawMessage message, bool isRelaxed) =>
        Convert.ToBase64String(new BodyDigests(message.Body).Of(new BodyUse(isRelaxed, HashAlgorithmName.SHA256)).Octets);

    /// <summary>The field with its line end and the value of <c>b=</c> filled in.</summary>
    /// <param name="tags">With <c>b=</c> still empty.</param>
    /// <param name="before">Writes the canonical fields that come before the signature itself.</param>
    public static string Sign(string fieldName, IReadOnlyList<(string Name, string Value)> tags, bool isRelaxed, DkimPrivateKey key, bool isSignatureBroken, Action<IBufferWriter<byte>> before)
    {
        var unsigned = new RawField(Encoding.UTF8.GetBytes(SignatureText.Compose(fieldName, tags, isSignatureBroken)));
        var range = TagList.Parse(unsigned.Value[..^2], out _)!.RangeOf("b")!.Value;
        var offset = unsigned.Octets.Length - unsigned.Value.Length;
        var header = new ArrayBufferWriter<byte>(4096);
        before(header);
        HeaderCanonicalisation.WriteUnsigned(header, unsigned, isRelaxed, (range.Start + offset, range.End + offset));
        var signature = Convert.ToBase64String(key.SignHash(SHA256.HashData(header.WrittenSpan)));
        return SignatureText.Compose(fieldName, [.. tags.Select(tag => tag.Name == "b" ? ("b", signature) : tag)], isSignatureBroken);
    }

    /// <summary>Writes the fields that the names mean.</summary>
    public static Action<IBufferWriter<byte>> Fields(RawMessage message, IReadOnlyList<string> names, bool isRelaxed) => header =>
    {
        foreach (var index in SignedFields.Select(message, names, -1).Indices)
            HeaderCanonicalisation.Write(header, message.Fields[index], isRelaxed);
    };
}
