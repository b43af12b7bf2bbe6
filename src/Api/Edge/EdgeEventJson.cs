using System.Text.Json.Nodes;
using Platform.Grains.Push;
using Platform.Storage.Events;

namespace Platform.Api.Edge;

/// <summary>What is pushed has the names and ids of the feed.</summary>
internal sealed class EdgeEventJson : IEventJson
{
    public JsonObject Of(FeedEvent feedEvent) => EventJson.Of(feedEvent);
}
