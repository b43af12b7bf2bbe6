using Platform.Engine.Authentication;
using Platform.Engine.Feeds;

namespace Platform.Engine.Detectors;

/// <summary>What a scan found before it is weighed.</summary>
/// <param name="Answers">Of antivirus, feeds and lists; null when none was asked.</param>
/// <param name="NotAsked">What could not be asked or read, as in the verdict; repetitions possible.</param>
internal sealed record Examined(DetectionInput Input, List<Sign> Signs, List<string> NotAsked, Authenticated? Sender, FeedAnswers? Answers);
