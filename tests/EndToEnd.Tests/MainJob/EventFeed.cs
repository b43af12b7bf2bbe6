using System.Text.Json;
using Platform.Benchmarks.Product;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>The feed as an integrator reads it: from the start, page by page, by cursor.</summary>
internal sealed class EventFeed(PlatformClient client)
{
    /// <summary>Kinds of the events of one delivery, in the order of the feed.</summary>
    public async Task<IReadOnlyList<string>> KindsOfAsync(string deliveryId, CancellationToken cancellationToken)
    {
        List<string> kinds = [];
        string? after = null;
        bool more;
        do
        {
            var data = await client.QueryAsync(
                "query($after: String) { events(first: 100, after: $after) { edges { cursor node { kind deliveryId } } pageInfo { hasNextPage endCursor } nextCursor } }",
                new { after },
                cancellationToken);
            var page = data.GetProperty("events");
            foreach (var node in page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node")))
            {
                if (Text(node, "deliveryId") == deliveryId)
                    kinds.Add(Text(node, "kind"));
            }

            after = page.GetProperty("nextCursor").GetString();
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
        }
        while (more);
        return kinds;
    }

    private static string Text(JsonElement node, string name) => node.GetProperty(name).GetString() ?? "";
}
