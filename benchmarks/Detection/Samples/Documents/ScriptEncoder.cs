using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Writes text as the Windows Script Encoder does.</summary>
internal static class ScriptEncoder
{
    // Octets 0x20 to 0x7F as they are written by each table: the other way round than a reader needs them.
    private static readonly string[] Tables =
    [
        "2e477a56426a2f26494134325b7672433839704568714f09624423754a7e4a5e40774a615d224b6f4e3b4c50672a7d74542b2d2c306e6b66352521644d52633f7b7829287359337f6d55537c3a5f65465831696c5a48275c3d24793760512036",
        "2d755260715e495c627d2936207c7a7f6b63332b68516676316454434c3a4c7e4c452c2a7427374479592f6f26726a397b3f387767534734785d30235a5b6c485570692e4c21244e5009567335614b583b57226d4d2528464a32413d5f4f4265",
        "323021295b38333d583a3565395c5673664e456b6259785e7d4a6d714160415340422748727531374d5222546a47642d207f2e4c5d7e6c6f797443267625242b28234134092a443f773b55696163506751494f46687c36706e7a2f5f4b5a2c57",
    ];

    private const string Steps = "0120121221210212021200122102122100212120200120210212001220012021";

    public static string Encode(string script)
    {
        byte[][] tables = [.. Tables.Select(Convert.FromHexString)];
        var body = new StringBuilder();
        var step = 0;
        foreach (var character in script)
        {
            var table = tables[Steps[step % Steps.Length] - '0'];
            var escape = character switch { '\n' => "@&", '\r' => "@#", '>' => "@*", '<' => "@!", '@' => "@$", _ => null };
            if (escape is not null)
                body.Append(escape);
            else if (character == '\t' || character is >= ' ' and < '\u0080')
                body.Append(Written(table, character, Steps[step % Steps.Length] - '0'));
            else
                body.Append(character);
            step += character < '\u0080' ? 1 : 0;
        }

        return $"#@~^{Convert.ToBase64String(BitConverter.GetBytes(script.Length))}{body}{Convert.ToBase64String(BitConverter.GetBytes(script.Sum(character => character)))}^#~@";
    }

    private static char Written(byte[] table, char character, int index)
    {
        for (var octet = 0; octet < table.Length; octet++)
            if (table[octet] == character && (char)(octet + ' ') is not ('<' or '>' or '@'))
                return (char)(octet + ' ');
        return "\x57\x6E\x7B"[index] == character ? '\t' : character;
    }
}
