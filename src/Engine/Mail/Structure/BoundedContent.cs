using MimeKit;

namespace Platform.Engine.Mail.Structure;

/// <summary>Decodes content held by MimeKit, no more of it than the budget grants.</summary>
internal static class BoundedContent
{
    public static ReadOnlyMemory<byte> Read(IMimeContent content, string where, ReadBudget budget)
    {
        using var source = content.Open();
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = source.Read(buffer, 0, buffer.Length)) > 0;)
        {
            budget.Cancellation.ThrowIfCancellationRequested();
            var granted = budget.TakeDecoded(read, where);
            output.Write(buffer, 0, granted);
            if (granted < read)
                break;
        }

        return output.ToArray();
    }
}
