namespace Platform.Engine.Language;

// Many phrases in one pass over a text: Aho and Corasick, "Efficient string matching: an aid to bibliographic search",
// CACM 18(6), 1975. A trie of all phrases; each node knows the node of its longest proper suffix that is in the trie
// too (its failure link), so that no character of the text is looked at again. Here the characters of all phrases are
// numbered first, and the edges of all nodes lie in one open hash table, since most nodes have one edge and texts in
// ten languages have thousands of characters. A Latin phrase is found only where a word begins, so the scan does not
// leave the root in the middle of a word.

/// <summary>Finds every place of every part in a text. Immutable; used from any thread.</summary>
internal sealed class PhraseAutomaton
{
    private const int Root = 0;

    private readonly ushort[] _symbols = new ushort[char.MaxValue + 1];
    private readonly int[] _rootEdges;
    private readonly long[] _edgeKeys;
    private readonly int[] _edgeTargets;
    private readonly int _mask;
    private readonly int[] _failures;
    private readonly int[] _outputs;
    private readonly int[] _nextOutputs;

    public PhraseAutomaton(IReadOnlyList<string> parts)
    {
        var symbolCount = 1;
        Dictionary<long, int> edges = [];
        List<(int Parent, ushort Symbol, int Depth, int Part)> nodes = [(Root, 0, 0, -1)];
        for (var part = 0; part < parts.Count; part++)
        {
            var node = Root;
            foreach (var character in parts[part])
            {
                if (_symbols[character] == 0)
                    _symbols[character] = (ushort)symbolCount++;
                var symbol = _symbols[character];
                var key = KeyOf(node, symbol);
                if (!edges.TryGetValue(key, out var next))
                {
                    edges[key] = next = nodes.Count;
                    nodes.Add((node, symbol, nodes[node].Depth + 1, -1));
                }

                node = next;
            }

            nodes[node] = nodes[node] with { Part = part };
        }

        _outputs = [.. nodes.Select(node => node.Part)];
        _failures = new int[nodes.Count];
        _nextOutputs = new int[nodes.Count];
        _rootEdges = new int[symbolCount];
        var size = 1;
        while (size < nodes.Count * 2)
            size <<= 1;
        _mask = size - 1;
        _edgeKeys = new long[size];
        _edgeTargets = new int[size];
        foreach (var (key, target) in edges)
        {
            if (nodes[target].Parent == Root)
                _rootEdges[nodes[target].Symbol] = target;
            else
                AddEdge(key, target);
        }

        // Shorter prefixes first: the failure link of a node is found from that of its parent.
        foreach (var node in Enumerable.Range(1, nodes.Count - 1).OrderBy(node => nodes[node].Depth))
        {
            var (parent, symbol, depth, _) = nodes[node];
            _failures[node] = depth == 1 ? Root : Step(_failures[parent], symbol);
            _nextOutputs[node] = _outputs[_failures[node]] >= 0 ? _failures[node] : _nextOutputs[_failures[node]];
        }
    }

    /// <param name="found">Number of the part and the offset behind it, in the order of the text.</param>
    public void Search(string text, Action<int, int> found)
    {
        var node = Root;
        var inWord = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            var symbol = _symbols[character];
            if (node == Root)
            {
                var goesOn = inWord;
                inWord = char.IsAsciiLetterOrDigit(character);
                if (symbol == 0 || (goesOn && inWord))
                    continue;
                node = _rootEdges[symbol];
            }
            else
            {
                inWord = char.IsAsciiLetterOrDigit(character);
                node = symbol == 0 ? Root : Step(node, symbol);
            }

            for (var seen = _outputs[node] >= 0 ? node : _nextOutputs[node]; seen != Root; seen = _nextOutputs[seen])
                found(_outputs[seen], at + 1);
        }
    }

    private int Step(int node, ushort symbol)
    {
        for (; node != Root; node = _failures[node])
            if (Edge(node, symbol) is var next and > 0)
                return next;
        return _rootEdges[symbol];
    }

    private int Edge(int node, ushort symbol)
    {
        var key = KeyOf(node, symbol);
        for (var slot = SlotOf(key); _edgeKeys[slot] != 0; slot = (slot + 1) & _mask)
            if (_edgeKeys[slot] == key)
                return _edgeTargets[slot];
        return 0;
    }

    private void AddEdge(long key, int target)
    {
        var slot = SlotOf(key);
        while (_edgeKeys[slot] != 0)
            slot = (slot + 1) & _mask;
        _edgeKeys[slot] = key;
        _edgeTargets[slot] = target;
    }

    private static long KeyOf(int node, ushort symbol) => ((long)node << 16) | symbol;

    private int SlotOf(long key) => (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 32) & _mask;
}
