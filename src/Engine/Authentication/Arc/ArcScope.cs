using System.Buffers;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>What a seal signs: the ARC fields in relaxed form, set by set and in each results, message signature, seal (RFC 8617, 5.1.1).</summary>
internal static class ArcScope
{
    public static void WriteSet(IBufferWriter<byte> header, ArcSet set)
    {
        WriteOpenSet(header, set.Results, set.Message.Field);
        HeaderCanonicalisation.Write(header, set.Seal.Field, isRelaxed: true);
    }

    /// <summary>A set whose seal is still to follow.</summary>
    public static void WriteOpenSet(IBufferWriter<byte> header, RawField results, RawField message)
    {
        HeaderCanonicalisation.Write(header, results, isRelaxed: true);
        HeaderCanonicalisation.Write(header, message, isRelaxed: true);
    }
}
