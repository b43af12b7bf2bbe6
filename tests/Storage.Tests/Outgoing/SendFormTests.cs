using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Protection;

namespace Platform.Storage.Tests.Outgoing;

public sealed class SendFormTests
{
    [Theory]
    [InlineData(ProtectedExtent.Mail, ProtectedExtent.LockedFiles, ProtectedExtent.Mail)]
    [InlineData(ProtectedExtent.Files, ProtectedExtent.LockedFiles, ProtectedExtent.Files)]
    [InlineData(ProtectedExtent.LockedFiles, ProtectedExtent.LockedFiles, ProtectedExtent.LockedFiles)]
    [InlineData(ProtectedExtent.LockedFiles, ProtectedExtent.LargeFiles, ProtectedExtent.Files)]
    [InlineData(ProtectedExtent.LargeFiles, ProtectedExtent.LargeFiles, ProtectedExtent.LargeFiles)]
    public void Of_two_extents_the_stricter_counts(ProtectedExtent one, ProtectedExtent other, ProtectedExtent both)
    {
        Assert.Equal((both, both), (Form(one).And(Form(other)).Extent, Form(other).And(Form(one)).Extent));
    }

    [Theory]
    [InlineData(DeliveryState.Waiting, RecallLabel.Cancellable)]
    [InlineData(DeliveryState.Queued, RecallLabel.Revocable)]
    [InlineData(DeliveryState.Delivered, RecallLabel.NotRecallable)]
    public void Locked_files_cannot_be_called_back_once_they_are_there(DeliveryState state, RecallLabel label)
    {
        Assert.Equal(label, Recall.Of(state, new SendForm { Protect = Form(ProtectedExtent.LockedFiles) }));
    }

    private static ProtectForm Form(ProtectedExtent extent) => new(extent, ViewOnly: false, 30, extent == ProtectedExtent.LargeFiles ? 1_000 : null);
}
