using System.Security.Cryptography;
using System.Text;
using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>What stands behind the stand-in for CryptoJS.</summary>
internal static class CipherHost
{
    public static JsObject Make(World world) => world.Plain(
        ("decode", world.Method("decode", arguments => world.Bytes(Decode(arguments.TextAt(0), arguments.TextAt(1))))),
        ("encode", world.Method("encode", arguments => World.Text(Encode(arguments.TextAt(0), world.BytesOf(arguments.At(1)))))),
        ("hash", world.Method("hash", arguments => world.Bytes(Ciphers.Hash(arguments.TextAt(0), world.BytesOf(arguments.At(1)))))),
        ("hmac", world.Method("hmac", arguments => world.Bytes(Ciphers.Authenticate(arguments.TextAt(0), world.BytesOf(arguments.At(2)), world.BytesOf(arguments.At(1)))))),
        ("derive", world.Method("derive", arguments => Safe(world, () => Ciphers.Derive(world, world.BytesOf(arguments.At(0)), world.BytesOf(arguments.At(1)), Whole(arguments, 2), arguments.TextAt(4), Whole(arguments, 3))))),
        ("decrypt", world.Method("decrypt", arguments => Safe(world, () => Decrypt(world, arguments)))));

    private static JsValue Safe(World world, Func<byte[]> make)
    {
        try
        {
            return world.Bytes(make());
        }
        catch (CryptographicException)
        {
            return world.Bytes([]);
        }
    }

    // Arguments: data, key, passphrase, iv, mode, padding, salt.
    private static byte[] Decrypt(World world, JsValue[] arguments)
    {
        var data = world.BytesOf(arguments.At(0));
        var key = world.BytesOf(arguments.At(1));
        var iv = world.BytesOf(arguments.At(3));
        if (key.Length == 0)
        {
            var salt = world.BytesOf(arguments.At(6));
            if (data.AsSpan().StartsWith("Salted__"u8) && data.Length >= 16)
            {
                salt = data[8..16];
                data = data[16..];
            }

            (key, iv) = Ciphers.FromPassphrase(Encoding.UTF8.GetBytes(arguments.TextAt(2)), salt);
        }

        if (arguments.TextAt(4) == "CTR")
            return Ciphers.DecryptCounter(world, data, key, iv);
        return Ciphers.DecryptAes(world, data, key, iv, arguments.TextAt(4) == "ECB" ? CipherMode.ECB : CipherMode.CBC, arguments.TextAt(5) == "Pkcs7" ? PaddingMode.PKCS7 : PaddingMode.None);
    }

    private static int Whole(JsValue[] arguments, int index) => (int)Math.Clamp(arguments.NumberAt(index) is var number && double.IsNaN(number) ? 0 : number, 0, 100_000_000);

    private static byte[] Decode(string how, string text) => how switch
    {
        "base64" => LooseBase64.Decode(text) ?? [],
        "hex" => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : [],
        "latin1" => Encoding.Latin1.GetBytes(text),
        "utf16" => Encoding.Unicode.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static string Encode(string how, byte[] bytes) => how switch
    {
        "base64" => Convert.ToBase64String(bytes),
        "hex" => Convert.ToHexStringLower(bytes),
        "latin1" => Encoding.Latin1.GetString(bytes),
        "utf16" => Encoding.Unicode.GetString(bytes),
        _ => Encoding.UTF8.GetString(bytes),
    };
}
