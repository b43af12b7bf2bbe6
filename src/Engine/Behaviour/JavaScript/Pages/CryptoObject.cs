using System.Security.Cryptography;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary><c>crypto</c> (W3C Web Cryptography): as much as a page needs to decode itself. Random octets follow a fixed seed.</summary>
internal static class CryptoObject
{
    public static JsObject Make(World world)
    {
        var state = 0x2545_F491u;
        return world.Plain(
            ("getRandomValues", world.Method("getRandomValues", arguments => Fill(arguments.At(0), ref state))),
            ("randomUUID", world.Method("randomUUID", _ => World.Text("3f0c9a52-7d1e-4b6a-9c38-51e2f7a4d06b"))),
            ("subtle", world.Plain(
                ("importKey", world.Method("importKey", arguments => world.Resolved(new KeyObject(world, world.BytesOf(arguments.At(1)))))),
                ("deriveKey", world.Method("deriveKey", arguments => Answer(world, () => new KeyObject(world, Derive(world, arguments, KeyLength(arguments.At(2))))))),
                ("deriveBits", world.Method("deriveBits", arguments => Answer(world, () => Buffer(world, Derive(world, arguments, (int)arguments.NumberAt(2) / 8))))),
                ("decrypt", world.Method("decrypt", arguments => Answer(world, () => Buffer(world, Decrypt(world, arguments))))),
                ("encrypt", world.Method("encrypt", arguments => world.Resolved(Buffer(world, world.BytesOf(arguments.At(2)))))),
                ("digest", world.Method("digest", arguments => Answer(world, () => Buffer(world, Ciphers.Hash(NameOf(arguments.At(0)), world.BytesOf(arguments.At(1))))))),
                ("exportKey", world.Method("exportKey", arguments => world.Resolved(Buffer(world, (arguments.At(1) as KeyObject)?.Content.ToArray() ?? [])))))));
    }

    private static JsValue Fill(JsValue array, ref uint state)
    {
        if (array is JsTypedArray typed)
            for (var index = 0; index < Math.Min(typed.Length, 65_536); index++)
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                typed.Set(JsNumber.Create(index), JsNumber.Create(state & 0xFFFF));
            }

        return array;
    }

    private static JsValue Answer(World world, Func<JsValue> make)
    {
        try
        {
            return world.Resolved(make());
        }
        catch (CryptographicException)
        {
            return world.Rejected("OperationError");
        }
    }

    private static JsValue Buffer(World world, byte[] bytes) => ((ObjectInstance)world.Bytes(bytes)).Get("buffer");

    private static byte[] Derive(World world, JsValue[] arguments, int length)
    {
        if (arguments.At(0) is not ObjectInstance how || arguments.At(1) is not KeyObject key)
            throw new CryptographicException();
        var iterations = Number(how, "iterations", 1);
        return Ciphers.Derive(world, key.Content.Span, world.BytesOf(how.Get("salt")), iterations, NameOf(how.Get("hash")), length);
    }

    private static byte[] Decrypt(World world, JsValue[] arguments)
    {
        if (arguments.At(0) is not ObjectInstance how || arguments.At(1) is not KeyObject key)
            throw new CryptographicException();
        var data = world.BytesOf(arguments.At(2));
        return NameOf(how).ToUpperInvariant() switch
        {
            "AES-GCM" => Ciphers.DecryptGcm(world, data, key.Content.Span, world.BytesOf(how.Get("iv")), world.BytesOf(how.Get("additionalData")), Number(how, "tagLength", 128) / 8),
            "AES-CBC" => Ciphers.DecryptAes(world, data, key.Content.ToArray(), world.BytesOf(how.Get("iv")), CipherMode.CBC, PaddingMode.PKCS7),
            "AES-CTR" => Ciphers.DecryptCounter(world, data, key.Content.ToArray(), world.BytesOf(how.Get("counter"))),
            _ => throw new CryptographicException(),
        };
    }

    private static int KeyLength(JsValue algorithm) => algorithm is ObjectInstance how ? Number(how, "length", 256) / 8 : 32;

    private static int Number(ObjectInstance how, string name, int missing) => how.Get(name) is JsNumber number ? (int)Math.Clamp(TypeConverter.ToNumber(number), 0, 100_000_000) : missing;

    private static string NameOf(JsValue algorithm) => algorithm is ObjectInstance how ? how.Get("name").AsText() : algorithm.AsText();
}

internal sealed class KeyObject(World world, ReadOnlyMemory<byte> content) : HostObject(world), IBytes
{
    public ReadOnlyMemory<byte> Content => content;

    protected override JsValue? Read(string name) => name == "type" ? Text("secret") : null;
}
