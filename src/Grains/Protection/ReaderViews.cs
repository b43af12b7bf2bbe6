using Platform.Engine.Letters;
using Platform.Engine.Rewriting;
using Platform.Storage.Protection;

namespace Platform.Grains.Protection;

/// <summary>What of a mail leaves with it, and what the secure reader shows in its stead: the one is the other's rest.</summary>
public static class ReaderViews
{
    /// <summary>The files that the reader shows; null: the whole mail is read there.</summary>
    public static FileChoice? Protected(ProtectedDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery.Extent switch
        {
            ProtectedExtent.Mail => null,
            ProtectedExtent.Files or ProtectedExtent.LockedFiles => new FileChoice { All = true },
            _ => new FileChoice { LargerThan = delivery.LargerThan ?? 0 },
        };
    }

    /// <summary>Null: all files go to the reader.</summary>
    public static FileChoice? LeftOut(IReadOnlyList<string> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        return types.Count == 0 ? null : new FileChoice { Types = types };
    }

    public static LetterView Of(ReaderMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return new LetterView(Protected(mail.Delivery), LeftOut(mail.Strip));
    }
}
