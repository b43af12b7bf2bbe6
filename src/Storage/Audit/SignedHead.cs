using System.Text.Json;
using Platform.Storage.Keys;
using Platform.Storage.Purging;

namespace Platform.Storage.Audit;

/// <summary>The end of a chain at one moment, signed: <c>{"owner","sequence","hash","at"}</c>.</summary>
internal static class SignedHead
{
    private const string Type = "audit-head";

    public static string Write(IReceiptSigner signer, ChainHead head, DateTimeOffset at) => signer.Sign(
        Type, $$"""{"owner":"{{head.Owner}}","sequence":{{head.Sequence}},"hash":"{{head.Hash}}","at":"{{at.UtcDateTime:O}}"}""");

    public static ChainHead? Read(IReceiptSigner signer, string signed)
    {
        if (signer.Open(Type, signed) is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ChainHead(root.GetProperty("owner").GetGuid(), root.GetProperty("sequence").GetInt64(), root.GetProperty("hash").GetString()!);
    }
}
