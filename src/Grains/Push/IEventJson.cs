using System.Text.Json.Nodes;
using Platform.Storage.Events;

namespace Platform.Grains.Push;

/// <summary>An event in the JSON of the feed. The edge gives it, since ids as the outside sees them are made there.</summary>
public interface IEventJson
{
    JsonObject Of(FeedEvent feedEvent);
}
