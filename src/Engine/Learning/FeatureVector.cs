namespace Platform.Engine.Learning;

/// <summary>Which side of a message a feature is of: what it says, or how it is made.</summary>
internal enum FeatureView : byte
{
    Words,
    Build,
}

/// <param name="Index">Place in the table of weights, below <see cref="FeatureVector.Size"/>.</param>
/// <param name="Start">Of words, where they stand in <see cref="FeatureVector.Text"/>; else the index of the name in <see cref="FeatureVector.Names"/>.</param>
/// <param name="Length">Characters there; 0 for a named feature.</param>
internal readonly record struct Feature(int Index, FeatureView View, int Start, int Length);

/// <summary>
/// What the model sees of one message: features that are there or not, each by the hash of its name (Weinberger and others,
/// "Feature Hashing for Large Scale Multitask Learning", 2009). Names are made only where one is shown.
/// </summary>
internal sealed class FeatureVector
{
    public const int SizeBits = 17;
    public const int Size = 1 << SizeBits;

    // Two of them would otherwise count by how long the mail is.
    private const float WordsShare = 2f;
    private const float BuildShare = 1f;

    private readonly List<Feature> _features = new(1_024);
    private readonly List<string> _names = [];
    private readonly ulong[] _seen = new ulong[Size / 64];
    private int _words;

    public FeatureVector(string text) => Text = text;

    /// <summary>The text that the features of words stand in.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Names => _names;

    public IReadOnlyList<Feature> All => _features;

    /// <summary>What a feature of this view counts when it is there, so that long and short mails weigh alike.</summary>
    public float ValueOf(FeatureView view) => view == FeatureView.Words
        ? WordsShare / MathF.Sqrt(Math.Max(1, _words))
        : BuildShare / MathF.Sqrt(Math.Max(1, _features.Count - _words));

    public string NameOf(Feature feature) => feature.Length > 0 ? Text.Substring(feature.Start, feature.Length) : _names[feature.Start];

    public void AddWords(uint hash, int start, int length)
    {
        if (!Mark(hash, out var index))
            return;
        _features.Add(new Feature(index, FeatureView.Words, start, length));
        _words++;
    }

    public void AddBuild(string name)
    {
        if (!Mark(FeatureHash.Of(name), out var index))
            return;
        _features.Add(new Feature(index, FeatureView.Build, _names.Count, 0));
        _names.Add(name);
    }

    private bool Mark(uint hash, out int index)
    {
        index = (int)(hash >> (32 - SizeBits));
        ref var cell = ref _seen[index >> 6];
        var bit = 1UL << (index & 63);
        if ((cell & bit) != 0)
            return false;
        cell |= bit;
        return true;
    }
}

/// <summary>FNV-1a over UTF-16 units, its bits mixed at the end: the same on every machine, and part of the model's format.</summary>
internal static class FeatureHash
{
    public const uint Start = 2_166_136_261;
    private const uint Prime = 16_777_619;

    public static uint Of(ReadOnlySpan<char> text, uint seed = Start)
    {
        foreach (var character in text)
            seed = (seed ^ character) * Prime;
        return Mix(seed);
    }

    public static uint Join(uint left, uint right) => Mix((left ^ 0x9e37_79b9) * Prime ^ right);

    private static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85eb_ca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2_ae35;
        return hash ^ (hash >> 16);
    }
}
