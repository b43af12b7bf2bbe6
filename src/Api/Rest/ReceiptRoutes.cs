using Platform.Api.Edge;
using Platform.Storage.Keys;

namespace Platform.Api.Rest;

/// <summary>The key by which receipts of purges and heads of audit chains are checked, also by those who are no clients any more.</summary>
internal static class ReceiptRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/receipt-keys", (IReceiptSigner signer) => Results.Text($$"""{"keys":[{{signer.PublicKey}}]}""", "application/jwk-set+json"))
        .WithName("receiptKeys").WithTags("Audit").WithSummary("Public keys of receipts, a JSON Web Key Set (RFC 7517)")
        .Produces<string>(200, "application/jwk-set+json").ProducesProblems(429)
        .AllowAnybody().ExcludeFromDescription();
}
