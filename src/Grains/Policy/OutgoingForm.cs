using Platform.Engine.Verdicts;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Protection;

namespace Platform.Grains.Policy;

/// <summary>How a mail is changed for one recipient when it leaves, by the policy of who sends it and what rules ask for (OUT5, OUT8, OUT12).</summary>
internal static class OutgoingForm
{
    /// <param name="files">Of the mail, as its verdict lists them.</param>
    public static SendForm Of(EffectivePolicy policy, SendDemands demands, bool isOutside, IReadOnlyList<AttachmentFacts> files)
    {
        var days = policy.ProtectDaysOf();
        var form = isOutside ? policy.ProtectOf() : null;
        foreach (var demand in demands.Protections)
        {
            var demanded = new ProtectForm(demand.Extent, demand.ViewOnly, demand.Days ?? days);
            form = form?.And(demanded) ?? demanded;
        }

        return new SendForm { Protect = form is not null && HasAny(form, files) ? form : null, Strip = files.Count > 0 ? demands.Strip : [] };
    }

    private static bool HasAny(ProtectForm form, IReadOnlyList<AttachmentFacts> files) => form.Extent switch
    {
        ProtectedExtent.Mail => true,
        ProtectedExtent.Files or ProtectedExtent.LockedFiles => files.Count > 0,
        _ => files.Any(file => file.Size > form.LargerThan),
    };
}
