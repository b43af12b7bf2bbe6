using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Authentication.Arc;

/// <summary>The sets of a message in order, when their structure is right (RFC 8617, 5.2, steps 1 to 3).</summary>
/// <param name="Sets">From instance 1 up; those before the fault when there is one.</param>
/// <param name="HighestInstance">The highest number that any ARC field bears; 0 without one.</param>
/// <param name="IsTerminated">The newest seal says that the chain failed: nothing more is to be added (RFC 8617, 5.1).</param>
/// <param name="Fault">A sentence without its full stop; null when the structure is right.</param>
internal sealed record ArcChain(IReadOnlyList<ArcSet> Sets, int HighestInstance, bool IsTerminated, string? Fault)
{
    /// <summary>The most sets that a chain may have (RFC 8617, 4.2.1).</summary>
    public const int MaxInstance = 50;

    public static ArcChain Read(RawMessage message)
    {
        var fields = new[] { ArcSet.ResultsName, ArcSet.MessageName, ArcSeal.FieldName }.Select(message.IndicesOf).ToArray();
        var count = fields.Max(indices => indices.Count);
        if (count == 0)
            return new ArcChain([], 0, false, null);
        if (count > MaxInstance)
            return new ArcChain([], MaxInstance, false, $"there are more than {MaxInstance} sets");
        var reader = new Reader(message, count);
        var fault = reader.Collect(fields[0], reader.AddResults) ?? reader.Collect(fields[1], reader.AddMessage) ?? reader.Collect(fields[2], reader.AddSeal);
        return reader.Finish(fault);
    }

    private sealed class Reader(RawMessage message, int count)
    {
        private readonly (RawField Field, string Text)?[] _results = new (RawField, string)?[count + 1];
        private readonly (int Index, SignatureTags Tags)?[] _messages = new (int, SignatureTags)?[count + 1];
        private readonly ArcSeal?[] _seals = new ArcSeal?[count + 1];
        private int _highest;

        public string? Collect(IReadOnlyList<int> indices, Func<int, RawField, string?> add)
        {
            string? first = null;
            foreach (var index in indices)
                if (add(index, message.Fields[index]) is { } fault)
                    first ??= $"{message.Fields[index].Name}: {fault}";
            return first;
        }

        public string? AddResults(int index, RawField field)
        {
            var text = field.Text;
            var semicolon = text.IndexOf(';', StringComparison.Ordinal);
            if (semicolon < 0 || Prefixed(text[..semicolon]) is not { } instance)
                return "it does not begin with an instance";
            var behind = text[(semicolon + 1)..].Trim(' ', '\t');
            return Place(_results, instance, (field, behind)) ?? (behind.Length == 0 ? "it has no results" : null);
        }

        public string? AddMessage(int index, RawField field)
        {
            var tags = SignatureTags.Parse(field);
            if (tags.List is null || InstanceOf(tags.List) is not { } instance)
                return tags.List is null ? tags.Fault!.Explanation : "the instance in i= is no number from 1 to 50";
            return Place(_messages, instance, (index, tags)) ?? tags.Fault?.Explanation
                ?? (tags.Signs(ArcSeal.FieldName) ? "h= names ARC-Seal" : null)
                ?? (tags.Signs("From") ? null : "h= does not name From");
        }

        public string? AddSeal(int index, RawField field)
        {
            var value = field.Value;
            if (value.Span is [.., (byte)'\n'])
                value = value[..^1];
            if (TagList.Parse(value, out var fault) is not { } tags)
                return fault;
            if (InstanceOf(tags) is not { } instance)
                return "the instance in i= is no number from 1 to 50";
            return ArcSeal.Parse(field, tags, out fault) is { } seal ? PlaceSeal(instance, seal) : fault;
        }

        public ArcChain Finish(string? fault)
        {
            var sets = new List<ArcSet>();
            for (var instance = 1; instance <= count; instance++)
            {
                if (_results[instance] is not var (field, text) || _messages[instance] is not var (index, tags) || _seals[instance] is not { } seal)
                {
                    fault ??= $"the set {instance} is not complete";
                    break;
                }

                sets.Add(new ArcSet(instance, field, text, index, tags, seal));
            }

            return new ArcChain(sets, _highest, _seals.LastOrDefault(seal => seal is not null)?.Validation == "fail", fault ?? FaultOfStates(sets));
        }

        private static string? FaultOfStates(List<ArcSet> sets)
        {
            foreach (var set in sets)
                if (set.Seal.Validation != (set.Instance == 1 ? "none" : "pass"))
                    return set.Seal.Validation == "fail" ? $"the seal {set.Instance} says that the chain had failed" : $"the seal {set.Instance} says an impossible state in cv=";
            return null;
        }

        private string? PlaceSeal(int instance, ArcSeal seal)
        {
            _highest = Math.Max(_highest, instance);
            if (instance > count)
                return "an instance is missing";
            if (_seals[instance] is not null)
                return $"the instance {instance} stands twice";
            _seals[instance] = seal;
            return null;
        }

        private string? Place<T>(T?[] places, int instance, T value) where T : struct
        {
            _highest = Math.Max(_highest, instance);
            if (instance > count)
                return "an instance is missing";
            if (places[instance] is not null)
                return $"the instance {instance} stands twice";
            places[instance] = value;
            return null;
        }

        private static int? InstanceOf(TagList tags) => tags.Number("i", 2) is >= 1 and <= MaxInstance and var instance ? (int)instance : null;

        private static int? Prefixed(string text) =>
            TagList.Parse(System.Text.Encoding.UTF8.GetBytes(text), out _) is { } tags ? InstanceOf(tags) : null;
    }
}
