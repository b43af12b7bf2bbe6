using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>
/// Writes PDF files (ISO 32000-1): objects as text, streams compressed or not, plainly with a table at the end, or with the
/// dictionaries packed in an object stream; names disguised by #xx; encrypted by RC4 under a user password.
/// </summary>
internal sealed class PdfWriter(Random random)
{
    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private readonly List<(string Dictionary, byte[]? Stream)> _objects = [];

    /// <summary>Write the small objects into a compressed stream of objects.</summary>
    public bool Packed { get; init; }

    /// <summary>Write letters of active names as #xx.</summary>
    public bool Disguised { get; init; }

    /// <summary>User password; null leaves the file unencrypted, empty encrypts it all the same.</summary>
    public string? Password { get; init; }

    /// <returns>The number of the object.</returns>
    public int Add(string dictionary)
    {
        _objects.Add((dictionary, null));
        return _objects.Count;
    }

    /// <param name="dictionary">Entries of the dictionary, without brackets, length and filter.</param>
    public int AddStream(string dictionary, byte[] content, bool compress = true)
    {
        _objects.Add(($"<< {dictionary} {(compress ? "/Filter /FlateDecode " : "")}", compress ? Deflated(content) : content));
        return _objects.Count;
    }

    /// <summary>Catalogue, page tree and pages of these texts; answers the file.</summary>
    /// <param name="catalog">Further entries of the catalogue.</param>
    /// <param name="page">Further entries of every page.</param>
    public byte[] Finish(string catalog, string page, params IReadOnlyList<string> pages)
    {
        var font = Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        var tree = _objects.Count + (2 * pages.Count) + 1;
        List<int> kids = [];
        foreach (var text in pages)
        {
            var show = new StringBuilder("BT /F1 11 Tf 60 780 Td ");
            foreach (var line in text.Split('\n'))
                show.Append(CultureInfo.InvariantCulture, $"{Literal(line)} Tj 0 -16 Td ");
            var content = AddStream("", Encoding.Latin1.GetBytes($"{show}ET"));
            kids.Add(Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 {font} 0 R >> >> /Contents {content} 0 R {page} >>"));
        }

        Add($"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        var root = Add($"<< /Type /Catalog /Pages {tree} 0 R {catalog} >>");
        return Write(root);
    }

    public static string Literal(string text) => $"({text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)})";

    public static string Hex(string text) => $"<{Convert.ToHexString(Encoding.Latin1.GetBytes(text))}>";

    private byte[] Write(int root)
    {
        using var file = new MemoryStream();
        Write(file, $"%PDF-1.{random.Next(4, 8)}\n%\u00e2\u00e3\u00cf\u00d3\n");
        var id = random.Bytes(16);
        var (key, encryption) = Password is null ? (null, "") : Encryption(id);
        List<(int Number, string Text)> packed = [];
        for (var number = 1; number <= _objects.Count; number++)
        {
            var (dictionary, stream) = _objects[number - 1];
            var text = Disguised ? Disguise(dictionary) : dictionary;
            if (stream is null && Packed)
            {
                packed.Add((number, text));
                continue;
            }

            if (key is not null)
            {
                text = EncryptStrings(text, key, number);
                stream = stream is null ? null : Rc4(ObjectKey(key, number), stream);
            }

            Write(file, stream is null ? $"{number} 0 obj\n{text}\nendobj\n" : $"{number} 0 obj\n{text}/Length {stream.Length} >>\nstream\n");
            if (stream is not null)
            {
                file.Write(stream);
                Write(file, "\nendstream\nendobj\n");
            }
        }

        if (packed.Count > 0)
            WritePack(file, packed, _objects.Count + 1);
        var table = file.Length;
        Write(file, $"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size {_objects.Count + 2} /Root {root} 0 R /ID [<{Convert.ToHexString(id)}> <{Convert.ToHexString(id)}>] {encryption} >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private static void WritePack(MemoryStream file, List<(int Number, string Text)> packed, int number)
    {
        var table = new StringBuilder();
        var body = new StringBuilder();
        foreach (var (inner, text) in packed)
        {
            table.Append(CultureInfo.InvariantCulture, $"{inner} {body.Length} ");
            body.Append(text).Append('\n');
        }

        var content = Deflated(Encoding.Latin1.GetBytes($"{table}{body}"));
        Write(file, $"{number} 0 obj\n<< /Type /ObjStm /N {packed.Count} /First {table.Length} /Filter /FlateDecode /Length {content.Length} >>\nstream\n");
        file.Write(content);
        Write(file, "\nendstream\nendobj\n");
    }

    private string Disguise(string dictionary)
    {
        foreach (var name in (string[])["/JavaScript", "/Launch", "/OpenAction", "/EmbeddedFile"])
        {
            var at = random.Next(1, name.Length);
            dictionary = dictionary.Replace(name, $"{name[..at]}#{(int)name[at]:x2}{name[(at + 1)..]}", StringComparison.Ordinal);
        }

        return dictionary;
    }

    // Revision 3 with 128 bits (7.6.3.3); the owner's entry is nothing that a reader needs.
    private (byte[] Key, string Dictionary) Encryption(byte[] id)
    {
        const int permissions = -3904;
        var owner = random.Bytes(32);
        byte[] padded = [.. Encoding.Latin1.GetBytes(Password!).Concat(Padding).Take(32)];
        var key = Digest((byte[])[.. padded, .. owner, .. BitConverter.GetBytes(permissions), .. id]);
        for (var round = 0; round < 50; round++)
            key = Digest(key);
        var user = Rc4(key, Digest((byte[])[.. Padding, .. id]));
        for (var round = 1; round < 20; round++)
            user = Rc4(Array.ConvertAll(key, octet => (byte)(octet ^ round)), user);
        return (key, $"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P {permissions} /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString([.. user, .. new byte[16]])}> >>");
    }

    // Only literal strings without escapes and hexadecimal ones are written here.
    private static string EncryptStrings(string text, byte[] key, int number)
    {
        var output = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '<' && text[at + 1] != '<' && text[at - 1] != '<')
            {
                var end = text.IndexOf('>', at);
                output.Append(CultureInfo.InvariantCulture, $"<{Convert.ToHexString(Rc4(ObjectKey(key, number), Convert.FromHexString(text[(at + 1)..end])))}>");
                at = end;
                continue;
            }

            if (text[at] != '(')
            {
                output.Append(text[at]);
                continue;
            }

            var value = new StringBuilder();
            var depth = 1;
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '\\')
                {
                    value.Append(text[++at]);
                    continue;
                }

                depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
                if (depth == 0)
                    break;
                value.Append(text[at]);
            }

            output.Append(CultureInfo.InvariantCulture, $"<{Convert.ToHexString(Rc4(ObjectKey(key, number), Encoding.Latin1.GetBytes(value.ToString())))}>");
        }

        return output.ToString();
    }

    private static byte[] ObjectKey(byte[] key, int number) => Digest((byte[])[.. key, (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0]);

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        byte[] state = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        for (int index = 0, other = 0; index < 256; index++)
        {
            other = (other + state[index] + key[index % key.Length]) & 255;
            (state[index], state[other]) = (state[other], state[index]);
        }

        var output = new byte[data.Length];
        for (int at = 0, first = 0, second = 0; at < data.Length; at++)
        {
            first = (first + 1) & 255;
            second = (second + state[first]) & 255;
            (state[first], state[second]) = (state[second], state[first]);
            output[at] = (byte)(data[at] ^ state[(state[first] + state[second]) & 255]);
        }

        return output;
    }

    [SuppressMessage("Security", "CA5351", Justification = "The format prescribes it.")]
    private static byte[] Digest(ReadOnlySpan<byte> data) => MD5.HashData(data);

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
