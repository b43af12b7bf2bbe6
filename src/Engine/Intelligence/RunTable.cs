namespace Platform.Engine.Intelligence;

/// <summary>Runs of equal values over an ordered key: where each starts, and its value. A run lasts to the next start.</summary>
internal readonly record struct RunTable<TKey, TValue>(TKey[] Starts, TValue[] Values)
    where TKey : unmanaged, IComparable<TKey>
    where TValue : unmanaged
{
    /// <summary>The default value before the first run.</summary>
    public TValue At(TKey key)
    {
        var index = Starts.AsSpan().BinarySearch(key);
        if (index < 0)
            index = ~index - 1;
        return index < 0 ? default : Values[index];
    }
}
