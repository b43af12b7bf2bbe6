namespace Platform.Grains.Deliveries.Smtp;

/// <summary>Lets content pass unchanged but refuses a bare CR or LF in it, for BDAT, which needs no dots.</summary>
internal sealed class LineCheck
{
    private bool _afterReturn;

    /// <exception cref="UnsendableContentException">A bare CR or LF.</exception>
    public void Check(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            if (_afterReturn)
            {
                if (content[0] != (byte)'\n')
                    throw new UnsendableContentException();
                content = content[1..];
                _afterReturn = false;
                continue;
            }
            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                return;
            if (content[end] == (byte)'\n')
                throw new UnsendableContentException();
            content = content[(end + 1)..];
            _afterReturn = true;
        }
    }

    public void Finish()
    {
        if (_afterReturn)
            throw new UnsendableContentException();
    }
}
