using System.Security.Cryptography;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Which hash of a body a signature wants.</summary>
/// <param name="Limit">Octets of the canonical body that take part; the largest number for all.</param>
internal readonly record struct BodyUse(bool IsRelaxed, HashAlgorithmName Hash, long Limit = long.MaxValue);

/// <param name="Octets">The hash.</param>
/// <param name="CanonicalLength">Octets of the whole canonical body, whether hashed or not.</param>
internal readonly record struct BodyDigest(byte[] Octets, long CanonicalLength);

/// <summary>
/// Hashes of one body for all its signatures (RFC 6376, 3.7): each combination of canonicalisation, hash and length once,
/// and all of one canonicalisation in a single pass.
/// </summary>
internal sealed class BodyDigests(ReadOnlyMemory<byte> body)
{
    private readonly HashSet<BodyUse> _wanted = [];
    private readonly Dictionary<BodyUse, BodyDigest> _digests = [];

    /// <summary>Says before the first <see cref="Of"/> what will be asked for.</summary>
    public void Want(BodyUse use) => _wanted.Add(use);

    public BodyDigest Of(BodyUse use)
    {
        if (!_digests.TryGetValue(use, out var digest))
        {
            _wanted.Add(use);
            Compute(use.IsRelaxed);
            digest = _digests[use];
        }

        return digest;
    }

    private void Compute(bool isRelaxed)
    {
        var wanted = _wanted.Where(item => item.IsRelaxed == isRelaxed && !_digests.ContainsKey(item)).ToList();
        var pass = new Pass(wanted);
        try
        {
            BodyCanonicalisation.Write(body.Span, isRelaxed, pass);
            pass.Flush();
            foreach (var (item, hash) in wanted.Zip(pass.Hashes))
                _digests[item] = new BodyDigest(hash.GetHashAndReset(), pass.Length);
        }
        finally
        {
            pass.Hashes.ForEach(hash => hash.Dispose());
        }
    }

    private sealed class Pass(List<BodyUse> wanted) : ICanonicalSink
    {
        private readonly byte[] _small = new byte[4096];
        private int _filled;

        public List<IncrementalHash> Hashes { get; } = wanted.ConvertAll(item => IncrementalHash.CreateHash(item.Hash));

        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> octets)
        {
            if (octets.Length > _small.Length - _filled)
                Flush();
            if (octets.Length > _small.Length)
            {
                Hash(octets);
                return;
            }

            octets.CopyTo(_small.AsSpan(_filled));
            _filled += octets.Length;
        }

        public void Flush()
        {
            Hash(_small.AsSpan(0, _filled));
            _filled = 0;
        }

        private void Hash(ReadOnlySpan<byte> octets)
        {
            for (var index = 0; index < Hashes.Count; index++)
            {
                var open = wanted[index].Limit - Length;
                if (open > 0)
                    Hashes[index].AppendData(octets[..(int)Math.Min(open, octets.Length)]);
            }

            Length += octets.Length;
        }
    }
}
