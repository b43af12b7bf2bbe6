using System.Runtime.CompilerServices;
using Platform.Engine.Learning;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Reports;

namespace Platform.Grains.Reports;

/// <summary>Gives the engine's training what people of one tenant reported and somebody confirmed.</summary>
public interface ITenantFeedback
{
    ILearningFeedback Of(Guid tenantId);
}

internal sealed class TenantFeedback(ILearningLabels labels, IBodyStore bodies, IScannerPool scanners) : ITenantFeedback
{
    public ILearningFeedback Of(Guid tenantId) => new Feedback(tenantId, labels, bodies, scanners);

    private sealed class Feedback(Guid tenantId, ILearningLabels labels, IBodyStore bodies, IScannerPool scanners) : ILearningFeedback
    {
        public async IAsyncEnumerable<FeedbackExample> ExamplesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var label in await labels.OfAsync(tenantId, cancellationToken))
            {
                if (await MessageAsync(label, cancellationToken) is { } message)
                    yield return new FeedbackExample(message, label.Label);
            }
        }

        /// <summary>Null when it is gone meanwhile, or the mail that is meant cannot be had from the one that carries it.</summary>
        private async Task<ReadOnlyMemory<byte>?> MessageAsync(LearningLabel label, CancellationToken cancellationToken)
        {
            try
            {
                await using var body = await bodies.OpenReadAsync(tenantId, label.Body, cancellationToken);
                var bytes = new byte[body.Length];
                await body.ReadExactlyAsync(bytes, cancellationToken);
                if (!label.IsCarrier)
                    return bytes;
                return (await scanners.ReadForwardAsync(bytes, cancellationToken)).Value is { IsAttached: true } forwarded ? forwarded.Message : null;
            }
            catch (BodyMissingException)
            {
                return null;
            }
        }
    }
}
